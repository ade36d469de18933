import { Agent, request } from 'node:http'
import fastify from 'fastify'
import { serveBy } from '../../server/serve.mjs'

// The same in Fastify, to see what Fastify costs.

serveBy(async ({ port, upstream }) => {
  const { hostname, port: upstreamPort } = new URL(upstream)
  const agent = new Agent({ keepAlive: true })
  const app = fastify()
  app.addHook('onRequest', (incoming, reply) => {
    const { method, headers, url } = incoming.raw
    const path = url.slice('/api'.length)
    const onward = request(
      { agent, hostname, port: upstreamPort, method, path, headers },
      (response) => {
        reply.raw.writeHead(response.statusCode, response.headers)
        response.pipe(reply.raw)
      },
    )
    reply.hijack()
    incoming.raw.pipe(onward)
  })
  await app.listen({ port, host: '127.0.0.1' })
})
