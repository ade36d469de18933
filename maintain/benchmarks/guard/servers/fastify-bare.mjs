import fastify from 'fastify'
import { serveBy } from '../../server/serve.mjs'
import { FASTIFY_PAGES, NAME } from '../pages.mjs'

serveBy(async ({ port }) => {
  const app = fastify()
  for (const [path, send] of Object.entries(FASTIFY_PAGES))
    app.get(path, (_request, reply) => send(reply, NAME))
  await app.listen({ port, host: '127.0.0.1' })
})
