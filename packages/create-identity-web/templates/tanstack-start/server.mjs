// Serves the build on Node.js: the files of the client, and the application for all other requests.
import { serve } from 'srvx'
import { staticMiddleware } from 'srvx/static'
import application from './dist/server/server.js'

const files = staticMiddleware({ dir: 'dist/client' })

serve({
  port: Number(process.env['PORT'] ?? 3000),
  fetch(request) {
    const { pathname } = new URL(request.url)
    if (!pathname.startsWith('/assets/')) return application.fetch(request)
    return files(request, () => application.fetch(request))
  },
})
