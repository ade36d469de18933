import { serve, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import { Auth } from 'identity-web/hono'
import * as pages from './pages.ts'

const app = new Hono()

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
export const auth = new Auth(app)

app.get(
  '/',
  auth.loginRequired((c, { claims }) => c.html(pages.home(claims, auth.logoutPath))),
)

// #region api
// Users consent to the scopes when they open the page for the first time.
app.get(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (c, context) => {
    const response = await context.fetch('/me')
    return c.html(pages.api(response.status, (await response.json()) as object))
  }),
)

// #endregion api
export function start(port: number): ServerType {
  return serve({ fetch: app.fetch, port })
}
