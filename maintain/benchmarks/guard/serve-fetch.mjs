import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { serveBy } from '../server/serve.mjs'

/**
 * Serves a function from `Request` to `Response` on Node.js: an application of Hono, or one without a framework.
 *
 * @param create - Returns an object with the function `fetch`.
 */
export function serveFetch(create) {
  serveBy(async ({ port, ...setup }) => {
    const { fetch } = await create(setup)
    await once(serve({ fetch, port, hostname: '127.0.0.1' }), 'listening')
  })
}
