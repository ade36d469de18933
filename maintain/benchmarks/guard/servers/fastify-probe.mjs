import fastify from 'fastify'
import { serveBy } from '../../server/serve.mjs'
import { FASTIFY_PAGES } from '../pages.mjs'
import { CACHE_CONTROL, createProbe } from '../probe.mjs'

serveBy(async ({ port, ...setup }) => {
  const app = fastify()
  const probe = createProbe(setup)
  for (const [path, send] of Object.entries(FASTIFY_PAGES)) {
    app.get(path, (request, reply) => {
      const user = probe.userOf(request.headers.cookie)
      if (user === undefined) return reply.code(401).header('Set-Cookie', probe.start()).send()
      return send(reply.header('Cache-Control', CACHE_CONTROL), user.name)
    })
  }
  await app.listen({ port, host: '127.0.0.1' })
})
