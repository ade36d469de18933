import express from 'express'
import { ApiAuth, type UserContext } from 'identity-web/express'
import { addTodo, allTodos, todosOf } from './todos.ts'

// The environment says which tokens this API accepts: IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID, IDENTITY_AUDIENCE,
// IDENTITY_RESOURCE. IDENTITY_CLIENT_SECRET is used to call Microsoft Graph. See README.md.
const app = express()
const api = new ApiAuth(app)
const graph = process.env['GRAPH_ENDPOINT'] ?? 'https://graph.microsoft.com/v1.0'

// A user needs the scope and reads their own list. An application without a user needs the app permission and reads all lists.
app.get(
  '/todos',
  api.authorizationRequired(
    { scopes: ['Todos.Read'], appPermissions: ['Todos.Read.All'] },
    (_req, res, { user }) => {
      res.json(user === undefined ? allTodos() : todosOf(user))
    },
  ),
)

// The guard runs before the body parser, so the API does not read the bodies of unauthenticated requests. It sets
// `req.identity`, and `api.contextOf(req)` returns the same value with its type.
app.post(
  '/todos',
  api.authorizationRequired({ scopes: ['Todos.ReadWrite'] }),
  express.json(),
  (req, res) => {
    const { user } = api.contextOf(req) as UserContext
    const title = titleIn(req.body)
    if (title === undefined) res.status(400).json({ error: 'A todo needs a title.' })
    else res.status(201).json(addTodo(user, title))
  },
)

// The token of the caller is only valid for this API. The API gets another token for Graph on behalf of the user.
app.get(
  '/profile',
  api.authorizationRequired(async (_req, res, context) => {
    const response = await context.fetch(`${graph}/me`, { scopes: ['User.Read'] })
    if (response.ok) res.json(await response.json())
    else res.status(502).json({ error: `Microsoft Graph returned status ${response.status}.` })
  }),
)

function titleIn(body: unknown): string | undefined {
  const { title } = Object(body) as { title?: unknown }
  return typeof title === 'string' && title.trim() !== '' ? title.trim().slice(0, 200) : undefined
}

const port = Number(process.env['PORT'] ?? 5200)
app.listen(port, 'localhost', (error) => {
  if (error) throw error
  console.log(`The API listens at http://localhost:${port}`)
})
