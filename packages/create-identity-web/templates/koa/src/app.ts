import type { Server } from 'node:http'
import Koa, { type Middleware } from 'koa'
import { Auth } from 'identity-web/koa'
import * as pages from './pages.ts'
// #region store
import { store } from './store.ts'
// #endregion store

const app = new Koa()

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
export const auth = new Auth(app, {
  // #region store
  session: { store },
  // #endregion store
})

// Use @koa/router when you have more pages: router.get('/', auth.loginRequired(…))
const routes = new Map<string, Middleware>()

routes.set('/', (ctx) => {
  ctx.body = pages.home()
})

// #region entra-id external-id ad-fs oidc
routes.set(
  '/account',
  auth.loginRequired((ctx, { claims }) => {
    ctx.body = pages.account(claims, auth.paths.logout)
  }),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
routes.set(
  '/account',
  auth.loginRequired(async (ctx, { claims }) => {
    ctx.body = pages.account(claims, auth.paths.logout, await auth.getEditProfileUrl(ctx))
  }),
)
// #endregion azure-ad-b2c

// #region graph
// Users consent to the scopes when they open the page for the first time.
routes.set(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (ctx, context) => {
    const response = await context.fetch('/me')
    ctx.body = pages.api(response.status, (await response.json()) as object)
  }),
)

// #endregion graph
// #region oidc
// Reads the current claims of the user from the provider.
routes.set(
  '/user_info',
  auth.loginRequired(async (ctx, context) => {
    ctx.body = pages.userInfo(await context.userInfo())
  }),
)

// #endregion oidc
app.use(async (ctx, next) => {
  const route = routes.get(ctx.path)
  await (route === undefined ? next() : route(ctx, next))
})

export function start(port: number): Server {
  return app.listen(port)
}
