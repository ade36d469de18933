import { Hono } from 'hono'
import { Auth } from 'identity-web/hono'

const app = new Hono()
const auth = new Auth(app)
app.get(
  '/',
  auth.loginRequired((c, { user }) => c.text(`Hello, ${user.name}`)),
)

// oxlint-disable-next-line import/no-default-export -- Workers require it.
export default app
