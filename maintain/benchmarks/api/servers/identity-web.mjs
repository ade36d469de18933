import { ApiAuth } from '../../../../packages/identity-web/dist/adapters/express/index.js'
import { sendPage, serve } from '../../server/serve.mjs'

serve((app, { authority, clientId, scope, cacheEntries }) => {
  const api = new ApiAuth({ authority, clientId, cacheEntries })
  app.get(
    '/',
    api.authorizationRequired({ scopes: [scope] }, (_req, res, { claims }) =>
      sendPage(res, claims.name),
    ),
  )
})
