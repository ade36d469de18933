const express = require('express')
const { ApiAuth } = require('identity-web/express')

const todos = new Map()

const app = express()
const api = new ApiAuth(app)
app.use(express.json())

app.get(
  '/api/todos',
  api.authorizationRequired(
    { scopes: { anyOf: ['Todos.Read', 'Todos.ReadWrite'] } },
    (req, res, { user }) => {
      res.json({ owner: user.name, todos: todos.get(user.oid) ?? [] })
    },
  ),
)

app.post(
  '/api/todos',
  api.authorizationRequired({ scopes: ['Todos.ReadWrite'] }, (req, res, { user }) => {
    todos.set(user.oid, [...(todos.get(user.oid) ?? []), req.body.title])
    res.sendStatus(201)
  }),
)

app.listen(process.env.PORT || 5000)
