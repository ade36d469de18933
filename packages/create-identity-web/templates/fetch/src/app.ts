import { serve, type ServerType } from '@hono/node-server'
import { Auth } from 'identity-web/fetch'
import * as pages from './pages.ts'
// #region store
import { store } from './store.ts'
// #endregion store

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
export const auth = new Auth({
  // #region store
  session: { store },
  // #endregion store
})

// #region entra-id external-id ad-fs oidc
const account = auth.loginRequired((_request, { claims }) =>
  html(pages.account(claims, auth.paths.logout)),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
const profile = auth.loginRequired(async (request, { claims }) =>
  html(pages.account(claims, auth.paths.logout, await auth.getEditProfileUrl(request))),
)
// #endregion azure-ad-b2c

// #region graph
// Users consent to the scopes when they open the page for the first time.
const callApi = auth.loginRequired({ scopes: ['User.Read'] }, async (_request, context) => {
  const response = await context.fetch('/me')
  return html(pages.api(response.status, (await response.json()) as object))
})

// #endregion graph
// #region oidc
// Reads the current claims of the user from the provider.
const userInfo = auth.loginRequired(async (_request, context) =>
  html(pages.userInfo(await context.userInfo())),
)

// #endregion oidc
function route(request: Request): Response | Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === '/') return html(pages.home())
  // #region entra-id external-id ad-fs oidc
  if (pathname === '/account') return account(request)
  // #endregion entra-id external-id ad-fs oidc
  // #region azure-ad-b2c
  if (pathname === '/account') return profile(request)
  // #endregion azure-ad-b2c
  // #region graph
  if (pathname === '/call_api') return callApi(request)
  // #endregion graph
  // #region oidc
  if (pathname === '/user_info') return userInfo(request)
  // #endregion oidc
  return new Response('This page does not exist.', { status: 404 })
}

function html(page: string): Response {
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}

/** Every server for Request and Response can run this function, for example Bun.serve, Deno.serve or a Worker. */
export function handle(request: Request): Promise<Response> {
  return auth.respond(request, () => route(request))
}

export function start(port: number): ServerType {
  return serve({ fetch: handle, port })
}
