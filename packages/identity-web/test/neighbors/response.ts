// Setup of the tests whose process also contains @hono/node-server 1, which replaces `Response` and `Request`.
import { createAdaptorServer } from 'hono-node-server-1'

createAdaptorServer({ fetch: () => new Response() })
