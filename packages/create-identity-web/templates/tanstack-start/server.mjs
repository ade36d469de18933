// Serves the build on Node.js: the files of the client, and the application for all other requests. PORT is the port.
import { serve } from 'srvx'
import { staticMiddleware } from 'srvx/static'
import application from './dist/server/server.js'

serve({ middleware: [staticMiddleware({ dir: 'dist/client' })], fetch: application.fetch })
