import express from 'express'
import { Auth } from 'identity-web/express'
import { addPage, failedPage, todosPage, type Profile, type Todo } from './pages.ts'

// The environment contains all settings of the sign-in, as in the other examples, and the URL of the API. See README.md.
const api = process.env['TODOS_API'] ?? 'http://localhost:5200'
const apiId = process.env['TODOS_API_ID'] ?? 'api://todos.contoso.example'

const app = express()
const auth = new Auth(app, { scopes: [] })

// Users consent to reading at the sign-in, and to writing when they first add a todo.
const mayRead = { scopes: [`${apiId}/Todos.Read`] }
const mayWrite = { scopes: [`${apiId}/Todos.ReadWrite`] }

app.get(
  '/',
  auth.loginRequired(mayRead, async (_req, res, context) => {
    // The API knows the user from the token. It asks Microsoft Graph for the profile on their behalf.
    const [todos, profile] = await Promise.all([
      context.fetch(`${api}/todos`),
      context.fetch(`${api}/profile`),
    ])
    const failed = [todos, profile].find((response) => !response.ok)
    if (failed === undefined) {
      const shown = {
        todos: (await todos.json()) as Todo[],
        profile: (await profile.json()) as Profile,
      }
      res.send(todosPage(shown, auth.paths.logout))
    } else {
      res.status(502).send(failedPage(failed.status))
    }
  }),
)

app.get(
  '/add',
  auth.loginRequired(mayWrite, (_req, res) => res.send(addPage())),
)

app.post(
  '/add',
  express.urlencoded(),
  auth.loginRequired(mayWrite, async (req, res, context) => {
    const response = await context.fetch(`${api}/todos`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(req.body),
    })
    if (response.ok) res.redirect(303, '/')
    else res.status(502).send(failedPage(response.status))
  }),
)

const port = Number(process.env['PORT'] ?? 3000)
app.listen(port, (error) => {
  if (error) throw error
  console.log(`The web app listens at http://localhost:${port}`)
})
