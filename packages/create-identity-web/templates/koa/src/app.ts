import type { Server } from 'node:http'
import Koa, { type Middleware } from 'koa'
import { Auth } from 'identity-web/koa'
import * as pages from './pages.ts'

const app = new Koa()

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
export const auth = new Auth(app)

// Use @koa/router when you have more pages: router.get('/', auth.loginRequired(…))
const routes = new Map<string, Middleware>()

routes.set(
  '/',
  auth.loginRequired((ctx, { claims }) => {
    ctx.body = pages.home(claims, auth.logoutPath)
  }),
)

// #region api
// Users consent to the scopes when they open the page for the first time.
routes.set(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (ctx, context) => {
    const response = await context.fetch('/me')
    ctx.body = pages.api(response.status, (await response.json()) as object)
  }),
)

// #endregion api
app.use(async (ctx, next) => {
  const route = routes.get(ctx.path)
  await (route === undefined ? next() : route(ctx, next))
})

export function start(port: number): Server {
  return app.listen(port)
}
