import { Hono } from 'hono'
import { pageFor } from '../../server/serve.mjs'
import { serveFetch } from '../serve-fetch.mjs'

serveFetch(() => {
  const app = new Hono()
  app.get('/', (c) => c.json(pageFor('Alexandra Rivera-Lindqvist 00001')))
  return app
})
