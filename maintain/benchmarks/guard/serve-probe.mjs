import { Hono } from 'hono'
import { fetchPageOf, HONO_PAGES } from './pages.mjs'
import { CACHE_CONTROL } from './probe.mjs'
import { serveFetch } from './serve-fetch.mjs'

/** Serves the page with Hono behind a middleware, which is how one guards pages of Hono. */
export function serveHonoProbe(createProbe) {
  serveFetch((setup) => {
    const { userOf, start } = createProbe(setup)
    const app = new Hono()
    app.use((c, next) => {
      const user = userOf(c.req.header('cookie'))
      if (user === undefined) return c.body(null, 401, { 'Set-Cookie': start() })
      c.set('user', user)
      c.header('Cache-Control', CACHE_CONTROL)
      return next()
    })
    for (const [path, send] of Object.entries(HONO_PAGES))
      app.get(path, (c) => send(c, c.get('user').name))
    return app
  })
}

/**
 * Serves the page with Hono behind a guard around its handler. Hono then calls one function without a promise, which is not
 * possible in an application with any middleware.
 */
export function serveHonoHandlerProbe(createProbe) {
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
      '/',
      guard((c, user) => HONO_PAGES['/'](c, user.name)),
    )
    return app
  })
}

/** Serves the page without a framework behind a guard around its handler. */
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
    return { fetch: guard((request, user) => fetchPageOf(request)(user.name)) }
  })
}
