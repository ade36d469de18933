import { Auth } from '../../../../packages/identity-web/dist/adapters/express/index.js'
import { authOptions } from '../../guard/settings.mjs'
import { serve } from '../../server/serve.mjs'

serve((app, { upstream, ...setup }) => {
  const scopes = [setup.signInScope]
  const apis = { todos: { baseUrl: upstream, scopes } }
  const auth = new Auth(app, { ...authOptions(setup), apis })
  auth.forward('/api', { target: upstream, scopes })
})
