import express from 'express'
import { Auth } from 'identity-web/express'
import { fileURLToPath } from 'node:url'

const {
  PORT = 3000,
  TODOS = 'http://localhost:3001',
  GRAPH = 'https://graph.microsoft.com/v1.0',
} = process.env

const graphScopes = ['User.Read']
const todosScopes = ['api://todos.contoso.example/Todos.ReadWrite']

const app = express()
const auth = new Auth(app, {
  browser: { sessionView: (user) => ({ name: user.name ?? '' }) },
  // Users consent to both at the sign-in.
  scopes: [...graphScopes, ...todosScopes],
  session: { cookie: { sameSite: 'strict' } },
})
auth.forward('/api/todos', { target: `${TODOS}/todos`, scopes: todosScopes })
auth.forward('/api/graph', {
  target: GRAPH,
  scopes: graphScopes,
  methods: ['GET'],
  paths: ['/me'],
})

// The files of `ng build`. Angular's router needs its page at every other path.
const files = fileURLToPath(new URL('dist/browser', import.meta.url))
app.use(express.static(files))
app.get('/{*path}', (_req, res) => res.sendFile('index.html', { root: files }))
app.listen(Number(PORT))
