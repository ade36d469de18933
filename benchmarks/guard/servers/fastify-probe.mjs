import fastify from 'fastify'
import { pageFor, serveBy } from '../../server/serve.mjs'
import { createProbe } from '../create-probe.mjs'
import { CACHE_CONTROL } from '../probe.mjs'

serveBy(async ({ port, ...setup }) => {
  const app = fastify()
  const probe = createProbe(setup)
  app.get('/', (request, reply) => {
    const user = probe.userOf(request.headers.cookie)
    if (user === undefined) return reply.code(401).header('Set-Cookie', probe.start()).send()
    return reply.header('Cache-Control', CACHE_CONTROL).send(pageFor(user.name))
  })
  await app.listen({ port, host: '127.0.0.1' })
})
