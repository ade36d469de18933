import { ApiAuth, Auth } from 'identity-web/express'
import { describe, expect, test } from '../support/fixtures.ts'
import { Browser, SESSION_SECRET, signIn } from '../support/site.ts'
import type { Moment } from './settings.ts'
import { startNeighborhood } from './start.ts'
import { VARIATIONS } from './variations.ts'
import { expectRightResponses, PATIENT } from './visit.ts'

const MOMENTS: readonly Moment[] = ['before the import', 'after the import', 'while it serves']
/** The errors of sign-ins beside some packages. */
const WITHOUT_SIGN_IN: Readonly<Record<string, RegExp>> = {
  // openid-client does not accept the `searchParams` of a URL.
  'a subclass of URLSearchParams':
    /502[^]*The response of the provider to the sign-in is not valid/,
  // Node.js 22 and later cannot send the body of a token request.
  'a frozen ReadableStream': /503/,
}

const names = Object.keys(VARIATIONS).filter((name) => !(name in WITHOUT_SIGN_IN))
describe.each(names)('guards are closed and open beside %s', (variation) => {
  test.for(MOMENTS)('%s', PATIENT, (moment, { provider }) =>
    expectRightResponses(provider, variation, moment),
  )
})

const failing = Object.entries(WITHOUT_SIGN_IN).filter(
  ([name]) => name !== 'a frozen ReadableStream' || !process.version.startsWith('v20.'),
)
test.for(failing)(
  'sign-ins fail beside %s, and API guards work',
  PATIENT,
  async ([name, error], { provider }) => {
    const { origins, close } = await startNeighborhood(provider, name, 'before the import')
    try {
      const origin = origins['Express 5'] ?? ''
      const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
      const call = (authorization: string) =>
        new Browser().script(`${origin}/api/todos`, { headers: { authorization } })

      await expect(signIn({ origin }, provider)).rejects.toThrow(error)
      expect((await call(`Bearer ${token}`)).status).toBe(200)
      expect((await call('Bearer a.b.c')).status).toBe(401)
    } finally {
      await close()
    }
  },
)

test('objects of two copies of identity-web do not work together', async ({ provider }) => {
  const built = new URL('../../dist/adapters/express/index.js', import.meta.url).href
  const second = (await import(/* @vite-ignore */ built)) as { ApiAuth: typeof ApiAuth }
  const options = {
    authority: provider.authority(),
    clientId: provider.app.clientId,
    logger: false,
  } as const
  const session = { secret: SESSION_SECRET }
  const auth = new Auth({ ...options, redirectUri: 'http://localhost/redirect', session })

  const guardWith = (api: ApiAuth) => () =>
    auth.orBearer(api).required((_req, res) => void res.end())
  expect(guardWith(new ApiAuth(options))).not.toThrow()
  expect(guardWith(new second.ApiAuth(options))).toThrow(
    /not an Auth, ApiAuth or McpAuth of this copy of identity-web. Run npm ls identity-web/,
  )
})
