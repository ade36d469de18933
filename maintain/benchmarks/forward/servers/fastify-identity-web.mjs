import fastify from 'fastify'
import { Auth } from '../../../../packages/identity-web/dist/adapters/fastify/index.js'
import { authOptions } from '../../guard/settings.mjs'
import { serveBy } from '../../server/serve.mjs'

serveBy(async ({ port, upstream, ...setup }) => {
  const scopes = [setup.signInScope]
  const apis = { todos: { baseUrl: upstream, scopes } }
  const app = fastify()
  const auth = new Auth(app, { ...authOptions(setup), apis })
  auth.forward('/api', { target: upstream, scopes })
  await app.listen({ port, host: '127.0.0.1' })
})
