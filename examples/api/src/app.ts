import express from 'express'
import { ApiAuth, type UserContext } from 'identity-web/express'
import { addTodo, allTodos, todosOf } from './todos.ts'

// Whose tokens open this API comes from the environment: IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID, IDENTITY_AUDIENCE,
// IDENTITY_RESOURCE, and IDENTITY_CLIENT_SECRET to call Microsoft Graph. See README.md.
const app = express()
const api = new ApiAuth(app)
const graph = process.env['GRAPH_ENDPOINT'] ?? 'https://graph.microsoft.com/v1.0'

// An app that somebody uses needs the scope and reads their list; one that runs by itself needs the role and reads all.
app.get(
  '/todos',
  api.authorizationRequired(
    { scopes: ['Todos.Read'], roles: ['Todos.Read.All'] },
    (_req, res, { user }) => {
      res.json(user === undefined ? allTodos() : todosOf(user))
    },
  ),
)

// The guard comes first and hands on by `req.authorization`, so that no stranger's body is read.
app.post(
  '/todos',
  api.authorizationRequired({ scopes: ['Todos.ReadWrite'] }),
  express.json(),
  (req, res) => {
    const { user } = req.authorization as UserContext
    const title = titleIn(req.body)
    if (title === undefined) res.status(400).json({ error: 'A todo needs a title.' })
    else res.status(201).json(addTodo(user, title))
  },
)

// The caller's token is for this API only. Graph gets another one, which says that the API acts on behalf of the user.
app.get(
  '/profile',
  api.authorizationRequired({ userOnly: true }, async (_req, res, context) => {
    const answer = await context.fetch(`${graph}/me`, { scopes: ['User.Read'] })
    if (answer.ok) res.json(await answer.json())
    else res.status(502).json({ error: `Microsoft Graph answered ${answer.status}.` })
  }),
)

function titleIn(body: unknown): string | undefined {
  const { title } = Object(body) as { title?: unknown }
  return typeof title === 'string' && title.trim() !== '' ? title.trim().slice(0, 200) : undefined
}

const port = Number(process.env['PORT'] ?? 5200)
app.listen(port, 'localhost', () => console.log(`The API listens at http://localhost:${port}`))
