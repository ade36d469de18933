import { once } from 'node:events'
import Koa from 'koa'
import { serveBy } from '../server/serve.mjs'
import { KOA_PAGES } from './pages.mjs'

/**
 * Serves an application of Koa. It does not need a router for its pages.
 *
 * @param mount - Returns a function that guards a page and returns its middleware.
 */
export function serveKoa(mount) {
  serveBy(async ({ port, ...setup }) => {
    const app = new Koa()
    const guard = await mount(app, setup)
    const pages = new Map(Object.entries(KOA_PAGES).map(([path, send]) => [path, guard(send)]))
    app.use((ctx, next) => pages.get(ctx.path)?.(ctx, next) ?? next())
    await once(app.listen(port, '127.0.0.1'), 'listening')
  })
}
