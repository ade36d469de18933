import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import {
  claimsChallenge,
  challengeWith,
  NBF,
  asGraph,
  startApi,
  type Api,
  type ApiResponse,
} from '../support/api.ts'
import { requestCount } from '../support/attack.ts'
import { type Site } from '../support/site.ts'
import { requestedClaims, grants } from '../support/steps.ts'

const encode = (value: unknown): string =>
  btoa(typeof value === 'string' ? value : JSON.stringify(value))
const bearer = (claims: string, error = 'insufficient_claims'): string =>
  `Bearer realm="", error="${error}", claims="${claims}"`

const test = base
  .extend(
    'openCaller',
    ({ openSite }) =>
      async (url: string, options: AuthOptions = {}): Promise<Site> => {
        const site = await openSite({
          clientCapabilities: ['cp1'],
          ...(url.startsWith('http://localhost:') && asGraph({ url })),
          ...options,
        })
        site.app.get(
          '/call',
          site.auth.loginRequired({ scopes: 'User.Read' }, async (_req, res, context) => {
            const response = await context.fetch(url)
            res.json({ status: response.status, body: await response.json() })
          }),
        )
        return site
      },
  )

  /** Calls an API with the given first response. The API accepts any token except the first one. */
  .extend(
    'call',
    ({ openCaller, provider }) =>
      async (
        first: ApiResponse,
      ): Promise<{ readonly api: Api; readonly status: number; readonly refreshes: unknown[] }> => {
        const api = await startApi((one, [other]) =>
          other === undefined || other.token === one.token ? first : { status: 200 },
        )
        const site = await openCaller(api.url)
        const browser = await site.signIn({ path: '/call' })
        const page = await browser.navigate(`${site.origin}/call`)
        expect(page.status, `answered: ${page.text}`).toBe(200)
        const { status } = page.json() as { status: number }
        return {
          api,
          status,
          refreshes: grants(provider, 'refresh_token').map(({ claims }) => claims),
        }
      },
  )

describe('a challenge without readable claims', () => {
  test.for([
    ['no claims', 'Bearer realm="", error="insufficient_claims"'],
    ['empty claims', bearer('')],
    ['invalid base64', bearer('%%%')],
    ['invalid JSON', bearer(encode('claims'))],
    ['a part of JSON', bearer(encode(NBF).slice(0, 20))],
    ['a list', bearer(encode([NBF]))],
    ['a string', bearer(encode('"claims"'))],
    ['null', bearer(encode('null'))],
    ['a number', bearer(encode('1'))],
    ['invalid UTF-8', bearer(btoa('{"a":"\u00ff"}'))],
    ['too much', bearer(encode({ a: 'x'.repeat(9000) }))],
    ['only commas', ','.repeat(9000)],
    ['only quotes', 'Bearer claims="'.repeat(600)],
    ['backslashes without an end', `Bearer claims="${'\\"'.repeat(4000)}`],
    ['the claims of another scheme', bearer(encode(NBF)).replace('Bearer', 'Basic')],
    ['claims inside a quoted text', `Bearer realm="x, claims=${encode(NBF)}"`],
  ] as const)('is returned to the application: %s', async ([, header], { call }) => {
    const { api, status, refreshes } = await call(challengeWith(header))

    expect(status).toBe(401)
    expect(api.calls).toHaveLength(1)
    expect(refreshes).toEqual([])
  })

  test.for([200, 400, 403, 500])('is ignored with the status %i', async (status, { call }) => {
    const { headers = {} } = claimsChallenge(NBF)

    const response = await call({ status, headers })

    expect(response.status).toBe(status)
    expect(response.api.calls).toHaveLength(1)
    expect(response.refreshes).toEqual([])
  })
})

describe('a challenge among others', () => {
  test.for([
    ['after other schemes', `Negotiate, Basic realm="a, b", ${bearer(encode(NBF))}`],
    ['before other schemes', `${bearer(encode(NBF))}, Basic realm="x"`],
    ['after a bearer challenge without claims', `Bearer realm="x", ${bearer(encode(NBF))}`],
    [
      'in a different case',
      bearer(encode(NBF)).replace('Bearer', 'bEARER').replace('error', 'ERROR'),
    ],
    ['without quotes', `Bearer error=insufficient_claims, claims=${encode(NBF)}`],
    ['without padding', bearer(encode(NBF).replaceAll('=', ''))],
    ['with the error of Azure Resource Manager', bearer(encode(NBF), 'invalid_token')],
    ['without an error', `Bearer claims="${encode(NBF)}"`],
  ] as const)('is handled: %s', async ([, header], { call }) => {
    const { status, refreshes } = await call(challengeWith(header))

    expect(status).toBe(200)
    expect(refreshes).toEqual([
      { access_token: { ...NBF.access_token, xms_cc: { values: ['cp1'] } } },
    ])
  })
})

