import proxy from '@fastify/http-proxy'
import fastify from 'fastify'
import { serveBy } from '../../server/serve.mjs'

// It has no sign-in, no list of headers and no token. It uses undici.

serveBy(async ({ port, upstream }) => {
  const app = fastify()
  await app.register(proxy, { upstream, prefix: '/api' })
  await app.listen({ port, host: '127.0.0.1' })
})
