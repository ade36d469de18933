import { once } from 'node:events'
import Koa from 'koa'
import { serveBy } from '../server/serve.mjs'

/**
 * Serves an application of Koa. It has no router, because the benchmark has one page.
 *
 * @param mount - Returns the middleware of the page.
 */
export function serveKoa(mount) {
  serveBy(async ({ port, ...setup }) => {
    const app = new Koa()
    const page = await mount(app, setup)
    app.use((ctx, next) => (ctx.path === '/' ? page(ctx, next) : next()))
    await once(app.listen(port, '127.0.0.1'), 'listening')
  })
}
