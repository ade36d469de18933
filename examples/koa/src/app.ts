import Koa from 'koa'
import { Auth } from 'identity-web/koa'
import { apiPage, claimsPage } from '../../pages.ts'

// The environment contains all settings of the sign-in: IDENTITY_AUTHORITY (or IDENTITY_OIDC_AUTHORITY, IDENTITY_B2C_…),
// IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI, IDENTITY_SESSION_SECRET. See README.md.
const app = new Koa()
// The sign-in does not request scopes. The page /call_api requests the consent to IDENTITY_SCOPE when it is needed.
const auth = new Auth(app, { scopes: [] })

// Two pages do not need a router. With @koa/router: `router.get('/', auth.loginRequired(…))`.
const pages = new Map<string, Koa.Middleware>()

pages.set(
  '/',
  auth.loginRequired(async (ctx, { claims }) => {
    const links = {
      callApi: process.env['IDENTITY_SCOPE'] ? '/call_api' : undefined,
      // Only Azure AD B2C allows users to edit their profile.
      editProfile: await auth.getEditProfileUrl(ctx),
      signOut: auth.paths.logout,
    }
    ctx.body = claimsPage(claims, links)
  }),
)

pages.set(
  '/call_api',
  auth.loginRequired(
    { scopes: process.env['IDENTITY_SCOPE'] || 'User.Read' },
    async (ctx, context) => {
      // Without API_URL, it calls Microsoft Graph.
      const response = await context.fetch(process.env['API_URL'] || '/me')
      ctx.body = await apiPage(context.claims, auth.paths.logout, response)
    },
  ),
)

app.use(async (ctx, next) => {
  const page = pages.get(ctx.path)
  await (page === undefined ? next() : page(ctx, next))
})

const port = Number(process.env['PORT'] ?? 3000)
app.listen(port, () => console.log(`The example listens at http://localhost:${port}`))
