import Koa from 'koa'
import { Auth } from 'identity-web/koa'
import { apiPage, claimsPage } from '../../pages.ts'

// Everything about sign-in comes from the environment: IDENTITY_AUTHORITY (or IDENTITY_OIDC_AUTHORITY, IDENTITY_B2C_…),
// IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI, IDENTITY_SESSION_SECRET. See README.md.
const app = new Koa()
// No scopes at sign-in: the consent to IDENTITY_SCOPE is asked for at /call_api, where it is needed.
const auth = new Auth(app, { scopes: [] })

// Two pages need no router. With @koa/router: `router.get('/', auth.loginRequired(…))`.
const pages = new Map<string, Koa.Middleware>()

pages.set(
  '/',
  auth.loginRequired(async (ctx, { user, claims }) => {
    const links = {
      callApi: process.env['IDENTITY_ENDPOINT'] ? '/call_api' : undefined,
      // Azure AD B2C alone lets users edit their profile.
      editProfile: await auth.getEditProfileUrl(ctx),
      signOut: auth.logoutPath,
    }
    ctx.body = claimsPage(user.name ?? user.sub, claims, links)
  }),
)

pages.set(
  '/call_api',
  auth.loginRequired({ scopes: process.env['IDENTITY_SCOPE'] ?? [] }, async (ctx, context) => {
    const answer = await context.fetch()
    ctx.body = apiPage(answer.status, await answer.text())
  }),
)

app.use(async (ctx, next) => {
  const page = pages.get(ctx.path)
  await (page === undefined ? next() : page(ctx, next))
})

const port = Number(process.env['PORT'] ?? 5000)
app.listen(port, () => console.log(`The example listens at http://localhost:${port}`))
