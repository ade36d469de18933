import { Hono } from 'hono'
import { ApiAuth } from 'identity-web/hono'

const app = new Hono()
const api = new ApiAuth(app)
app.get(
  '/todos',
  api.authorizationRequired({ scopes: ['Todos.Read'] }, (c) => c.json([])),
)

// oxlint-disable-next-line import/no-default-export -- Workers require it.
export default app
