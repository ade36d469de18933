import { join } from 'node:path'
import {
  AngularNodeAppEngine,
  createNodeRequestHandler,
  isMainModule,
  writeResponseToNodeResponse,
} from '@angular/ssr/node'
import express from 'express'
import { addApi } from './api'

const app = express()
// Angular's engine catches all errors of the process. With wrong settings, the start would not fail after it.
const auth = addApi(app)
const angularApp = new AngularNodeAppEngine()

const files = join(import.meta.dirname, '../browser')
app.use(express.static(files, { maxAge: '1y', index: false, redirect: false }))

app.use(async (req, res, next) => {
  // The page knows the user, on the server and in the browser.
  const identity = await auth.browserSession(req)
  const response = await angularApp.handle(req, { identity })
  if (response) await writeResponseToNodeResponse(response, res)
  else next()
})

if (isMainModule(import.meta.url)) {
  const port = Number(process.env['PORT'] ?? 3000)
  app.listen(port, () => console.log(`Open http://localhost:${port}`))
}

// For `ng serve` and `ng build`.
export const reqHandler = createNodeRequestHandler(app)
