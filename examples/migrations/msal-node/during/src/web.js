// A step of the move: the account page has moved to identity-web, and the page of todos still uses MSAL Node.
import { promisify } from 'node:util'
import express from 'express'
import session from 'express-session'
import { Auth } from 'identity-web/express'
import { AuthProvider } from '../../before/src/auth-provider.js'
import { accountPage, homePage } from '../../before/src/pages.js'
import { msalConfig, todosApi, todosApiId } from '../../before/src/settings.js'

const { env } = process
const app = express()

// New. Its routes are /login, /redirect and /logout, and the registration contains both redirect URIs.
const auth = new Auth(app)

// Old, with its routes below /auth
const old = new AuthProvider(msalConfig(env.CLIENT_ID, env.CLIENT_SECRET), {
  redirectUri: env.REDIRECT_URI,
  postLogoutRedirectUri: env.POST_LOGOUT_REDIRECT_URI,
})
app.use(session({ secret: env.EXPRESS_SESSION_SECRET, resave: false, saveUninitialized: false }))
app.post('/auth/redirect', express.urlencoded({ extended: false }), old.handleRedirect())

// A sign-out ends the session of both libraries.
app.get('/auth/signout', async (req, res) => {
  await promisify(req.session.destroy).call(req.session)
  return auth.logout(req, res)
})

app.get('/', async (req, res) => {
  const user = await auth.getUser(req)
  const signIn = `${auth.paths.login}?return_to=/account`
  res.send(homePage({ name: user?.name, signIn, signOut: '/auth/signout' }))
})

app.get(
  '/account',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
    const response = await context.fetch('/me')
    res.send(accountPage(await response.json(), context.claims))
  }),
)

const mayRead = old.acquireToken({ scopes: [`${todosApiId}/Todos.Read`] })
app.get('/todos', old.isAuthenticated(), mayRead, async (req, res) => {
  const headers = { Authorization: `Bearer ${req.accessToken}` }
  const response = await fetch(`${todosApi}/todos`, { headers })
  res.send(`<h1>${(await response.json()).length} todos</h1>`)
})

app.listen(env.PORT ?? 3000)
