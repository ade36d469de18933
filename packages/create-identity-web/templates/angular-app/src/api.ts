import type { Express } from 'express'
import { Auth, type Claims } from 'identity-web/express'
import { initialsOf, nameOf } from './claims'
// #region store
import { store } from './store'
// #endregion store

/** Returns the data about the user that the browser may see. */
function sessionView(user: Claims) {
  const isAdmin = user.roles?.includes('Todos.Admin') ?? false
  return { name: nameOf(user), initials: initialsOf(user), isAdmin }
}

// injectSession() and signedIn() then know the type of the user.
declare module 'identity-web/browser' {
  interface Register {
    sessionView: typeof sessionView
  }
}

/** Adds the sign-in and the API to the server. The guards here decide who gets data, and those of app.routes.ts are for comfort. */
export function addApi(app: Express) {
  // The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
  const auth = new Auth(app, {
    browser: { sessionView },
    // #region store
    session: { store },
    // #endregion store
  })

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
      res.json({ claims, editProfile: await auth.getEditProfileUrl(req) })
    }),
  )
  // #endregion azure-ad-b2c

  // Users without this role get 403.
  app.get(
    '/api/admin',
    auth.loginRequired({ roles: ['Todos.Admin'] }, (_req, res) => {
      res.json({ message: 'You have the role Todos.Admin, so you may see this page.' })
    }),
  )

  // #region graph
  // Users consent to the scopes when they open the page for the first time.
  const callGraph = (path: string) =>
    auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
      const response = await context.fetch(path)
      res.status(response.status).type(response.headers.get('content-type') ?? '')
      res.send(Buffer.from(await response.arrayBuffer()))
    })
  app.get('/api/call_api', callGraph('/me'))
  app.get('/api/photo', callGraph('/me/photo/$value'))

  // #endregion graph
  // #region oidc
  // Reads the current claims of the user from the provider.
  app.get(
    '/api/user_info',
    auth.loginRequired(async (_req, res, context) => void res.json(await context.userInfo())),
  )

  // #endregion oidc
  return auth
}
