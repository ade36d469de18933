import fastify from 'fastify'
import { Auth } from '../../../packages/identity-web/dist/adapters/fastify.js'
import { pageFor, serveBy } from '../../server/serve.mjs'
import { authOptions } from '../settings.mjs'
import { startStore } from '../store.mjs'

serveBy(async ({ port, keptIn, ...setup }) => {
  const app = fastify()
  const store = await startStore(keptIn)
  const auth = new Auth(app, authOptions(setup, { store }))
  app.get(
    '/',
    auth.loginRequired((_request, _reply, { user }) => pageFor(user.name)),
  )
  await app.listen({ port, host: '127.0.0.1' })
})
