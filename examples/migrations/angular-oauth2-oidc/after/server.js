import express from 'express'
import { Auth } from 'identity-web/express'
import { fileURLToPath } from 'node:url'

const { PORT = 3000, TODOS = 'https://todos.example.com' } = process.env

const app = express()
const auth = new Auth(app, {
  browser: { sessionView: ({ name = '', email = '' }) => ({ name, email }) },
  scopes: ['todos'],
  // As customQueryParams before
  extraParams: { audience: 'https://todos.example.com' },
  session: { cookie: { sameSite: 'strict' } },
})
auth.forward('/api/todos', { target: `${TODOS}/todos`, scopes: ['todos'] })

// The files of `ng build`. Angular's router needs its page at every other path.
const files = fileURLToPath(new URL('dist/browser', import.meta.url))
app.use(express.static(files))
app.get('/{*path}', (_req, res) => res.sendFile('index.html', { root: files }))
app.listen(Number(PORT))
