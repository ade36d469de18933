import { Hono } from 'hono'
import { Auth } from '../../../packages/identity-web/dist/adapters/hono.js'
import { pageFor } from '../../server/serve.mjs'
import { serveFetch } from '../serve-fetch.mjs'
import { authOptions } from '../settings.mjs'
import { startStore } from '../store.mjs'

serveFetch(async ({ keptIn, ...setup }) => {
  const app = new Hono()
  const store = await startStore(keptIn)
  const auth = new Auth(app, authOptions(setup, { store }))
  app.get(
    '/',
    auth.loginRequired((c, { user }) => c.json(pageFor(user.name))),
  )
  return app
})
