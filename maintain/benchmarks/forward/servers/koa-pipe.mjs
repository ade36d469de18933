import { once } from 'node:events'
import { Agent, request } from 'node:http'
import Koa from 'koa'
import { serveBy } from '../../server/serve.mjs'

// The same in Koa, to see what Koa costs.

serveBy(async ({ port, upstream }) => {
  const { hostname, port: upstreamPort } = new URL(upstream)
  const agent = new Agent({ keepAlive: true })
  const app = new Koa()
  app.use((context) => {
    const { method, headers, url } = context.req
    const path = url.slice('/api'.length)
    const onward = request(
      { agent, hostname, port: upstreamPort, method, path, headers },
      (response) => {
        context.res.writeHead(response.statusCode, response.headers)
        response.pipe(context.res)
      },
    )
    context.respond = false
    context.req.pipe(onward)
  })
  await once(app.listen(port, '127.0.0.1'), 'listening')
})
