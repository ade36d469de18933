import Fastify from 'fastify'
import { Auth } from 'identity-web/fastify'
import { apiPage, claimsPage } from '../../pages.ts'

// The environment contains all settings of the sign-in: IDENTITY_AUTHORITY (or IDENTITY_OIDC_AUTHORITY, IDENTITY_B2C_…),
// IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI, IDENTITY_SESSION_SECRET. See README.md.
const app = Fastify()
// The sign-in does not request scopes. The page /call_api requests the consent to IDENTITY_SCOPE when it is needed.
const auth = new Auth(app, { scopes: [] })

app.get(
  '/',
  auth.loginRequired(async (request, reply, { claims }) => {
    const links = {
      callApi: process.env['IDENTITY_SCOPE'] ? '/call_api' : undefined,
      // Only Azure AD B2C allows users to edit their profile.
      editProfile: await auth.getEditProfileUrl(request),
      signOut: auth.paths.logout,
    }
    reply.type('text/html')
    return claimsPage(claims, links)
  }),
)

app.get(
  '/call_api',
  auth.loginRequired(
    { scopes: process.env['IDENTITY_SCOPE'] || 'User.Read' },
    async (_request, reply, context) => {
      // Without API_URL, it calls Microsoft Graph.
      const response = await context.fetch(process.env['API_URL'] || '/me')
      reply.type('text/html')
      return apiPage(context.claims, auth.paths.logout, response)
    },
  ),
)

const port = Number(process.env['PORT'] ?? 3000)
await app.listen({ port, host: 'localhost' })
console.log(`The example listens at http://localhost:${port}`)
