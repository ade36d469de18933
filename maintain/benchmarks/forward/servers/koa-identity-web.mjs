import { once } from 'node:events'
import Koa from 'koa'
import { Auth } from '../../../../packages/identity-web/dist/adapters/koa/index.js'
import { authOptions } from '../../guard/settings.mjs'
import { serveBy } from '../../server/serve.mjs'

serveBy(async ({ port, upstream, ...setup }) => {
  const scopes = [setup.signInScope]
  const apis = { todos: { baseUrl: upstream, scopes } }
  const app = new Koa()
  const auth = new Auth(app, { ...authOptions(setup), apis })
  auth.forward('/api', { target: upstream, scopes })
  await once(app.listen(port, '127.0.0.1'), 'listening')
})
