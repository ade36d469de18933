import { defaultConfig } from 'identity-web-dev'
import { memoryStore } from 'identity-web'
import type { ApiAuthOptions, AuthOptions, AuthorizationRequirement } from 'identity-web/express'
import { requestCount } from '../support/attack.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import type { ProtectedApi } from '../support/protected-api.ts'
import { Browser, type Site } from '../support/site.ts'
import { followToCallback, requestParams } from '../support/steps.ts'

// Morgan belongs to 250 groups, so tokens cannot contain them. Robin belongs to two, and Sam to none.
const [FIRST = '', SECOND = ''] =
  defaultConfig.users.find(({ givenName }) => givenName === 'Morgan')?.groups ?? []
const ROBINS = '90000000-0000-4000-8000-000000000021'
const FOREIGN = '90000000-0000-4000-8000-0000000000ff'

// The access tokens of the API contain groups.
const apps = defaultConfig.apps.map((app) =>
  app.optionalClaims === undefined
    ? app
    : { ...app, optionalClaims: [...app.optionalClaims, 'groups' as const] },
)

const others = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, at) => `9f000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  )

const test = base
  .extend('providerOptions', { config: { apps } })
  .extend('open', ({ openSite }) => async (options: AuthOptions = {}): Promise<Site> => {
    const site = await openSite(options)
    const { app, auth } = site
    app.get(
      '/first',
      auth.loginRequired({ groups: [FIRST, FOREIGN] }, (_req, res) => void res.end('in')),
    )
    app.get(
      '/both',
      auth.loginRequired({ groups: { allOf: [FIRST, SECOND] } }, (_req, res) => void res.end('in')),
    )
    app.get(
      '/foreign',
      auth.loginRequired({ groups: FOREIGN }, (_req, res) => void res.end('in')),
    )
    app.get(
      '/robins',
      auth.loginRequired({ groups: ROBINS }, (_req, res) => void res.end('in')),
    )
    return site
  })
  .extend('site', ({ open }) => open())
  .extend(
    'lookUps',
    ({ provider }) =>
      (): number =>
        requestCount(provider, 'graphMembers'),
  )

describe.each<[string, () => AuthOptions]>([
  ['cookies', () => ({})],
  [
    'a store',
    () => ({ session: { store: memoryStore(), secret: 'a-secret-of-thirty-two-characters' } }),
  ],
])('a session in %s of a user with more groups than a token can contain', (_, options) => {
  test('allows what the groups allow, after one look-up for all routes', async ({
    open,
    lookUps,
  }) => {
    const site = await open(options())
    const morgan = await site.signIn({ as: 'morgan' })

    expect((await morgan.navigate(`${site.origin}/first`)).text).toBe('in')
    expect((await morgan.navigate(`${site.origin}/both`)).text).toBe('in')
    expect((await morgan.navigate(`${site.origin}/foreign`)).status).toBe(403)
    expect((await morgan.script(`${site.origin}/foreign`)).json()).toEqual({
      error: 'access_denied',
    })
    expect(lookUps()).toBe(1)
  })

  test('looks the groups up again when the ID token is refreshed', async ({
    open,
    lookUps,
    clock,
  }) => {
    const site = await open(options())
    const morgan = await site.signIn({ as: 'morgan' })
    await morgan.navigate(`${site.origin}/first`)
    clock.advance(3700)

    expect((await morgan.navigate(`${site.origin}/first`)).text).toBe('in')
    expect((await morgan.navigate(`${site.origin}/first`)).text).toBe('in')

    expect(lookUps()).toBe(2)
  })
})

describe('a user with more groups than a token can contain', () => {
  test('must refresh first if an upgrade cannot store the token of the look-up', async ({
    openSite,
    lookUps,
  }) => {
    const site = await openSite()
    const morgan = await site.signIn({ as: 'morgan' })
    const cookie = [...morgan.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
    const request = { method: 'GET', url: '/socket', headers: { cookie, upgrade: 'websocket' } }

    expect(await site.auth.authenticate(request, { groups: [FIRST] })).toMatchObject({
      ok: false,
      status: 401,
      error: {
        code: 'refresh_required',
        loginUrl: expect.stringContaining('/login') as string,
      },
    })
    expect(lookUps()).toBe(0)
  })

  test('is asked for User.Read at sign-in', async ({ openSite, site }) => {
    const without = await openSite()
    const scopes = async (of: Site): Promise<string | null> =>
      requestParams(await new Browser().navigate(of.origin)).get('scope')

    expect((await scopes(site))?.split(' ')).toContain('User.Read')
    expect((await scopes(without))?.split(' ')).not.toContain('User.Read')
  })

  test('is looked up 20 groups at a time', async ({ openSite, lookUps }) => {
    const site = await openSite()
    site.app.get(
      '/many',
      site.auth.loginRequired(
        { groups: [...others(44), SECOND] },
        (_req, res) => void res.end('in'),
      ),
    )
    const morgan = await site.signIn({ as: 'morgan' })

    expect((await morgan.navigate(`${site.origin}/many`)).text).toBe('in')

    expect(lookUps()).toBe(3)
  })

  test('is looked up again for a route that was declared later', async ({
    provider,
    lookUps,
    site,
  }) => {
    const morgan = await site.signIn({ as: 'morgan' })
    await morgan.navigate(`${site.origin}/first`)
    const third = provider.user('morgan').groups?.[2] ?? ''
    site.app.get(
      '/later',
      site.auth.loginRequired({ groups: third }, (_req, res) => void res.end('in')),
    )

    expect((await morgan.navigate(`${site.origin}/later`)).text).toBe('in')
    expect((await morgan.navigate(`${site.origin}/both`)).text).toBe('in')

    expect(lookUps()).toBe(2)
  })

  test('gets 503 while Microsoft Graph fails, and never the page', async ({ provider, site }) => {
    const morgan = await site.signIn({ as: 'morgan' })

    for (const status of [500, 503, 429, 403, 404]) {
      provider.behave({ faults: { graph: { kind: 'status', status, times: 1 } } })
      const answer = await morgan.navigate(`${site.origin}/first`)
      expect([status, answer.status]).toEqual([status, 503])
      expect(answer.headers['retry-after']).toBeDefined()
    }
    expect((await morgan.navigate(`${site.origin}/first`)).text).toBe('in')
  })

  test('is sent to the provider if Microsoft Graph requires another step', async ({
    open,
    provider,
  }) => {
    const site = await open({ clientCapabilities: ['cp1'] })
    const morgan = await site.signIn({ as: 'morgan' })
    provider.behave({ graphClaims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}' })

    const redirect = await morgan.navigate(`${site.origin}/first`)
    await followToCallback(morgan, provider, redirect, { as: 'morgan' })

    expect((await morgan.navigate(`${site.origin}/first`)).text).toBe('in')
  })

  test('cannot use the groups of another user in the same browser', async ({ site }) => {
    const browser = await site.signIn({ as: 'morgan' })
    await browser.navigate(`${site.origin}/first`)
    await site.signIn({ as: 'sam', path: '/login' }, browser)

    expect((await browser.navigate(`${site.origin}/first`)).status).toBe(403)
  })
})

test('users with few groups are not looked up', async ({ lookUps, site }) => {
  const robin = await site.signIn({ as: 'robin' })
  const sam = await site.signIn({ as: 'sam' })

  expect((await robin.navigate(`${site.origin}/robins`)).text).toBe('in')
  expect((await sam.navigate(`${site.origin}/robins`)).status).toBe(403)
  expect(lookUps()).toBe(0)
})

describe('an API', () => {
  const testApi = test.extend('openGuarded', ({ openApi, provider }) =>
    (requirement: AuthorizationRequirement, options: ApiAuthOptions = {}): Promise<ProtectedApi> =>
      openApi(
        { clientCredential: provider.api.clientSecret, ...options },
        (app, { authorizationRequired }) => {
          app.get(
            '/',
            authorizationRequired(requirement, (_req, res) => void res.json('in')),
          )
          app.get(
            '/foreign',
            authorizationRequired({ groups: FOREIGN }, (_req, res) => void res.json('in')),
          )
        },
      ))

  testApi(
    'asks Microsoft Graph on behalf of the user, once for a token',
    async ({ openGuarded, provider, lookUps }) => {
      const api = await openGuarded({ groups: { allOf: [FIRST, SECOND] } })
      const token = await provider.accessToken({ as: 'morgan' })

      expect((await api.call('/', token)).status).toBe(200)
      expect((await api.call('/', token)).status).toBe(200)
      expect((await api.call('/', token)).status).toBe(200)
      expect((await api.call('/foreign', token)).status).toBe(403)
      expect(lookUps()).toBe(1)

      await api.call('/', await provider.accessToken({ as: 'morgan' }))
      expect(lookUps()).toBe(2)
    },
  )

  testApi('returns 503 while Microsoft Graph fails', async ({ openGuarded, provider }) => {
    const api = await openGuarded({ groups: FIRST })
    const token = await provider.accessToken({ as: 'morgan' })
    provider.behave({ faults: { graph: { kind: 'status', status: 403, times: 1 } } })

    const failed = await api.call('/', token)

    expect([failed.status, failed.body]).toEqual([503, { error: 'provider_unavailable' }])
    expect((await api.call('/', token)).status).toBe(200)
  })

  testApi('tells the client if the user must consent', async ({ openGuarded, provider }) => {
    const api = await openGuarded({ groups: FIRST }, { clientCapabilities: ['cp1'] })
    provider.behave({ graphClaims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}' })

    const { status, challenge } = await api.call('/', await provider.accessToken({ as: 'morgan' }))

    expect([status, challenge?.['error']]).toEqual([401, 'insufficient_claims'])
  })

  testApi('does not ask for users with few groups', async ({ openGuarded, provider, lookUps }) => {
    const api = await openGuarded({ groups: ROBINS })

    expect((await api.call('/', await provider.accessToken({ as: 'robin' }))).status).toBe(200)
    expect((await api.call('/', await provider.accessToken({ as: 'sam' }))).status).toBe(403)
    expect(lookUps()).toBe(0)
  })
})
