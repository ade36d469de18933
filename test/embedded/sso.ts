import type { Express } from 'express'
import { ApiAuth, type ApiAuthOptions } from 'identity-web/express'

/** Serves an API for the single sign-on of Teams and Office. */
export function serveSso(app: Express, options: ApiAuthOptions): ApiAuth {
  // #region guide
  const api = new ApiAuth(app, {
    ...options,
    audience: 'api://tab.example.com/44444444-5555-4666-8777-888888888888',
    allowedClients: [
      '1fec8e78-bce4-4aaf-ab1b-5451cc387264', // Teams on desktops and phones
      '5e3ce6c0-2b1f-4285-8d4b-75ee78787346', // Teams in a browser
      'ea5a67f6-b6f3-4338-b240-c655ddc3cc8e', // Office
    ],
  })

  app.get(
    '/api/me',
    api.authorizationRequired({ scopes: ['access_as_user'] }, async (req, res, context) => {
      const response = await context.fetch('/me', { scopes: ['User.Read'] })
      res.status(response.status).json(await response.json())
    }),
  )
  // #endregion
  return api
}
