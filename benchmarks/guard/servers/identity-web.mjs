import { Auth } from '../../../packages/identity-web/dist/adapters/express.js'
import { authOptions } from '../settings.mjs'
import { sendPage, serve } from '../../server/serve.mjs'

serve((app, { origin, ...setup }) => {
  const auth = new Auth(app, authOptions(setup, origin))
  app.get(
    '/',
    auth.loginRequired((_req, res, { user }) => sendPage(res, user.name)),
  )
  // Their first visit brings the session its other access tokens.
  for (const [index, scope] of [setup.signInScope, ...setup.otherScopes].entries()) {
    app.get(
      `/token/${index}`,
      auth.loginRequired({ scopes: [scope] }, (_req, res, { user, accessToken }) =>
        sendPage(res, accessToken === '' ? '' : user.name),
      ),
    )
  }
})
