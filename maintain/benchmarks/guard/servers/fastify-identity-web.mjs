import fastify from 'fastify'
import { Auth } from '../../../../packages/identity-web/dist/adapters/fastify/index.js'
import { serveBy } from '../../server/serve.mjs'
import { FASTIFY_PAGES } from '../pages.mjs'
import { authOptions } from '../settings.mjs'
import { startStore } from '../store.mjs'

serveBy(async ({ port, keptIn, ...setup }) => {
  const app = fastify()
  const store = await startStore(keptIn)
  const auth = new Auth(app, authOptions(setup, { store }))
  for (const [path, send] of Object.entries(FASTIFY_PAGES)) {
    app.get(
      path,
      auth.loginRequired((_request, reply, { user }) => send(reply, user.name)),
    )
  }
  await app.listen({ port, host: '127.0.0.1' })
})
