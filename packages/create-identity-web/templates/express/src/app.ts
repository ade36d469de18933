import type { Server } from 'node:http'
import express from 'express'
import { Auth } from 'identity-web/express'
import * as pages from './pages.ts'
// #region store
import { store } from './store.ts'
// #endregion store

const app = express()

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
export const auth = new Auth(app, {
  // #region store
  session: { store },
  // #endregion store
})

app.get('/', (_req, res) => {
  res.send(pages.home())
})

// #region entra-id external-id ad-fs oidc
app.get(
  '/account',
  auth.loginRequired((_req, res, { claims }) => {
    res.send(pages.account(claims, auth.paths.logout))
  }),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
app.get(
  '/account',
  auth.loginRequired(async (req, res, { claims }) => {
    res.send(pages.account(claims, auth.paths.logout, await auth.getEditProfileUrl(req)))
  }),
)
// #endregion azure-ad-b2c

// #region graph
// Users consent to the scopes when they open the page for the first time.
app.get(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
    const response = await context.fetch('/me')
    res.send(pages.api(response.status, (await response.json()) as object))
  }),
)

// #endregion graph
// #region oidc
// Reads the current claims of the user from the provider.
app.get(
  '/user_info',
  auth.loginRequired(async (_req, res, context) => {
    res.send(pages.userInfo(await context.userInfo()))
  }),
)

// #endregion oidc
export function start(port: number): Server {
  return app.listen(port)
}
