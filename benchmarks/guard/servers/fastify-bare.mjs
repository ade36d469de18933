import fastify from 'fastify'
import { pageFor, serveBy } from '../../server/serve.mjs'

serveBy(async ({ port }) => {
  const app = fastify()
  app.get('/', () => pageFor('Alexandra Rivera-Lindqvist 00001'))
  await app.listen({ port, host: '127.0.0.1' })
})
