import { Hono } from 'hono'
import { pageFor } from '../../server/serve.mjs'
import { serveHono } from '../serve-hono.mjs'

serveHono(() => {
  const app = new Hono()
  app.get('/', (c) => c.json(pageFor('Alexandra Rivera-Lindqvist 00001')))
  return app
})
