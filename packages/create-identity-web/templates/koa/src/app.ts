import { once } from 'node:events'
import Koa, { type Middleware } from 'koa'
import { Auth, type Claims } from 'identity-web/koa'
import * as pages from './pages.ts'
// #region store
import { store } from './store.ts'
// #endregion store

const app = new Koa()

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
export const auth: Auth = new Auth(app, {
  pages: { forbidden: ({ loginUrl }) => pages.forbidden(loginUrl, auth.paths.logout) },
  // #region entra-id
  scopes: ['User.Read'], // Users consent at their first sign-in.
  // #endregion entra-id
  // #region store
  session: { store },
  // #endregion store
})

/** A page with the user in the header. */
const page = (title: string, content: pages.Html, claims?: Claims) =>
  pages.layout(title, content, pages.userOf(claims, auth.paths.logout))

// Use @koa/router when you have more pages: router.get('/', auth.loginRequired(…))
const routes = new Map<string, Middleware>()

routes.set('/', async (ctx) => {
  ctx.body = page('Welcome', pages.home, await auth.getUser(ctx))
})

// #region entra-id external-id ad-fs oidc
routes.set(
  '/account',
  auth.loginRequired((ctx, { claims }) => {
    ctx.body = page('Account', pages.account(claims), claims)
  }),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
routes.set(
  '/account',
  auth.loginRequired(async (ctx, { claims }) => {
    const editUrl = await auth.getEditProfileUrl(ctx)
    ctx.body = page('Account', pages.account(claims, editUrl), claims)
  }),
)
// #endregion azure-ad-b2c

// #region graph
// If a user has not consented to the scopes, the guard asks for the consent.
routes.set(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (ctx, { claims, fetch }) => {
    const response = await fetch('/me')
    ctx.body = page('Microsoft Graph', pages.graph(await response.json()), claims)
  }),
)

// #endregion graph
// #region entra-id
// The picture in the header, which shows the initials of users without a picture.
routes.set(
  '/photo',
  auth.loginRequired({ scopes: ['User.Read'] }, async (ctx, { fetch }) => {
    const photo = await fetch('/me/photo/$value')
    ctx.status = photo.status
    // The type is fixed, so that no response can be a page with a script.
    ctx.type = 'image/jpeg'
    ctx.body = Buffer.from(await photo.arrayBuffer())
  }),
)

// #endregion entra-id
// #region oidc
// Reads the current claims of the user from the provider.
routes.set(
  '/user_info',
  auth.loginRequired(async (ctx, { claims, userInfo }) => {
    ctx.body = page('UserInfo', pages.currentClaims(await userInfo()), claims)
  }),
)

// #endregion oidc
// Other users see pages.forbidden, with the status 403.
routes.set(
  '/admin',
  auth.loginRequired({ roles: ['Todos.Admin'] }, (ctx, { claims }) => {
    ctx.body = page('Administration', pages.admin, claims)
  }),
)

// Shows the errors that a guard does not show, for example during an outage.
app.use((ctx, next) => next().catch((error: unknown) => auth.sendResponse(ctx, error)))

app.use((ctx, next) => routes.get(ctx.path)?.(ctx, next) ?? next())

export async function start(port: number) {
  const server = app.listen(port)
  await once(server, 'listening')
  return server
}
