import openid from 'express-openid-connect'
import { sendPage, serve } from '../../server/serve.mjs'
import { SESSION_SECRET } from '../settings.mjs'

serve((app, { origin, authority, app: { clientId, clientSecret }, signInScope }) => {
  app.use(
    openid.auth({
      issuerBaseURL: `${authority}/v2.0`,
      baseURL: origin,
      clientID: clientId,
      clientSecret,
      secret: SESSION_SECRET,
      authRequired: false,
      authorizationParams: {
        response_type: 'code',
        scope: `openid profile email offline_access ${signInScope}`,
      },
    }),
  )
  app.get('/', openid.requiresAuth(), (req, res) => sendPage(res, req.oidc.user.name))
})
