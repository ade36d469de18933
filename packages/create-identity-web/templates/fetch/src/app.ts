import { serve, type ServerType } from '@hono/node-server'
import { Auth } from 'identity-web/fetch'
import * as pages from './pages.ts'

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
export const auth = new Auth()

const home = auth.loginRequired((_request, { claims }) => html(pages.home(claims, auth.logoutPath)))

// #region api
// Users consent to the scopes when they open the page for the first time.
const callApi = auth.loginRequired({ scopes: ['User.Read'] }, async (_request, context) => {
  const response = await context.fetch('/me')
  return html(pages.api(response.status, (await response.json()) as object))
})

// #endregion api
function route(request: Request): Response | Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === '/') return home(request)
  // #region api
  if (pathname === '/call_api') return callApi(request)
  // #endregion api
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
