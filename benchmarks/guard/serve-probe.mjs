import { Hono } from 'hono'
import { pageFor } from '../server/serve.mjs'
import { CACHE_CONTROL } from './probe.mjs'
import { serveFetch } from './serve-fetch.mjs'

/** Serves the page with Hono behind a probe. */
export function serveHonoProbe(createProbe) {
  serveFetch((setup) => {
    const { userOf, start } = createProbe(setup)
    const guard = (handler) => (c) => {
      const user = userOf(c.req.header('cookie'))
      if (user === undefined) return c.body(null, 401, { 'Set-Cookie': start() })
      c.header('Cache-Control', CACHE_CONTROL)
      return handler(c, user)
    }
    const app = new Hono()
    app.get(
      '*',
      guard((c, user) => c.json(pageFor(user.name))),
    )
    return app
  })
}

/** Serves the page without a framework behind a probe. */
export function serveFetchProbe(createProbe) {
  serveFetch((setup) => {
    const { userOf, start } = createProbe(setup)
    const guard = (handler) => (request) => {
      const user = userOf(request.headers.get('cookie'))
      if (user === undefined) {
        return new Response(null, { status: 401, headers: { 'Set-Cookie': start() } })
      }
      const response = handler(request, user)
      response.headers.set('Cache-Control', CACHE_CONTROL)
      return response
    }
    return { fetch: guard((_request, user) => Response.json(pageFor(user.name))) }
  })
}
