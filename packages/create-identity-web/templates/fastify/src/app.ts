import type { Server } from 'node:http'
import Fastify from 'fastify'
import { Auth } from 'identity-web/fastify'
import * as pages from './pages.ts'

const app = Fastify()

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
export const auth = new Auth(app)

app.get(
  '/',
  auth.loginRequired((_request, reply, { claims }) => {
    reply.type('text/html')
    return pages.home(claims, auth.logoutPath)
  }),
)

// #region api
// Users consent to the scopes when they open the page for the first time.
app.get(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_request, reply, context) => {
    const response = await context.fetch('/me')
    reply.type('text/html')
    return pages.api(response.status, (await response.json()) as object)
  }),
)

// #endregion api
export async function start(port: number): Promise<Server> {
  await app.listen({ port })
  return app.server
}
