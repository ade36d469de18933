import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import { serveBy } from '../../server/serve.mjs'

// The base: it forwards everything as it is.

serveBy(async ({ port, upstream }) => {
  const { hostname, port: upstreamPort } = new URL(upstream)
  const agent = new Agent({ keepAlive: true })
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming
    const path = url.slice('/api'.length)
    const onward = request(
      { agent, hostname, port: upstreamPort, method, path, headers },
      (response) => {
        outgoing.writeHead(response.statusCode, response.headers)
        response.pipe(outgoing)
      },
    )
    incoming.pipe(onward)
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
})
