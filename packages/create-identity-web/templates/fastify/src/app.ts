import type { Server } from 'node:http'
import Fastify from 'fastify'
import { Auth } from 'identity-web/fastify'
import * as pages from './pages.ts'
// #region store
import { store } from './store.ts'
// #endregion store

const app = Fastify()

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
export const auth = new Auth(app, {
  // #region store
  session: { store },
  // #endregion store
})

app.get('/', (_request, reply) => {
  reply.type('text/html')
  return pages.home()
})

// #region entra-id external-id ad-fs oidc
app.get(
  '/account',
  auth.loginRequired((_request, reply, { claims }) => {
    reply.type('text/html')
    return pages.account(claims, auth.paths.logout)
  }),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
app.get(
  '/account',
  auth.loginRequired(async (request, reply, { claims }) => {
    reply.type('text/html')
    return pages.account(claims, auth.paths.logout, await auth.getEditProfileUrl(request))
  }),
)
// #endregion azure-ad-b2c

// #region graph
// Users consent to the scopes when they open the page for the first time.
app.get(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_request, reply, context) => {
    const response = await context.fetch('/me')
    reply.type('text/html')
    return pages.api(response.status, (await response.json()) as object)
  }),
)

// #endregion graph
// #region oidc
// Reads the current claims of the user from the provider.
app.get(
  '/user_info',
  auth.loginRequired(async (_request, reply, context) => {
    reply.type('text/html')
    return pages.userInfo(await context.userInfo())
  }),
)

// #endregion oidc
export async function start(port: number): Promise<Server> {
  await app.listen({ port })
  return app.server
}
