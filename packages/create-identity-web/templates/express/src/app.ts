import type { Server } from 'node:http'
import express from 'express'
import { Auth } from 'identity-web/express'
import * as pages from './pages.ts'

const app = express()

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
export const auth = new Auth(app)

app.get(
  '/',
  auth.loginRequired((_req, res, { claims }) => {
    res.send(pages.home(claims, auth.logoutPath))
  }),
)

// #region api
// Users consent to the scopes when they open the page for the first time.
app.get(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
    const response = await context.fetch('/me')
    res.send(pages.api(response.status, (await response.json()) as object))
  }),
)

// #endregion api
export function start(port: number): Server {
  return app.listen(port)
}
