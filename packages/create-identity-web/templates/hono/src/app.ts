import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { Auth, type Claims } from 'identity-web/hono'
import * as pages from './pages.ts'
// #region store
import { store } from './store.ts'
// #endregion store

const app = new Hono()

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

app.get('/', async (c) => c.html(page('Welcome', pages.home, await auth.getUser(c))))

// #region entra-id external-id ad-fs oidc
app.get(
  '/account',
  auth.loginRequired((c, { claims }) => c.html(page('Account', pages.account(claims), claims))),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
app.get(
  '/account',
  auth.loginRequired(async (c, { claims }) => {
    const editUrl = await auth.getEditProfileUrl(c)
    return c.html(page('Account', pages.account(claims, editUrl), claims))
  }),
)
// #endregion azure-ad-b2c

// #region graph
// If a user has not consented to the scopes, the guard asks for the consent.
app.get(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (c, { claims, fetch }) => {
    const response = await fetch('/me')
    return c.html(page('Microsoft Graph', pages.graph(await response.json()), claims))
  }),
)

// #endregion graph
// #region entra-id
// The picture in the header, which shows the initials of users without a picture.
app.get(
  '/photo',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_c, { fetch }) => {
    const { status, body } = await fetch('/me/photo/$value')
    // The type is fixed, so that no response can be a page with a script.
    return new Response(body, { status, headers: { 'content-type': 'image/jpeg' } })
  }),
)

// #endregion entra-id
// #region oidc
// Reads the current claims of the user from the provider.
app.get(
  '/user_info',
  auth.loginRequired(async (c, { claims, userInfo }) =>
    c.html(page('UserInfo', pages.currentClaims(await userInfo()), claims)),
  ),
)

// #endregion oidc
// Other users see pages.forbidden, with the status 403.
app.get(
  '/admin',
  auth.loginRequired({ roles: ['Todos.Admin'] }, (c, { claims }) =>
    c.html(page('Administration', pages.admin, claims)),
  ),
)

// Shows the errors that a guard does not show, for example during an outage.
app.onError((error, c) => auth.toResponse(c, error))

export async function start(port: number) {
  const server = serve({ fetch: app.fetch, port })
  await once(server, 'listening')
  return server
}
