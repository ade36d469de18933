import { Auth } from '../../../../packages/identity-web/dist/adapters/koa/index.js'
import { serveKoa } from '../serve-koa.mjs'
import { authOptions } from '../settings.mjs'
import { startStore } from '../store.mjs'

serveKoa(async (app, { keptIn, ...setup }) => {
  const store = await startStore(keptIn)
  const auth = new Auth(app, authOptions(setup, { store }))
  return (send) => auth.loginRequired((ctx, { user }) => send(ctx, user.name))
})
