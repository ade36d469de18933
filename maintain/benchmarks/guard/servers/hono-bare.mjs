import { Hono } from 'hono'
import { HONO_PAGES, NAME } from '../pages.mjs'
import { serveFetch } from '../serve-fetch.mjs'

serveFetch(() => {
  const app = new Hono()
  for (const [path, send] of Object.entries(HONO_PAGES)) app.get(path, (c) => send(c, NAME))
  return app
})
