import express, { type RequestHandler } from 'express'
import { Auth } from 'identity-web/express'
import { addPage, failedPage, todosPage, type Profile, type Todo } from './pages.ts'

// Everything about sign-in comes from the environment, as in the other examples; and where the API is: see README.md.
const api = process.env['TODOS_API'] ?? 'http://localhost:5200'
const apiId = process.env['TODOS_API_ID'] ?? 'api://todos.contoso.example'

const app = express()
const auth = new Auth(app, { scopes: [] })

// The user consents to reading when they sign in, and to changing when they want to change something.
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
    const failed = [todos, profile].find((answer) => !answer.ok)
    if (failed === undefined) {
      const shown = {
        todos: (await todos.json()) as Todo[],
        profile: (await profile.json()) as Profile,
      }
      res.send(todosPage(shown, auth.logoutPath))
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
  fromOwnPage(),
  express.urlencoded(),
  auth.loginRequired(mayWrite, async (req, res, context) => {
    const answer = await context.fetch(`${api}/todos`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(req.body),
    })
    if (answer.ok) res.redirect(303, '/')
    else res.status(502).send(failedPage(answer.status))
  }),
)

/** Browsers say which page sent a form. The session's cookie is Lax; this refuses sites of the same domain as well. */
function fromOwnPage(): RequestHandler {
  return (req, res, next) => {
    if (req.get('sec-fetch-site') === 'same-origin') next()
    else res.sendStatus(403)
  }
}

const port = Number(process.env['PORT'] ?? 5000)
app.listen(port, () => console.log(`The web app listens at http://localhost:${port}`))
