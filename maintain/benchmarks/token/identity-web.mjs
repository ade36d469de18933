import { Auth } from '../../../packages/identity-web/dist/adapters/express/index.js'
import { azureCredential } from '../../../packages/identity-web/dist/azure/azure-credential.js'
import { answerParent } from '../child.mjs'
import { authOptions } from '../guard/settings.mjs'
import { repeat } from './repeat.mjs'

// The Express adapter with a minimal request and response, so that the result is only our own work.

const routes = {}
let entered = 0
let visits

function prepare({ cookies, crowd, ...setup }) {
  const auth = new Auth({ use() {} }, authOptions(setup))
  const handler = (_req, _res, context) => {
    if (context.accessToken !== '') entered += 1
  }
  routes.guard = auth.loginRequired(handler)
  routes.token = auth.loginRequired({ scopes: [setup.signInScope] }, handler)
  routes.getTokenForUser = auth.loginRequired(async (req) => {
    const { accessToken } = await auth.getTokenForUser(req, setup.signInScope)
    if (accessToken !== '') entered += 1
  })
  routes.azureCredential = auth.loginRequired(async (_req, _res, context) => {
    const { token } = await azureCredential(context).getToken(setup.signInScope)
    if (token !== '') entered += 1
  })
  visits = { cookies: cookies.map(toVisit), crowd: crowd.map(toVisit) }
}

function toVisit(cookie) {
  const res = { headersSent: false, setHeader() {} }
  return { req: { method: 'GET', url: '/', headers: { cookie }, res }, res }
}

function next(error) {
  throw error ?? new Error('The guard passed the request on.')
}

answerParent(async (message) => {
  if (message.route === undefined) {
    prepare(message)
    return 'ready'
  }
  const { route, visitors, count } = message
  const list = visits[visitors]
  entered = 0
  const cost = await repeat(count, (index) => {
    const { req, res } = list[index % list.length]
    return routes[route](req, res, next)
  })
  if (entered !== count) throw new Error(`${entered} of ${count} requests were allowed.`)
  return cost
})
