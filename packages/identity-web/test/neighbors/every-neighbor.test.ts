import { ApiAuth, Auth } from 'identity-web/express'
import { describe, expect, test } from '../support/fixtures.ts'
import { Browser, SESSION_SECRET, signIn } from '../support/site.ts'
import type { Moment } from './settings.ts'
import { startNeighborhood } from './start.ts'
import { VARIATIONS } from './variations.ts'
import { expectRightResponses, PATIENT } from './visit.ts'

const MOMENTS: readonly Moment[] = ['before the import', 'after the import', 'while it serves']
/** openid-client does not accept the `searchParams` of a URL then. */
const WITHOUT_SIGN_IN = 'a subclass of URLSearchParams'

const names = Object.keys(VARIATIONS).filter((name) => name !== WITHOUT_SIGN_IN)
describe.each(names)('guards are closed and open beside %s', (variation) => {
  test.for(MOMENTS)('%s', PATIENT, (moment, { provider }) =>
    expectRightResponses(provider, variation, moment),
  )
})

test(`sign-ins fail beside ${WITHOUT_SIGN_IN}, and API guards work`, async ({ provider }) => {
  const { origins, close } = await startNeighborhood(provider, WITHOUT_SIGN_IN, 'before the import')
  try {
    const origin = origins['Express 5'] ?? ''
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const call = (authorization: string) =>
      new Browser().script(`${origin}/api/todos`, { headers: { authorization } })

    await expect(signIn({ origin }, provider)).rejects.toThrow(
      /502[^]*The response of the provider to the sign-in is not valid/,
    )
    expect((await call(`Bearer ${token}`)).status).toBe(200)
    expect((await call('Bearer a.b.c')).status).toBe(401)
  } finally {
    await close()
  }
})

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
  expect(guardWith(new second.ApiAuth(options))).toThrow(/Cannot read private member/)
})
