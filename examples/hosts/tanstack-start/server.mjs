// Serves the build on Node.js: the files of the client, and the application for all other requests.
import { serve } from 'srvx'
import { staticMiddleware } from 'srvx/static'
import application from './dist/server/server.js'

const { PORT = '3000', BASE_PATH = '/' } = process.env
const base = BASE_PATH === '/' ? '' : BASE_PATH
const files = staticMiddleware({ dir: 'dist/client' })

serve({
  port: Number(PORT),
  fetch(request) {
    const { pathname } = new URL(request.url)
    if (!pathname.startsWith(`${base}/assets/`)) return application.fetch(request)
    const file = new Request(new URL(pathname.slice(base.length), request.url), request)
    return files(file, () => application.fetch(request))
  },
})
