import type { Express } from 'express'
import { Auth } from 'identity-web/express'
import { show } from './claims'
import { sessionView } from './session-view'
// #region store
import { store } from './store'
// #endregion store

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
    auth.loginRequired((_req, res, { claims }) => {
      const rows = Object.entries(claims).map(([claim, value]) => ({ claim, text: show(value) }))
      res.json({ claims: rows })
    }),
  )
  // #endregion entra-id external-id ad-fs oidc
  // #region azure-ad-b2c
  app.get(
    '/api/account',
    auth.loginRequired(async (req, res, { claims }) => {
      const rows = Object.entries(claims).map(([claim, value]) => ({ claim, text: show(value) }))
      const editProfile = await auth.getEditProfileUrl(req)
      res.json({ claims: rows, editProfile })
    }),
  )
  // #endregion azure-ad-b2c

  // Users without this role get 403.
  app.get(
    '/api/admin',
    auth.loginRequired({ roles: ['Admin'] }, (_req, res) => {
      res.json({ message: 'Only users with the role Admin get this message.' })
    }),
  )

  // #region graph
  // Users consent to the scopes when they open the page for the first time.
  app.get(
    '/api/call_api',
    auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
      const response = await context.fetch('/me')
      res.json({ status: response.status, profile: await response.json() })
    }),
  )

  // #endregion graph
  // #region oidc
  // Reads the current claims of the user from the provider.
  app.get(
    '/api/user_info',
    auth.loginRequired(async (_req, res, context) => {
      res.json(await context.userInfo())
    }),
  )

  // #endregion oidc
  return auth
}
