import { serve, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import { Auth } from 'identity-web/hono'
import * as pages from './pages.ts'
// #region store
import { store } from './store.ts'
// #endregion store

const app = new Hono()

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
export const auth = new Auth(app, {
  // #region store
  session: { store },
  // #endregion store
})

app.get('/', (c) => c.html(pages.home()))

// #region entra-id external-id ad-fs oidc
app.get(
  '/account',
  auth.loginRequired((c, { claims }) => c.html(pages.account(claims, auth.paths.logout))),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
app.get(
  '/account',
  auth.loginRequired(async (c, { claims }) =>
    c.html(pages.account(claims, auth.paths.logout, await auth.getEditProfileUrl(c))),
  ),
)
// #endregion azure-ad-b2c

// #region graph
// Users consent to the scopes when they open the page for the first time.
app.get(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (c, context) => {
    const response = await context.fetch('/me')
    return c.html(pages.api(response.status, (await response.json()) as object))
  }),
)

// #endregion graph
// #region oidc
// Reads the current claims of the user from the provider.
app.get(
  '/user_info',
  auth.loginRequired(async (c, context) => c.html(pages.userInfo(await context.userInfo()))),
)

// #endregion oidc
export function start(port: number): ServerType {
  return serve({ fetch: app.fetch, port })
}
