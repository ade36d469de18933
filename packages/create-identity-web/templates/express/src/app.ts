import { once } from 'node:events'
import express, { type NextFunction, type Request, type Response } from 'express'
import { Auth, type Claims } from 'identity-web/express'
import * as pages from './pages.ts'
// #region store
import { store } from './store.ts'
// #endregion store

const app = express()

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

app.get('/', async (req, res) => {
  res.send(page('Welcome', pages.home, await auth.getUser(req)))
})

// #region entra-id external-id ad-fs oidc
app.get(
  '/account',
  auth.loginRequired((_req, res, { claims }) => {
    res.send(page('Account', pages.account(claims), claims))
  }),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
app.get(
  '/account',
  auth.loginRequired(async (req, res, { claims }) => {
    const editUrl = await auth.getEditProfileUrl(req)
    res.send(page('Account', pages.account(claims, editUrl), claims))
  }),
)
// #endregion azure-ad-b2c

// #region graph
// If a user has not consented to the scopes, the guard asks for the consent.
app.get(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, { claims, fetch }) => {
    const response = await fetch('/me')
    res.send(page('Microsoft Graph', pages.graph(await response.json()), claims))
  }),
)

// #endregion graph
// #region entra-id
// The picture in the header, which shows the initials of users without a picture.
app.get(
  '/photo',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, { fetch }) => {
    const photo = await fetch('/me/photo/$value')
    // The type is fixed, so that no response can be a page with a script.
    res.status(photo.status).type('image/jpeg')
    res.send(Buffer.from(await photo.arrayBuffer()))
  }),
)

// #endregion entra-id
// #region oidc
// Reads the current claims of the user from the provider.
app.get(
  '/user_info',
  auth.loginRequired(async (_req, res, { claims, userInfo }) => {
    res.send(page('UserInfo', pages.currentClaims(await userInfo()), claims))
  }),
)

// #endregion oidc
// Other users see pages.forbidden, with the status 403.
app.get(
  '/admin',
  auth.loginRequired({ roles: ['Todos.Admin'] }, (_req, res, { claims }) => {
    res.send(page('Administration', pages.admin, claims))
  }),
)

// Shows the errors that a guard does not show, for example during an outage.
app.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
  if (res.headersSent) next(error)
  else auth.sendResponse(req, res, error).catch(next)
})

export async function start(port: number) {
  const server = app.listen(port)
  await once(server, 'listening')
  return server
}
