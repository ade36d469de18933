import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import {
  asGraph,
  claimsChallenge,
  NBF,
  startApi,
  startChallengingApi,
  type Api,
} from '../support/api.ts'
import { requestCount } from '../support/attack.ts'
import { Browser } from '../support/browser.ts'
import { type Site } from '../support/site.ts'
import { requestedClaims, copyCookies, signInThrough, grants } from '../support/steps.ts'

const TODOS = 'api://todos.contoso.example'
const CP1 = { xms_cc: { values: ['cp1'] } }
const ANSWER = { access_token: { ...NBF.access_token, ...CP1 } }

async function statusesAt(site: Site, browser: Browser): Promise<number[]> {
  const page = await browser.navigate(`${site.origin}/call`)
  expect(page.status, `answered: ${page.text}`).toBe(200)
  return (page.json() as { statuses: number[] }).statuses
}

async function tokenOf(site: Site, browser: Browser): Promise<string> {
  const page = await browser.navigate(`${site.origin}/token`)
  return (page.json() as { accessToken: string }).accessToken
}

const test = base
  .extend(
    'open',
    ({ openSite }) =>
      (options: AuthOptions = {}): Promise<Site> =>
        openSite({ clientCapabilities: ['cp1'], ...options }),
  )

  /** A site whose `/call` calls an API, with the number and kind of calls that the test sets. */
  .extend(
    'openCaller',
    ({ open }) =>
      async (
        api: Api,
        init: () => RequestInit = () => ({}),
        {
          options = {},
          times = 1,
        }: { readonly options?: AuthOptions; readonly times?: number } = {},
      ): Promise<Site> => {
        const site = await open({ ...asGraph(api), ...options })
        site.app.get(
          '/call',
          site.auth.loginRequired({ scopes: 'User.Read' }, async (_req, res, context) => {
            const responses = await Promise.all(
              Array.from({ length: times }, () => context.fetch(api.url, init())),
            )
            const bodies: unknown[] = await Promise.all(
              responses.map((response) => response.json()),
            )
            res.json({ statuses: responses.map(({ status }) => status), bodies })
          }),
        )
        return site
      },
  )
  .extend(
    'refreshes',
    ({ provider }) =>
      (): readonly { claims: unknown }[] =>
        grants(provider, 'refresh_token'),
  )
  .extend(
    'callAll',
    ({ open, provider, clock }) =>
      async (options: AuthOptions): Promise<unknown[]> => {
        const site = await open(options)
        const browser = await site.signIn({ path: '/me' })
        clock.advance(3700)
        await browser.navigate(`${site.origin}/me`)
        await signInThrough(browser, provider, `${site.origin}/mail`)
        const { oidcAuthority } = options
        await site.auth.getTokenForClient(
          oidcAuthority === undefined ? `${TODOS}/.default` : 'todos',
        )
        expect(requestCount(provider, 'authorize')).toBe(2)
        return provider.requests
          .filter(({ endpoint }) => endpoint === 'authorize' || endpoint === 'token')
          .map(({ params, grantType }) => [
            grantType ?? 'authorize',
            JSON.parse(params?.['claims'] ?? 'null') as unknown,
          ])
      },
  )

  /** A site whose pages `/read` and `/both` call an API; the token of `/both` is valid for both. */
  .extend('openTodos', ({ open }) => async (api: Api): Promise<Site> => {
    const site = await open()
    const pages = { '/read': ['Todos.Read'], '/both': ['Todos.Read', 'Todos.ReadWrite'] }
    for (const [path, names] of Object.entries(pages)) {
      const scopes = names.map((name) => `${TODOS}/${name}`)
      site.app.get(
        path,
        site.auth.loginRequired({ scopes }, async (_req, res, { fetch }) => {
          res.json((await fetch(api.url)).status)
        }),
      )
    }
    return site
  })

  /** The API challenges the token of `/both` when `/read` sends it. */
  .extend(
    'refuse',
    ({ openTodos }) =>
      async (claims: object): Promise<{ api: Api; site: Site; browser: Browser }> => {
        const api = await startChallengingApi(claims)
        const site = await openTodos(api)
        const browser = await site.signIn({ path: '/both' })
        return { api, site, browser }
      },
  )

