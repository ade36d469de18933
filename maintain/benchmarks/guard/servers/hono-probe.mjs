import { Hono } from 'hono'
import { HONO_PAGES } from '../pages.mjs'
import { CACHE_CONTROL, createProbe } from '../probe.mjs'
import { serveFetch } from '../serve-fetch.mjs'

// The guard is a middleware, which is how one guards pages of Hono.
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
