import { CACHE_CONTROL, createProbe } from '../probe.mjs'
import { serveKoa } from '../serve-koa.mjs'

serveKoa((_app, setup) => {
  const probe = createProbe(setup)
  return (send) => (ctx) => {
    const user = probe.userOf(ctx.req.headers.cookie)
    if (user === undefined) {
      ctx.status = 401
      ctx.set('Set-Cookie', probe.start())
      return
    }
    ctx.res.setHeader('Cache-Control', CACHE_CONTROL)
    send(ctx, user.name)
  }
})
