import express, { type Express } from 'express'
import { Auth } from 'identity-web/express'

/** An application, and the sign-in that its tests need. */
export interface App {
  readonly app: Express
  readonly auth: Auth
}

/** Creates the application. The environment variables contain the settings of the sign-in. */
export function createApp(): App {
  const app = express()
  const auth = new Auth(app)
  const orders = new Map<string, string[]>()

  app.get(
    '/orders',
    auth.loginRequired((_req, res, { user }) => {
      const list = orders.get(user.sub) ?? []
      res.type('text').send(`Hello, ${user.name}. You have ${list.length} orders.`)
    }),
  )

  app.post(
    '/orders',
    express.urlencoded(),
    auth.loginRequired((req, res, { user }) => {
      const { item } = req.body as { readonly item: string }
      orders.set(user.sub, [...(orders.get(user.sub) ?? []), item])
      res.redirect(303, '/orders')
    }),
  )

  app.get(
    '/admin',
    auth.loginRequired({ roles: ['Admin'] }, (_req, res) => {
      res.send('Only for administrators')
    }),
  )

  app.get(
    '/profile',
    auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
      const response = await context.fetch('/me')
      res.json(await response.json())
    }),
  )

  return { app, auth }
}
