// Serves the build on Node.js: the files of the client, and the application for all other requests.
import { serve } from 'srvx'
import { staticMiddleware } from 'srvx/static'
import application from './dist/server/server.js'

serve({
  port: Number(process.env['PORT'] ?? 3000),
  middleware: [staticMiddleware({ dir: 'dist/client' })],
  fetch: application.fetch,
})
