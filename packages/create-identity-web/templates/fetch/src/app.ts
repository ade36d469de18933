import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { Auth, type Claims } from 'identity-web/fetch'
import * as pages from './pages.ts'
// #region store
import { store } from './store.ts'
// #endregion store

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
export const auth: Auth = new Auth({
  pages: { forbidden: ({ loginUrl }) => pages.forbidden(loginUrl, auth.paths.logout) },
  // #region entra-id
  scopes: ['User.Read'], // Users consent at their first sign-in.
  // #endregion entra-id
  // #region store
  session: { store },
  // #endregion store
})

/** A page with the user in the header. */
function page(title: string, content: pages.Html, claims?: Claims): Response {
  const html = pages.layout(title, content, pages.userOf(claims, auth.paths.logout))
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}

const routes = new Map<string, (request: Request) => Promise<Response>>()

routes.set('/', async (request) => page('Welcome', pages.home, await auth.getUser(request)))

// #region entra-id external-id ad-fs oidc
routes.set(
  '/account',
  auth.loginRequired((_request, { claims }) => page('Account', pages.account(claims), claims)),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
routes.set(
  '/account',
  auth.loginRequired(async (request, { claims }) => {
    const editUrl = await auth.getEditProfileUrl(request)
    return page('Account', pages.account(claims, editUrl), claims)
  }),
)
// #endregion azure-ad-b2c

// #region graph
// If a user has not consented to the scopes, the guard asks for the consent.
routes.set(
  '/call_api',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_request, { claims, fetch }) => {
    const response = await fetch('/me')
    return page('Microsoft Graph', pages.graph(await response.json()), claims)
  }),
)

// #endregion graph
// #region entra-id
// The picture in the header, which shows the initials of users without a picture.
routes.set(
  '/photo',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_request, { fetch }) => {
    const { status, body } = await fetch('/me/photo/$value')
    // The type is fixed, so that no response can be a page with a script.
    return new Response(body, { status, headers: { 'content-type': 'image/jpeg' } })
  }),
)

// #endregion entra-id
// #region oidc
// Reads the current claims of the user from the provider.
routes.set(
  '/user_info',
  auth.loginRequired(async (_request, { claims, userInfo }) =>
    page('UserInfo', pages.currentClaims(await userInfo()), claims),
  ),
)

// #endregion oidc
// Other users see pages.forbidden, with the status 403.
routes.set(
  '/admin',
  auth.loginRequired({ roles: ['Todos.Admin'] }, (_request, { claims }) =>
    page('Administration', pages.admin, claims),
  ),
)

/** Every server for Request and Response can run this function, for example Bun.serve, Deno.serve or a Worker. */
export const handle = (request: Request) =>
  auth.respond(request, async () => {
    const route = routes.get(new URL(request.url).pathname)
    // Shows the errors that a guard does not show, for example during an outage.
    const response = route?.(request).catch((error: unknown) => auth.toResponse(request, error))
    return response ?? new Response('This page does not exist.', { status: 404 })
  })

export async function start(port: number) {
  const server = serve({ fetch: handle, port })
  await once(server, 'listening')
  return server
}
