import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { serveBy } from '../server/serve.mjs'

/** Serves an application of Hono on Node.js. */
export function serveHono(create) {
  serveBy(async ({ port, ...setup }) => {
    const { fetch } = await create(setup)
    await once(serve({ fetch, port, hostname: '127.0.0.1' }), 'listening')
  })
}
