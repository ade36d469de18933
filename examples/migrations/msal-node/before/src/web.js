import express from 'express'
import session from 'express-session'
import { AuthProvider } from './auth-provider.js'
import { sessionStore } from './cache.js'
import { accountPage, homePage, todosPage } from './pages.js'
import { graph, msalConfig, todosApi, todosApiId } from './settings.js'

const { CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, POST_LOGOUT_REDIRECT_URI } = process.env

const auth = new AuthProvider(msalConfig(CLIENT_ID, CLIENT_SECRET), {
  redirectUri: REDIRECT_URI,
  postLogoutRedirectUri: POST_LOGOUT_REDIRECT_URI,
})

const app = express()
app.use(
  session({
    secret: process.env.EXPRESS_SESSION_SECRET,
    store: sessionStore,
    resave: false,
    saveUninitialized: false,
    // The sign-in page posts to this application from another site, so in production the cookie needs SameSite=None.
    cookie: REDIRECT_URI.startsWith('https:') ? { secure: true, sameSite: 'none' } : {},
  }),
)
app.use(express.urlencoded({ extended: false }))

app.get('/', (req, res) => {
  res.send(
    homePage({ name: req.session.account?.name, signIn: '/auth/signin', signOut: '/auth/signout' }),
  )
})

app.get('/auth/signin', auth.login({ scopes: ['User.Read'], successRedirect: '/account' }))
app.post(new URL(REDIRECT_URI).pathname, auth.handleRedirect())
app.get('/auth/signout', auth.logout())

// Microsoft Graph
app.get(
  '/account',
  auth.isAuthenticated(),
  auth.acquireToken({ scopes: ['User.Read'] }),
  async (req, res) => {
    const response = await fetch(`${graph}v1.0/me`, {
      headers: { Authorization: `Bearer ${req.accessToken}` },
    })
    if (!response.ok) throw new Error(`Microsoft Graph returned ${response.status}`)
    res.send(accountPage(await response.json(), req.session.account.idTokenClaims))
  },
)

// The API of todos
const mayRead = auth.acquireToken({ scopes: [`${todosApiId}/Todos.Read`] })
const mayWrite = auth.acquireToken({ scopes: [`${todosApiId}/Todos.ReadWrite`] })

app.get('/todos', auth.isAuthenticated(), mayRead, async (req, res, next) => {
  const headers = { Authorization: `Bearer ${req.accessToken}` }
  const [todos, profile] = await Promise.all([
    fetch(`${todosApi}/todos`, { headers }),
    fetch(`${todosApi}/profile`, { headers }),
  ])
  const claims = claimsOf(profile)
  if (claims !== undefined) {
    const scopes = [`${todosApiId}/Todos.Read`]
    return auth.login({ scopes, claims, successRedirect: '/todos' })(req, res, next)
  }
  const failed = [todos, profile].find((response) => !response.ok)
  if (failed !== undefined) throw new Error(`The API returned ${failed.status}`)
  res.send(todosPage(await profile.json(), await todos.json()))
})

app.get('/add', auth.isAuthenticated(), mayWrite, (_req, res) => {
  res.send('<form method="post"><input name="title"><button>Add</button></form>')
})

app.post('/add', auth.isAuthenticated(), mayWrite, async (req, res) => {
  const response = await fetch(`${todosApi}/todos`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${req.accessToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: req.body.title }),
  })
  if (!response.ok) throw new Error(`The API returned ${response.status}`)
  res.redirect(303, '/todos')
})

/** Returns the claims that the API requires, if it responded with a claims challenge. */
function claimsOf(response) {
  const challenge = response.headers.get('www-authenticate') ?? ''
  const [, claims] = /claims="([^"]+)"/.exec(challenge) ?? []
  return claims === undefined ? undefined : Buffer.from(claims, 'base64').toString()
}

const port = process.env.PORT ?? 3000
app.listen(port, (error) => {
  if (error) throw error
  console.log(`The web app listens at http://localhost:${port}`)
})
