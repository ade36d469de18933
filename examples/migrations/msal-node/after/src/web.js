import express from 'express'
import { Auth } from 'identity-web/express'
import { redisStore } from 'identity-web/redis'
import { createClient } from 'redis'
import { accountPage, homePage, todosPage } from './pages.js'
import { todosApi, todosApiId } from './settings.js'

const { REDIS_URL } = process.env
const redis = REDIS_URL ? await createClient({ url: REDIS_URL }).connect() : undefined

const app = express()
const auth = new Auth(app, {
  basePath: '', // the callback is /auth/redirect, but the pages are not below /auth
  clientCapabilities: ['cp1'],
  session: redis === undefined ? {} : { store: redisStore(redis) },
})

app.get('/', async (req, res) => {
  const user = await auth.getUser(req)
  const signIn = `${auth.paths.login}?return_to=/account`
  res.send(homePage({ name: user?.name, signIn, signOut: auth.paths.logout }))
})

// Microsoft Graph
app.get(
  '/account',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
    const response = await context.fetch('/me')
    if (!response.ok) throw new Error(`Microsoft Graph returned ${response.status}`)
    res.send(accountPage(await response.json(), context.claims))
  }),
)

// The API of todos
const mayRead = { scopes: [`${todosApiId}/Todos.Read`] }
const mayWrite = { scopes: [`${todosApiId}/Todos.ReadWrite`] }

app.get(
  '/todos',
  auth.loginRequired(mayRead, async (_req, res, context) => {
    const [todos, profile] = await Promise.all([
      context.fetch(`${todosApi}/todos`),
      context.fetch(`${todosApi}/profile`),
    ])
    const failed = [todos, profile].find((response) => !response.ok)
    if (failed !== undefined) throw new Error(`The API returned ${failed.status}`)
    res.send(todosPage(await profile.json(), await todos.json()))
  }),
)

app.get(
  '/add',
  auth.loginRequired(mayWrite, (_req, res) => {
    res.send('<form method="post"><input name="title"><button>Add</button></form>')
  }),
)

app.post(
  '/add',
  express.urlencoded({ extended: false }),
  auth.loginRequired(mayWrite, async (req, res, context) => {
    const response = await context.fetch(`${todosApi}/todos`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ title: req.body.title }),
    })
    if (!response.ok) throw new Error(`The API returned ${response.status}`)
    res.redirect(303, '/todos')
  }),
)

const port = process.env.PORT ?? 3000
app.listen(port, (error) => {
  if (error) throw error
  console.log(`The web app listens at http://localhost:${port}`)
})