describe('an application that supports claims challenges', () => {
  test('declares it in every request for a sign-in or a token', async ({ callAll }) => {
    const requests = await callAll({})

    expect(new Set(requests.map((one) => (one as [string])[0]))).toEqual(
      new Set(['authorize', 'authorization_code', 'refresh_token', 'client_credentials']),
    )
    for (const [, claims] of requests as [string, unknown][]) {
      expect(claims).toEqual({ access_token: CP1 })
    }
  })

  test('declares it together with the claims that it requests', async ({ open }) => {
    const site = await open({
      claimsRequest: { id_token: { email: null }, access_token: { a: null } },
    })
    site.app.get('/vault', site.auth.loginRequired({ acrs: 'c1' }))

    const redirect = await new Browser().navigate(`${site.origin}/vault`)

    expect(requestedClaims(redirect)).toEqual({
      id_token: { email: null, acrs: { essential: true, value: 'c1' } },
      access_token: { a: null, ...CP1 },
    })
  })

  test('does not declare it to other providers or without the option', async ({
    provider,
    callAll,
  }) => {
    const plain = { authority: undefined, oidcAuthority: provider.oidcAuthority }
    const elsewhere = await callAll(plain)
    provider.reset()
    const without = await callAll({ clientCapabilities: undefined })

    expect(elsewhere.length).toBeGreaterThan(4)
    expect(without.length).toBeGreaterThan(4)
    for (const [, claims] of [...elsewhere, ...without] as [string, unknown][]) {
      expect(claims).toBeNull()
    }
  })
})

describe('a claims challenge that a refresh satisfies', () => {
  test('is handled inside the call, and the session keeps the new token', async ({
    open,
    provider,
    refreshes,
  }) => {
    const site = await open()
    const browser = await site.signIn({ path: '/me' })
    const before = await tokenOf(site, browser)
    provider.behave({ graphClaims: JSON.stringify(NBF) })

    const page = await browser.navigate(`${site.origin}/me`)
    // Another process, which knows only the cookies of the session.
    const other = await open({ redirectUri: `${site.origin}/redirect` })
    const next = await browser.navigate(`${other.origin}/me`)

    expect(page.json()).toMatchObject({ status: 200, body: { displayName: 'Alex Rivera' } })
    expect(next.json()).toMatchObject({ status: 200 })
    expect(await tokenOf(other, browser)).not.toBe(before)
    expect(refreshes()).toEqual([{ claims: ANSWER }])
    expect(requestCount(provider, 'graph')).toBe(3)
  })

  test('is handled once, and the application gets the next response of the API', async ({
    openCaller,
    refreshes,
  }) => {
    const api = await startApi(() => claimsChallenge(NBF))
    const site = await openCaller(api)
    const browser = await site.signIn({ path: '/call' })

    const page = await browser.navigate(`${site.origin}/call`)

    expect(page.json()).toEqual({ statuses: [401], bodies: [{ call: 2 }] })
    expect(api.calls).toHaveLength(2)
    expect(refreshes()).toHaveLength(1)
  })

  const bytes = (): Uint8Array<ArrayBuffer> => new TextEncoder().encode('text')
  const form = (): FormData => {
    const data = new FormData()
    data.set('a', 'text')
    return data
  }

  test.for<[string, () => BodyInit]>([
    ['a string', () => 'text'],
    ['URLSearchParams', () => new URLSearchParams({ a: 'text' })],
    ['a form', form],
    ['bytes', bytes],
    ['a buffer', () => bytes().buffer],
    ['a blob', () => new Blob(['text'])],
  ])('repeats the call with the same body: %s', async ([, body], { openCaller }) => {
    const api = await startChallengingApi()
    const headers = { 'x-own': '1' }
    const site = await openCaller(api, () => ({ method: 'PUT', body: body(), headers }))
    const browser = await site.signIn({ path: '/call' })

    expect(await statusesAt(site, browser)).toEqual([200])

    const [first, second] = api.calls
    expect(api.calls).toHaveLength(2)
    expect([first?.method, second?.method]).toEqual(['PUT', 'PUT'])
    expect(second?.body).toContain('text')
    // Each form has its own boundary.
    const plain = (text = ''): string => text.replaceAll(/formdata-[\w-]+/g, '')
    expect(plain(second?.body)).toBe(plain(first?.body))
    expect(plain(second?.contentType)).toBe(plain(first?.contentType))
    expect(second?.token).not.toBe(first?.token)
  })

  async function* generate(): AsyncGenerator<Uint8Array> {
    await Promise.resolve()
    yield bytes()
  }

  test.for<[string, () => unknown]>([
    ['a stream', () => new Blob(['text']).stream()],
    ['a generator', generate],
  ])(
    'is returned to the application when the body was %s',
    async ([, body], { openCaller, refreshes }) => {
      const api = await startChallengingApi()
      const init = (): RequestInit =>
        ({ method: 'POST', body: body(), duplex: 'half' }) as unknown as RequestInit
      const site = await openCaller(api, init)
      const browser = await site.signIn({ path: '/call' })

      expect(await statusesAt(site, browser)).toEqual([401])

      expect(api.calls).toMatchObject([{ body: 'text' }])
      expect(refreshes()).toEqual([])
    },
  )

  test('from many calls of one request causes one refresh', async ({ openCaller, refreshes }) => {
    const api = await startChallengingApi()
    const site = await openCaller(api, undefined, { times: 20 })
    const browser = await site.signIn({ path: '/call' })

    expect(await statusesAt(site, browser)).toEqual(Array.from({ length: 20 }, () => 200))

    expect(refreshes()).toHaveLength(1)
  })

  test('from many requests of one session causes one refresh', async ({
    openCaller,
    refreshes,
  }) => {
    const api = await startChallengingApi()
    const site = await openCaller(api)
    const browser = await site.signIn({ path: '/call' })
    const tabs = Array.from({ length: 20 }, () => copyCookies(browser, new Browser()))

    const responses = await Promise.all(tabs.map((tab) => statusesAt(site, tab)))

    expect(responses).toEqual(tabs.map(() => [200]))
    expect(refreshes()).toHaveLength(1)
  })

  test('from two sessions causes one refresh in each', async ({ openCaller, refreshes }) => {
    const api = await startApi(({ token }, before) =>
      before.length < 2 || before.slice(0, 2).some((call) => call.token === token)
        ? claimsChallenge(NBF)
        : { status: 200 },
    )
    const site = await openCaller(api)
    const alex = await site.signIn({ path: '/call' })
    const robin = await site.signIn({ path: '/call', as: 'robin' })

    await Promise.all([statusesAt(site, alex), statusesAt(site, robin)])

    expect(refreshes()).toHaveLength(2)
    const subjects = api.calls.map(({ token }) => JSON.parse(atob(token.split('.')[1] ?? '')))
    expect(subjects.filter(({ name }) => name === 'Robin Chen')).toHaveLength(2)
  })

  test('adds the claims of the new ID token to the session', async ({ openCaller, provider }) => {
    const site = await openCaller(await startChallengingApi())
    const browser = await site.signIn({ path: '/call' })
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, name: 'Alex the Newer' }) }

    await statusesAt(site, browser)

    expect((await browser.navigate(`${site.origin}/`)).json()).toMatchObject({
      claims: { name: 'Alex the Newer' },
    })
  })

  test('is also handled for later calls of the same request', async ({ open }) => {
    const api = await startChallengingApi()
    const site = await open(asGraph(api))
    site.app.get(
      '/calls',
      site.auth.loginRequired({ scopes: 'User.Read' }, async (_req, res, { fetch }) => {
        const first = await fetch(api.url)
        const second = await fetch(api.url)
        res.json([first.status, second.status])
      }),
    )
    const browser = await site.signIn({ path: '/calls' })

    expect((await browser.navigate(`${site.origin}/calls`)).json()).toEqual([200, 200])
    expect(api.calls).toHaveLength(3)
  })
})

