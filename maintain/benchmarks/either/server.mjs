import { ApiAuth, Auth } from '../../../packages/identity-web/dist/adapters/express/index.js'
import { SCOPE } from '../api/tokens.mjs'
import { authOptions } from '../guard/settings.mjs'
import { sendPage, serve } from '../server/serve.mjs'

const NAME = 'Alexandra Rivera-Lindqvist 00001'

// Every server has all routes, so that servers differ only in the route that the load process requests.
serve((app, { apiClientId, ...setup }) => {
  const auth = new Auth(app, authOptions(setup))
  const api = new ApiAuth({ authority: setup.authority, clientId: apiClientId, logger: false })
  const authorization = { scopes: [SCOPE] }
  const greet = (_req, res, { claims }) => sendPage(res, claims.name)
  app.get('/bare', (_req, res) => sendPage(res, NAME))
  app.get('/session', auth.loginRequired(greet))
  app.get('/bearer', api.authorizationRequired(authorization, greet))
  app.get('/either', auth.orBearer(api).required({ authorization }, greet))
})
