import { Hono } from 'hono'
import { Auth } from '../../../../packages/identity-web/dist/adapters/hono/index.js'
import { HONO_PAGES } from '../pages.mjs'
import { serveFetch } from '../serve-fetch.mjs'
import { authOptions } from '../settings.mjs'
import { startStore } from '../store.mjs'

serveFetch(async ({ keptIn, ...setup }) => {
  const app = new Hono()
  const store = await startStore(keptIn)
  const auth = new Auth(app, authOptions(setup, { store }))
  for (const [path, send] of Object.entries(HONO_PAGES)) {
    app.get(
      path,
      auth.loginRequired((c, { user }) => send(c, user.name)),
    )
  }
  return app
})
