import Fastify from 'fastify'
import { Auth, type Claims } from 'identity-web/fastify'
import * as pages from './pages.ts'
// #region store
import { store } from './store.ts'
// #endregion store

const app = Fastify()

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

// Shows the errors that a guard does not show, for example during an outage.
app.setErrorHandler((error, request, reply) => auth.sendResponse(request, reply, error))

/** A page with the user in the header. */
const page = (title: string, content: pages.Html, claims?: Claims) =>
  pages.layout(title, content, pages.userOf(claims, auth.paths.logout))

app.get('/', async (request, reply) => {
  reply.type('text/html')
  return page('Welcome', pages.home, await auth.getUser(request))
})

// #region entra-id external-id ad-fs oidc
app.get(
  '/account',
  auth.loginRequired((_request, reply, { claims }) => {
    reply.type('text/html')
    return page('Account', pages.account(claims), claims)
  }),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
app.get(
  '/account',
  auth.loginRequired(async (request, reply, { claims }) => {
    const editUrl = await auth.getEditProfileUrl(request)
    reply.type('text/html')
    return page('Account', pages.account(claims, editUrl), claims)
  }),
)
// #endregion azure-ad-b2c

// #region graph
// If a user has not consented to the scopes, the guard asks for the consent.
app.get(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_request, reply, { claims, fetch }) => {
    const response = await fetch('/me')
    reply.type('text/html')
    return page('Microsoft Graph', pages.graph(await response.json()), claims)
  }),
)

// #endregion graph
// #region entra-id
// The picture in the header, which shows the initials of users without a picture.
app.get(
  '/photo',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_request, reply, { fetch }) => {
    const photo = await fetch('/me/photo/$value')
    // The type is fixed, so that no response can be a page with a script.
    reply.code(photo.status).type('image/jpeg')
    return Buffer.from(await photo.arrayBuffer())
  }),
)

// #endregion entra-id
// #region oidc
// Reads the current claims of the user from the provider.
app.get(
  '/user_info',
  auth.loginRequired(async (_request, reply, { claims, userInfo }) => {
    reply.type('text/html')
    return page('UserInfo', pages.currentClaims(await userInfo()), claims)
  }),
)

// #endregion oidc
// Other users see pages.forbidden, with the status 403.
app.get(
  '/admin',
  auth.loginRequired({ roles: ['Todos.Admin'] }, (_request, reply, { claims }) => {
    reply.type('text/html')
    return page('Administration', pages.admin, claims)
  }),
)

export async function start(port: number) {
  await app.listen({ port })
  return app.server
}
