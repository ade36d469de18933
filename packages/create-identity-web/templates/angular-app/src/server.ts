// #region angular
import {
  AngularNodeAppEngine,
  createNodeRequestHandler,
  isMainModule,
  writeResponseToNodeResponse,
} from '@angular/ssr/node'
// #endregion angular
import express from 'express'
import type { NextFunction, Request, Response } from 'express'
// #region angular
import { join } from 'node:path'
// #endregion angular
import { Auth, type Claims } from 'identity-web/express'
import { emailOf, initialsOf, nameOf } from './claims'
// #region store
import { store } from './store'
// #endregion store

// The data about the user that the browser may see. injectSession() and signedIn() know its type.
const sessionView = (user: Claims) => ({
  name: nameOf(user),
  email: emailOf(user),
  initials: initialsOf(user),
  isAdmin: user.roles?.includes('Todos.Admin') ?? false,
})
declare module 'identity-web/browser' {
  interface Register {
    sessionView: typeof sessionView
  }
}

const app = express()

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
// #region angular
// Angular's engine catches all errors of the process. With wrong settings, the start would not fail after it.
// #endregion angular
const auth = new Auth(app, {
  browser: { sessionView },
  // #region entra-id
  scopes: ['User.Read'], // Users consent at their first sign-in.
  // #endregion entra-id
  // #region store
  session: { store },
  // #endregion store
})

// The API. Its guards decide who gets data, and the guards of app.routes.ts are for the comfort of your users.
// #region entra-id external-id ad-fs oidc
app.get(
  '/api/account',
  auth.loginRequired((_req, res, { claims }) => void res.json({ claims })),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
app.get(
  '/api/account',
  auth.loginRequired(async (req, res, { claims }) => {
    res.json({ claims, editUrl: await auth.getEditProfileUrl(req) })
  }),
)
// #endregion azure-ad-b2c

// #region graph
// Sends a resource of Microsoft Graph. If a user has not consented to the scopes, the browser asks for the consent.
// The type is fixed, so that no response can be a page with a script.
const sendFromGraph = (path: string, type: 'json' | 'jpeg') =>
  auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, { fetch }) => {
    const response = await fetch(path)
    res.status(response.status).type(type)
    res.send(Buffer.from(await response.arrayBuffer()))
  })
app.get('/api/call_api', sendFromGraph('/me', 'json'))
// #endregion graph
// #region entra-id
// The picture in the header, which shows the initials of users without a picture.
app.get('/api/photo', sendFromGraph('/me/photo/$value', 'jpeg'))
// #endregion entra-id
// #region graph

// #endregion graph
// #region oidc
// Reads the current claims of the user from the provider.
app.get(
  '/api/user_info',
  auth.loginRequired(async (_req, res, { userInfo }) => void res.json(await userInfo())),
)

// #endregion oidc
// Users without the role get 403.
app.get('/api/admin', auth.loginRequired({ roles: ['Todos.Admin'] }), (_req, res) => {
  res.json({ message: 'You see this page because you have the role Todos.Admin.' })
})

// #region angular
const browserDistFolder = join(import.meta.dirname, '../browser')
app.use(express.static(browserDistFolder, { maxAge: '1y', index: false, redirect: false }))

// The pages of Angular know the user, on the server and in the browser.
const angularApp = new AngularNodeAppEngine()
app.use(async (req, res, next) => {
  const identity = await auth.browserSession(req)
  const response = await angularApp.handle(req, { identity })
  if (response) await writeResponseToNodeResponse(response, res)
  else next()
})

if (isMainModule(import.meta.url)) {
  const port = Number(process.env['PORT'] ?? 3000)
  app.listen(port, () => console.log(`Open http://localhost:${port}`))
}

// For `ng serve` and `ng build`.
export const reqHandler = createNodeRequestHandler(app)
// #endregion angular
// #region angular-spa
// In development, `ng serve` sends the pages instead.
const root = `${import.meta.dirname}/../dist/browser`
app.use(express.static(root, { maxAge: '1y', index: false, redirect: false }))
// A path with a dot is a missing file. All other paths are pages of Angular, except those of the API.
app.get(/^(?!\/api\/)[^.]*$/, (_req, res) => res.sendFile('index.html', { root }))

// dev.mjs sets API_PORT.
const { API_PORT, PORT = '3000' } = process.env
app.listen(Number(API_PORT ?? PORT), () => {
  if (API_PORT === undefined) console.log(`Open http://localhost:${PORT}`)
})
// #endregion angular-spa

// Shows the errors that a guard does not show, for example during an outage.
app.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
  if (res.headersSent) next(error)
  else auth.sendResponse(req, res, error).catch(next)
})