describe('a challenge with hostile claims', () => {
  test('reaches the provider unchanged, but not a prototype', async ({ call, provider }) => {
    const claims = '{"__proto__":{"polluted":1},"access_token":{"__proto__":{"polluted":1}}}'

    const { status } = await call(claimsChallenge(claims))

    expect(status).toBe(200)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    const { params } = provider.requests.find((one) => one.grantType === 'refresh_token') ?? {}
    expect(params?.['claims']).toBe(
      '{"__proto__":{"polluted":1},"access_token":{"__proto__":{"polluted":1},"xms_cc":{"values":["cp1"]}}}',
    )
  })

  test.for([
    [{ access_token: { xms_cc: { values: ['evil'] } } }, ['evil', 'cp1']],
    [{ access_token: { xms_cc: { value: 'evil' } } }, ['cp1']],
    [{ access_token: { xms_cc: null } }, ['cp1']],
    [{ access_token: null }, ['cp1']],
    [{ access_token: 'evil' }, ['cp1']],
    [{ access_token: ['evil'] }, ['cp1']],
  ] as const)(
    'cannot remove a capability of the application: %j',
    async ([claims, values], { call }) => {
      const { refreshes } = await call(claimsChallenge(claims))

      expect(refreshes).toMatchObject([{ access_token: { xms_cc: { values } } }])
    },
  )

  test('adds only claims to the request for the provider', async ({ openCaller, provider }) => {
    const evil = { access_token: { acrs: { value: 'c1&prompt=none&redirect_uri=https://evil' } } }
    const api = await startApi(() => claimsChallenge(evil))
    const site = await openCaller(api.url)
    const browser = await site.signIn({ path: '/call' })

    const redirect = await browser.navigate(`${site.origin}/call`)

    const { searchParams, origin } = new URL(redirect.location ?? '')
    expect(origin).toBe(provider.origin)
    expect(searchParams.has('prompt')).toBe(false)
    expect(searchParams.getAll('redirect_uri')).toEqual([`${site.origin}/redirect`])
    expect(requestedClaims(redirect)).toMatchObject(evil)
  })

  test.for(['insufficient_claims', 'invalid_token'])(
    'many times in a row causes one refresh instead of one each, with the error %s',
    async (error, { openCaller, provider }) => {
      const evil = { access_token: { acrs: { essential: true, value: 'c1' } } }
      const api = await startApi(() => challengeWith(bearer(encode(evil), error)))
      const site = await openCaller(api.url)
      const browser = await site.signIn({ path: '/call' })

      for (let poll = 0; poll < 10; poll++) {
        expect((await browser.script(`${site.origin}/call`)).status).toBe(401)
      }

      expect(grants(provider, 'refresh_token')).toHaveLength(1)
      expect(requestCount(provider, 'authorize')).toBe(1)
    },
  )

  test('that stays although the provider issues other tokens is not repeated', async ({
    openCaller,
    provider,
  }) => {
    const api = await startApi(() => challengeWith(bearer(encode(NBF), 'invalid_token')))
    const site = await openCaller(api.url)
    const browser = await site.signIn({ path: '/call' })

    const page = await browser.navigate(`${site.origin}/call`)

    expect(page.json()).toMatchObject({ status: 401 })
    expect(api.calls).toHaveLength(2)
    expect(grants(provider, 'refresh_token')).toHaveLength(1)
  })
})

describe('a URL without TLS', () => {
  test.for([
    'http://api.example/',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'http://localhost@evil.example/',
    'ftp://localhost/',
    'data:text/plain,x',
    '//evil.example/',
    String.raw`/\evil.example/`,
    '/../beta/me',
    '/users/%2e%2e/%2e%2e/x',
  ])(
    'does not get a token, and its challenge is ignored: %s',
    async (url, { openCaller, provider }) => {
      const api = await startApi()
      const reached: string[] = []
      const site = await openCaller(url, {
        fetch: (input, init) => {
          const { href } = new URL(input instanceof Request ? input.url : input)
          if (!href.startsWith(provider.origin)) reached.push(href)
          return fetch(href.startsWith(provider.origin) ? href : api.url, init)
        },
      })
      const browser = await site.signIn({ path: '/call' })

      const response = await browser.navigate(`${site.origin}/call`)

      expect(response.status).toBe(500)
      expect(reached).toEqual([])
      expect(grants(provider, 'refresh_token')).toEqual([])
    },
  )

  test('or any other target of a redirect does not get a token, and its challenge is ignored', async ({
    openCaller,
    provider,
  }) => {
    const elsewhere = await startApi(() => claimsChallenge(NBF))
    const api = await startApi(() => ({ status: 302, headers: { location: elsewhere.url } }))
    const site = await openCaller(api.url)
    const browser = await site.signIn({ path: '/call' })

    const page = await browser.navigate(`${site.origin}/call`)

    expect(page.json()).toMatchObject({ status: 401 })
    expect(elsewhere.calls).toMatchObject([{ token: '' }])
    expect(grants(provider, 'refresh_token')).toEqual([])
  })

  test('does not prevent an API from redirecting to itself', async ({ openCaller }) => {
    const api = await startApi((_one, before) => {
      if (before.length % 2 === 0) return { status: 307, headers: { location: '/there' } }
      return before.length === 1 ? claimsChallenge(NBF) : { status: 200 }
    })
    const site = await openCaller(api.url)
    const browser = await site.signIn({ path: '/call' })

    const page = await browser.navigate(`${site.origin}/call`)

    expect(page.json()).toMatchObject({ status: 200 })
    expect(api.calls).toHaveLength(4)
  })
})
