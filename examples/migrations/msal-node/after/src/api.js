import express from 'express'
import { ApiAuth } from 'identity-web/express'
import { addTodo, allTodos, todosOf } from './todos.js'

const app = express()
const api = new ApiAuth(app, { clientCapabilities: ['cp1'] })

app.get(
  '/todos',
  api.authorizationRequired({ scopes: ['Todos.Read'] }, (_req, res, { claims }) => {
    res.json(todosOf(claims.oid))
  }),
)

app.post(
  '/todos',
  express.json(),
  api.authorizationRequired({ scopes: ['Todos.ReadWrite'] }, (req, res, { claims }) => {
    res.status(201).json(addTodo(claims.oid, req.body.title))
  }),
)

// For the job, which has no user.
app.get(
  '/todos/all',
  api.authorizationRequired({ appPermissions: ['Todos.Read.All'] }, (_req, res) => {
    res.json(allTodos())
  }),
)

// Calls Microsoft Graph on behalf of the user.
app.get(
  '/profile',
  api.authorizationRequired({ scopes: ['Todos.Read'] }, async (_req, res, context) => {
    const response = await context.fetch('/me', { scopes: ['User.Read'] })
    res.status(response.status).json(await response.json())
  }),
)

const port = process.env.PORT ?? 5200
app.listen(port, (error) => {
  if (error) throw error
  console.log(`The API listens at http://localhost:${port}`)
})
