import { ApiAuth } from '../../../../packages/identity-web/dist/adapters/express/index.js'
import { sendPage, serve } from '../../server/serve.mjs'

/** Serves an API with our guard. */
export function serveApi(options) {
  serve((app, { authority, clientId, scope }) => {
    const api = new ApiAuth({ authority, clientId, ...options })
    app.get(
      '/',
      api.authorizationRequired({ scopes: [scope] }, (_req, res, { claims }) =>
        sendPage(res, claims.name),
      ),
    )
  })
}
