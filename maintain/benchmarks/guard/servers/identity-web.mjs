import { Auth } from '../../../../packages/identity-web/dist/adapters/express/index.js'
import { sendPage, serve } from '../../server/serve.mjs'
import { EXPRESS_PAGES } from '../pages.mjs'
import { authOptions } from '../settings.mjs'
import { startStore } from '../store.mjs'

serve(async (app, { keptIn, movesClock, ...setup }) => {
  const store = await startStore(keptIn)
  const auth = new Auth(app, {
    ...authOptions(setup, { store }),
    ...(movesClock && { now: () => Date.now() }),
  })
  for (const [path, send] of Object.entries(EXPRESS_PAGES)) {
    app.get(
      path,
      auth.loginRequired((_req, res, { user }) => send(res, user.name)),
    )
  }
  // The first visit of these pages adds the other access tokens to the session.
  for (const [index, scope] of [setup.signInScope, ...setup.otherScopes].entries()) {
    app.get(
      `/token/${index}`,
      auth.loginRequired({ scopes: [scope] }, (_req, res, { user, accessToken }) =>
        sendPage(res, accessToken === '' ? '' : user.name),
      ),
    )
  }
})