describe('a token that an API rejected', () => {
  const ACRS = { access_token: { acrs: { essential: true, value: 'c1' } } }

  function expectRejectedTokenUnused({ calls }: Api, count: number): void {
    const [refused, ...later] = calls.map(({ token }) => token)
    expect(later).toHaveLength(count)
    expect(later).not.toContain(refused)
  }

  async function visit({ origin }: Site, browser: Browser, path: string): Promise<void> {
    const page = await browser.navigate(origin + path)
    expect([page.status, page.text]).toEqual([200, '200'])
  }

  test('is not used again after a refresh, although it has more scopes than the new one', async ({
    refuse,
  }) => {
    const { api, site, browser } = await refuse(NBF)

    await visit(site, browser, '/read')
    await visit(site, browser, '/both')

    expectRejectedTokenUnused(api, 2)
  })

  test('is not used again after a step-up, although it has more scopes than the new one', async ({
    refuse,
    provider,
  }) => {
    const { api, site, browser } = await refuse(ACRS)
    await signInThrough(browser, provider, `${site.origin}/read`)

    await visit(site, browser, '/read')
    await visit(site, browser, '/read')

    expectRejectedTokenUnused(api, 2)
  })

  test('is not used again by a request with the cookies from before a refresh', async ({
    refuse,
    provider,
  }) => {
    const { api, site, browser } = await refuse(ACRS)
    await signInThrough(browser, provider, `${site.origin}/read`)
    const late = copyCookies(browser, new Browser())
    provider.behave({ consent: 'skip' })
    expect((await browser.navigate(`${site.origin}/token`)).status).toBe(200)

    await visit(site, late, '/read')

    expectRejectedTokenUnused(api, 1)
  })
})
