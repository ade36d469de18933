import express from 'express'
import { Auth } from 'identity-web/express'
import { servePages } from './pages.ts'
import { sessionView } from './session-view.ts'

// The environment contains the settings of the sign-in, as in the other examples, and the URL of the API. See README.md.
const api = process.env['TODOS_API'] ?? 'http://localhost:5200'
const apiId = process.env['TODOS_API_ID'] ?? 'api://todos.contoso.example'

const scopes = [`${apiId}/Todos.Read`, `${apiId}/Todos.ReadWrite`]

const app = express()
const auth = new Auth(app, {
  // Users consent to the API when they sign in.
  scopes,
  browser: { sessionView },
  session: { idleTimeoutSeconds: Number(process.env['IDLE_SECONDS'] ?? 1800) },
})

// The browser calls /api with its session cookie. The API gets the access token of the user instead.
auth.forward('/api', {
  target: api,
  scopes,
  methods: ['GET', 'POST'],
  paths: ['/todos', '/profile'],
})

await servePages(app, (req) => auth.browserSession(req))

const port = Number(process.env['PORT'] ?? 3000)
app.listen(port, (error) => {
  if (error) throw error
  console.log(`The app listens at http://localhost:${port}`)
})
