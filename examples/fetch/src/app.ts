import { serve } from '@hono/node-server'
import { Auth } from 'identity-web/fetch'
import { apiPage, claimsPage } from '../../pages.ts'

// The environment contains all settings of the sign-in: IDENTITY_AUTHORITY (or IDENTITY_OIDC_AUTHORITY, IDENTITY_B2C_…),
// IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI, IDENTITY_SESSION_SECRET. See README.md.
// The sign-in does not request scopes. The page /call_api requests the consent to IDENTITY_SCOPE when it is needed.
const auth = new Auth({ scopes: [] })

const showClaims = auth.loginRequired(async (request, { claims }) => {
  const links = {
    callApi: process.env['IDENTITY_SCOPE'] ? '/call_api' : undefined,
    // Only Azure AD B2C allows users to edit their profile.
    editProfile: await auth.getEditProfileUrl(request),
    signOut: auth.paths.logout,
  }
  return html(claimsPage(claims, links))
})

const callApi = auth.loginRequired(
  { scopes: process.env['IDENTITY_SCOPE'] || 'User.Read' },
  async (_request, context) => {
    // Without API_URL, it calls Microsoft Graph.
    const response = await context.fetch(process.env['API_URL'] || '/me')
    return html(await apiPage(context.claims, auth.paths.logout, response))
  },
)

function app(request: Request): Response | Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === '/') return showClaims(request)
  if (pathname === '/call_api') return callApi(request)
  return new Response('Not found', { status: 404 })
}

function html(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}

// A Worker exports this function. Node.js needs a server package.
const port = Number(process.env['PORT'] ?? 3000)
const fetch = (request: Request): Promise<Response> => auth.respond(request, () => app(request))
serve({ fetch, port }, () => console.log(`The example listens at http://localhost:${port}`))
