import { once } from 'node:events'
import { createServer } from 'node:http'
import { serveBy } from '../server/serve.mjs'

// The API behind all proxies: a small JSON response, or a stream of `/stream/<megabytes>`.

const SMALL = Buffer.from(
  JSON.stringify({ todos: Array.from({ length: 8 }, (_, id) => ({ id, done: false })) }),
)
const CHUNK = Buffer.alloc(1_000_000, 'a')

serveBy(async ({ port }) => {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const [, megabytes] = /^\/stream\/(\d+)/.exec(request.url) ?? []
    if (megabytes === undefined) {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': SMALL.length,
      })
      response.end(SMALL)
      return
    }
    response.writeHead(200, { 'content-length': Number(megabytes) * CHUNK.length })
    let left = Number(megabytes)
    const write = () => {
      while (left > 0) {
        left--
        if (!response.write(CHUNK)) return
      }
      response.end()
    }
    response.on('drain', write)
    write()
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
})
