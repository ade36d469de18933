// Runs in a project that has installed the packages, on each supported runtime: a user signs in at the development
// provider, and an API accepts their token and rejects a changed one.
import { startDevProvider } from 'identity-web-dev'
import { ApiAuth, Auth } from 'identity-web/fetch'

const ORIGIN = 'http://localhost:3000'
const provider = await startDevProvider()
try {
  const settings = { authority: provider.authority(), logger: {} }
  const auth = new Auth({
    ...settings,
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${ORIGIN}/redirect`,
    session: { secret: 'only-for-this-test-0123456789-0123456789' },
  })
  const home = auth.loginRequired((_request, { user }) => new Response(`Hello, ${user.name}`))
  const jar = new Map()
  const away = await visit('/')
  const { url } = await provider.signIn(away.headers.get('location'), { as: 'alex' })
  await visit(url.pathname + url.search)
  const page = await (await visit('/')).text()
  if (page !== 'Hello, Alex Rivera') throw new Error(`The page shows ${page}.`)

  const api = new ApiAuth({ ...settings, clientId: '22222222-3333-4444-8555-666666666666' })
  const todos = api.authorizationRequired({ scopes: ['Todos.Read'] }, () => new Response('todos'))
  const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
  const statuses = [await call(token), await call(`${token.slice(0, -6)}AAAAAA`), await call()]
  if (statuses.join() !== '200,401,401') throw new Error(`The API returns ${statuses.join()}.`)
  console.log('signed in')

  /** Sends a page navigation with the cookies of the browser. */
  async function visit(path) {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
    const headers = { cookie, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    const request = new Request(ORIGIN + path, { headers })
    const response = await auth.respond(request, () => home(request))
    for (const [pair, isDeleted] of response.headers
      .getSetCookie()
      .map((line) => [line.split(';', 1)[0], /max-age=0/i.test(line)])) {
      const at = pair.indexOf('=')
      if (isDeleted) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }

  async function call(bearer) {
    const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
    return (await todos(new Request(`${ORIGIN}/todos`, { headers }))).status
  }
} finally {
  await provider.close()
}
