import { getAuth, initOidcAuthMiddleware, oidcAuthMiddleware } from '@hono/oidc-auth'
import { Hono } from 'hono'
import { pageFor } from '../../server/serve.mjs'
import { serveFetch } from '../serve-fetch.mjs'
import { SESSION_SECRET } from '../settings.mjs'

serveFetch(({ authority, app: { clientId, clientSecret } }) => {
  const app = new Hono()
  app.use(
    initOidcAuthMiddleware({
      OIDC_AUTH_SECRET: SESSION_SECRET,
      OIDC_ISSUER: `${authority}/v2.0`,
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
    }),
    oidcAuthMiddleware(),
  )
  app.get('/', async (c) => c.json(pageFor((await getAuth(c)).name)))
  return app
})
