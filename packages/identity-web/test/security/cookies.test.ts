import * as fc from 'fast-check'
import type { DevProvider } from 'identity-web-dev'
import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { sendRaw } from '../support/raw.ts'
import type { BrowserResponse } from '../support/browser.ts'
import { Browser, SESSION_SECRET, atSite, sendToCallback, type Site } from '../support/site.ts'

const OTHER_SECRET = 'another-session-secret-of-the-tests-9876543210'
const TODOS = 'api://todos.contoso.example/Todos.Read'

const test = base
  .extend('behaviour', { consent: 'skip', accessTokenSeconds: 7200, idTokenSeconds: 7200 })
  .extend('site', async ({ openSite }) => {
    const site = await openSite({
      session: { secret: SESSION_SECRET, idleTimeoutSeconds: 1000, absoluteTimeoutSeconds: 3000 },
    })
    site.app.use('/app', (_req, res, next) => {
      res.append('Set-Cookie', 'theme=dark; Path=/')
      res.append('Set-Cookie', 'identity-of-the-app=1; Path=/')
      next()
    })
    site.app.get(
      '/app',
      site.auth.loginRequired((_req, res) => {
        res.cookie('visited', '1')
        res.send('inside')
      }),
    )
    site.app.get('/ask', async (req, res) => {
      const { scopes } = await site.auth.getTokenForUser(req, TODOS)
      res.json(scopes)
    })
    site.app.get(
      '/todos',
      site.auth.loginRequired({ scopes: TODOS }, (_req, res) => void res.send('todos')),
    )
    return site
  })
  /** Starts a site with the redirect URI of `site`, so that they differ only in the given options. */
  .extend(
    'openSibling',
    ({ openSite, site }) =>
      (options: AuthOptions = {}): Promise<Site> =>
        openSite({ redirectUri: `${site.origin}/redirect`, ...options }),
  )
  /** A site whose session needs several chunks, because its user is large. */
  .extend('siteWithLargeSession', ({ openSite }) =>
    openSite<never>({ onLogin: () => ({ notes: 'x'.repeat(2500) }) as never }),
  )
  /** The two chunks of a session of the large site. */
  .extend('chunks', async ({ siteWithLargeSession }): Promise<Chunks> => {
    const browser = await siteWithLargeSession.signIn()
    return { session: cookieOf(browser), rest: cookieOf(browser, 'identity.1') }
  })
  .extend(
    'withCookie',
    ({ site }) =>
      (
        cookie: string,
        path = '/',
        at: { readonly origin: string } = site,
      ): Promise<BrowserResponse> =>
        new Browser().navigate(at.origin + path, { headers: { cookie } }),
  )

  /** Expects no session with this cookie: a visitor gets a redirect to the provider, and a script gets 401. */
  .extend(
    'expectNoSession',
    ({ site, provider, withCookie }) =>
      async (cookie: string, at: { readonly origin: string } = site): Promise<void> => {
        const page = await withCookie(cookie, '/', at)
        const script = await new Browser().script(`${at.origin}/`, { headers: { cookie } })
        expect([page.status, page.location?.split('?')[0], script.status]).toEqual([
          302,
          `${provider.authority()}/oauth2/v2.0/authorize`,
          401,
        ])
      },
  )

  /** Signs in at a site whose redirectUri is https, over the HTTP connection of the test server. */
  .extend('signInSecurely', () => async (secure: Site<never>): Promise<BrowserResponse> => {
    const browser = new Browser()
    const back = await secure.startSignIn(browser)
    expect(back.url.protocol).toBe('https:')
    back.url.protocol = 'http:'
    const response = await sendToCallback(browser, back)
    expect(response.status).toBe(302)
    expect((await browser.navigate(`${secure.origin}/token`)).status).toBe(200)
    return response
  })

interface Chunks {
  readonly session: string
  readonly rest: string
}

function cookieOf(browser: Browser, name = 'identity'): string {
  const value = browser.cookies.get(name)?.value
  if (value === undefined) throw new Error(`The browser has no cookie ${name}.`)
  return value
}

describe('a manipulated cookie', () => {
  test('with any bit of any byte changed is not a session', async ({ withCookie, signedIn }) => {
    const bytes = Buffer.from(cookieOf(signedIn).slice(2), 'base64url')

    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const tampered = Buffer.from(bytes)
          tampered[at] = (tampered[at] ?? 0) ^ change
          const response = await withCookie(`identity=1.${tampered.toString('base64url')}`)
          expect(response.status).toBe(302)
        },
      ),
      { numRuns: 150, seed: 1 },
    )
  })

  test('with any string as its value is not a session', async ({ withCookie }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme-ascii', maxLength: 80 }),
        fc.constantFrom('', '1.', '2.', '9.', '0.', '.'),
        async (text, start) => {
          const response = await withCookie(`identity=${start}${text}`)
          expect(response.status).toBe(302)
        },
      ),
      { numRuns: 100, seed: 1 },
    )
  })

  test('cut short is not a session', async ({ expectNoSession, signedIn }) => {
    const value = cookieOf(signedIn)

    for (const length of [0, 1, 2, 3, 20, 40, value.length - 2, value.length - 1]) {
      await expectNoSession(`identity=${value.slice(0, length)}`)
    }
  })

  test('with additional characters is not a session', async ({ expectNoSession, signedIn }) => {
    await expectNoSession(`identity=${cookieOf(signedIn)}AAAA`)
  })

  test('under another version byte is not a session', async ({ expectNoSession, signedIn }) => {
    const bytes = Buffer.from(cookieOf(signedIn).slice(2), 'base64url')
    bytes[0] = 2

    await expectNoSession(`identity=1.${bytes.toString('base64url')}`)
  })

  test('encrypted with another secret is not a session', async ({
    openSibling,
    expectNoSession,
  }) => {
    const foreign = await openSibling({ session: { secret: OTHER_SECRET } })

    await expectNoSession(`identity=${cookieOf(await foreign.signIn())}`)
  })

  test('of another application with the same secret is not a session', async ({
    provider,
    openSibling,
    expectNoSession,
  }) => {
    const app = provider.config.apps[1]
    const foreign = await openSibling({
      clientId: app?.clientId,
      clientCredential: app?.clientSecret,
    })

    await expectNoSession(`identity=${cookieOf(await foreign.signIn())}`)
  })

  // GHSA-x445-f3h2-j279: one app registration, deployed once for each tenant with one secret.
  test('of another provider with the same client id and secret is not a session', async ({
    provider,
    openSibling,
    expectNoSession,
  }) => {
    const tenant = provider.config.tenants[1]?.id
    const foreign = await openSibling({ authority: provider.authority(tenant) })

    await expectNoSession(`identity=${cookieOf(await foreign.signIn({ as: 'jo' }))}`)
  })

  test('with another name is not a session', async ({ openSibling, expectNoSession }) => {
    const foreign = await openSibling({
      session: { secret: SESSION_SECRET, cookie: { name: 'other' } },
    })

    await expectNoSession(`identity=${cookieOf(await foreign.signIn(), 'other')}`)
  })

  test('with tokens is not a session', async ({ expectNoSession, signedIn }) => {
    await expectNoSession(`identity=${cookieOf(signedIn, 'identity-tokens')}`)
  })

  test('of a session does not provide tokens', async ({ site, withCookie }) => {
    const session = cookieOf(await site.signIn({ path: '/token' }))

    const response = await withCookie(`identity=${session}; identity-tokens=${session}`, '/token')

    expect(response.status).toBe(302)
  })

  // CVE-2023-48309: a value that was encrypted for another purpose opened as a session.
  test('with the state of a sign-in is not a session', async ({ site, expectNoSession }) => {
    const { location } = await new Browser().navigate(`${site.origin}/`)
    const state = new URL(location ?? '').searchParams.get('state')

    await expectNoSession(`identity=1.${state}`)
  })

  test('with the request of a login URL is not a session', async ({ site, expectNoSession }) => {
    const response = await new Browser().script(`${site.origin}/mail`)
    const { loginUrl } = response.json() as { loginUrl: string }
    const request = new URL(loginUrl).searchParams.get('request')

    expect(request).not.toBeNull()
    await expectNoSession(`identity=1.${request}`)
  })

  test('with the value of a flow is not a session', async ({ site, expectNoSession, browser }) => {
    await browser.navigate(`${site.origin}/`)
    const [flow] = [...browser.cookies.values()]

    await expectNoSession(`identity=1.${flow?.value}`)
  })
})

describe('the tokens of another session', () => {
  test('cannot be used in this one', async ({ site, withCookie }) => {
    const alex = await site.signIn({ path: '/token', as: 'alex' })
    const sam = await site.signIn({ path: '/token', as: 'sam' })
    const mixed = `identity=${cookieOf(alex)}; identity-tokens=${cookieOf(sam, 'identity-tokens')}`

    const page = await withCookie(mixed, '/token')
    const script = await new Browser().script(`${site.origin}/token`, {
      headers: { cookie: mixed },
    })

    expect([page.status, script.status]).toEqual([302, 401])
    expect((await withCookie(mixed)).status).toBe(200)
  })

  test('are not used to refresh this one', async ({ provider, site, clock, withCookie }) => {
    provider.behave({ idTokenSeconds: 300 })
    const alex = await site.signIn({ as: 'alex' })
    const sam = await site.signIn({ as: 'sam' })
    clock.advance(301)

    const mixed = `identity=${cookieOf(alex)}; identity-tokens=${cookieOf(sam, 'identity-tokens')}`

    expect((await withCookie(mixed)).status).toBe(302)
    expect(provider.requests.some(({ grantType }) => grantType === 'refresh_token')).toBe(false)
  })

  test('of the same user cannot be used in this one', async ({ site, withCookie }) => {
    const old = await site.signIn({ path: '/token' })
    const young = await site.signIn()
    const mixed = `identity=${cookieOf(young)}; identity-tokens=${cookieOf(old, 'identity-tokens')}`

    expect((await withCookie(mixed, '/token')).status).toBe(302)
  })
})

describe('a value in several chunks', () => {
  test('is assembled', async ({ chunks, withCookie, siteWithLargeSession }) => {
    const { session, rest } = chunks
    expect(session.startsWith('2.')).toBe(true)
    const response = await withCookie(
      `identity.1=${rest}; identity=${session}`,
      '/',
      siteWithLargeSession,
    )
    expect(response.status).toBe(200)
  })

  test('has cookies that every browser stores', ({ chunks }) => {
    const { session, rest } = chunks
    expect(Math.max(session.length, rest.length)).toBeLessThan(4000)
  })

  test.for([
    ['misses one', ({ session }: Chunks) => `identity=${session}`],
    ['misses the first', ({ rest }: Chunks) => `identity.1=${rest}`],
    [
      'has them swapped',
      ({ session, rest }: Chunks) => `identity=2.${rest}; identity.1=${session.slice(2)}`,
    ],
    [
      'claims to have one',
      ({ session, rest }: Chunks) => `identity=1${session.slice(1)}; identity.1=${rest}`,
    ],
    [
      'claims to have zero',
      ({ session, rest }: Chunks) => `identity=0${session.slice(1)}; identity.1=${rest}`,
    ],
    [
      'claims to have three',
      ({ session, rest }: Chunks) => `identity=3${session.slice(1)}; identity.1=${rest}`,
    ],
    [
      'claims to have more than the maximum',
      ({ session, rest }: Chunks) =>
        `identity=:${session.slice(1)}; identity.1=${rest}; ${Array.from({ length: 8 }, (_, at) => `identity.${at + 2}=`).join('; ')}`,
    ],
    [
      'has another one',
      ({ session, rest }: Chunks) => `identity=${session}; identity.1=${rest.slice(1)}A`,
    ],
    ['has an empty one', ({ session }: Chunks) => `identity=${session}; identity.1=`],
  ] as const)(
    'that %s is not a session',
    async ([, cookie], { expectNoSession, chunks, siteWithLargeSession }) => {
      await expectNoSession(cookie(chunks), siteWithLargeSession)
    },
  )

  test('deletes the remaining chunks when a shorter value replaces it', async ({
    siteWithLargeSession,
    site,
  }) => {
    const browser = await siteWithLargeSession.signIn()
    const small = await site.signIn({ path: '/login' }, browser)

    expect([...small.cookies.keys()].toSorted()).toEqual(['identity', 'identity-tokens'])
  })
})

describe('an unusual Cookie header', () => {
  const junk = [
    'identity',
    'identity=',
    'identity==',
    '=identity',
    ';',
    ';;;;',
    '; ; =; =;',
    'identity="1.abc"',
    'identity=1.%00%FF',
    'identity=1.\u00ff\u00fe',
    'identity=1.__proto__',
    '__proto__=1; constructor=2; identity.constructor=3',
    'identity.1=a; identity.2=b',
    'identity-tokens=1.abc',
    `identity=1.${'A'.repeat(7000)}`,
    `identity=9.${'A'.repeat(1000)}; ${Array.from({ length: 8 }, (_, at) => `identity.${at + 1}=${'B'.repeat(1000)}`).join('; ')}`,
    Array.from({ length: 500 }, (_, at) => `cookie${at}=${at}`).join('; '),
    Array.from({ length: 200 }, (_, at) => `identity.${at}=${at}`).join('; '),
    Array.from({ length: 100 }, () => 'identity=1.AAAA').join('; '),
  ].map((cookie) => [cookie.slice(0, 30), cookie] as const)

  test.for(junk)('is not a session: %s', async ([, cookie], { expectNoSession }) => {
    await expectNoSession(cookie)
  })

  test.for(junk)(
    'does not break the public pages, the login and the logout: %s',
    async ([, cookie], { withCookie }) => {
      const responses = await Promise.all(
        ['/open', '/login', '/logout', '/redirect'].map((path) => withCookie(cookie, path)),
      )

      expect(responses.map(({ status }) => status)).toEqual([200, 302, 302, 400])
    },
  )

  test('with invalid bytes gets a response', async ({ site }) => {
    const response = await sendRaw(site.origin, [
      'GET / HTTP/1.1',
      'Host: localhost',
      'Accept: text/html',
      'Cookie: identity=1.\u{1F36A}\u00e4; \u00e4=\u{1F36A}',
    ])

    expect(response.status).toBe(302)
  })

  test('can contain a hundred other cookies', async ({ withCookie, signedIn }) => {
    const many = Array.from({ length: 50 }, (_, at) => `identity${at}=x; xidentity=${at}`).join(
      '; ',
    )

    const response = await withCookie(`${many}; identity=${cookieOf(signedIn)};${many}`)

    expect(response.status).toBe(200)
  })

  test('with the name twice uses the first, because browsers send the closest path first', async ({
    withCookie,
    expectNoSession,
    signedIn,
  }) => {
    const good = `identity=${cookieOf(signedIn)}`

    expect((await withCookie(`${good}; identity=1.AAAA`)).status).toBe(200)
    await expectNoSession(`identity=1.AAAA; ${good}`)
  })

  test('in two header lines is read as one', async ({ site, signedIn }) => {
    const response = await sendRaw(site.origin, [
      'GET / HTTP/1.1',
      'Host: localhost',
      'Cookie: a=b',
      `Cookie: identity=${cookieOf(signedIn)}`,
    ])

    expect(response.status).toBe(200)
  })

  test('with cookies that only end with the name is not a session', async ({
    expectNoSession,
    signedIn,
  }) => {
    await expectNoSession(`xidentity=${cookieOf(signedIn)}`)
  })
})

describe('the end of a session', () => {
  test('follows the idle time, even if the browser keeps the cookie', async ({
    clock,
    withCookie,
    signedIn,
  }) => {
    clock.advance(980)
    const before = await withCookie(`identity=${cookieOf(signedIn)}`)
    clock.advance(20)

    const after = await withCookie(`identity=${cookieOf(signedIn)}`)

    expect([before.status, after.status]).toEqual([200, 302])
  })

  test('follows the absolute time, even if the session is used', async ({
    site,
    clock,
    expectNoSession,
    signedIn,
  }) => {
    for (let minute = 0; minute < 5; minute++) {
      clock.advance(590)
      expect((await signedIn.navigate(`${site.origin}/`)).status).toBe(200)
    }
    clock.advance(50)

    await expectNoSession(`identity=${cookieOf(signedIn)}`)
  })

  test('is moved by a request after a tenth of the idle time, not by every request', async ({
    site,
    clock,
    signedIn,
  }) => {
    clock.advance(90)
    const early = await signedIn.navigate(`${site.origin}/`)
    clock.advance(10)
    const later = await signedIn.navigate(`${site.origin}/`)
    const again = await signedIn.navigate(`${site.origin}/`)

    expect(early.setCookies).toEqual([])
    expect(later.setCookies.map(nameOf)).toEqual(['identity'])
    expect(later.setCookies[0]).toMatch(/; Max-Age=(2900|289\d);/)
    expect(again.setCookies).toEqual([])
  })

  test('ends its tokens: a new sign-in of the user does not find them', async ({
    site,
    provider,
    clock,
  }) => {
    const browser = await site.signIn({ path: '/todos' })
    clock.advance(1001)
    await site.signIn({}, browser)

    expect((await browser.navigate(`${site.origin}/todos`)).status).toBe(200)
    expect(provider.requests.filter(({ grantType }) => grantType === 'refresh_token')).toHaveLength(
      1,
    )
  })
})

describe('a list of secrets', () => {
  test('adds a new secret and removes the old one without signing users out', async ({
    openSibling,
    clock,
    expectNoSession,
  }) => {
    const rolling = await openSibling({ session: { secret: [OTHER_SECRET, SESSION_SECRET] } })
    const rolled = await openSibling({ session: { secret: OTHER_SECRET } })
    const old = await openSibling({ session: { secret: SESSION_SECRET } })
    const browser = await old.signIn({ path: '/token' })
    clock.advance(8641)

    const during = await browser.navigate(`${rolling.origin}/token`)
    const afterwards = await browser.navigate(`${rolled.origin}/token`)

    expect([during.status, afterwards.status]).toEqual([200, 200])
    await expectNoSession(`identity=${cookieOf(browser)}`, old)
  })

  test('finishes a sign-in that started under the old secret', async ({ openSibling, site }) => {
    const rolling = await openSibling({ session: { secret: [OTHER_SECRET, SESSION_SECRET] } })
    const browser = new Browser()
    const started = await site.startSignIn(browser)

    const response = await sendToCallback(browser, atSite(rolling, started))

    expect([response.status, response.location]).toEqual([302, '/'])
  })
})

describe('the cookie attributes', () => {
  const attributesOf = (cookie: string): string[] => cookie.split('; ').slice(1).toSorted()

  test('of the session hide it from scripts and other sites, and delete it after its end', async ({
    site,
  }) => {
    const browser = new Browser()
    const response = await sendToCallback(browser, await site.startSignIn(browser))

    const written = response.setCookies.filter((cookie) => !nameOf(cookie).includes('flow'))
    expect(written.map(nameOf).toSorted()).toEqual(['identity', 'identity-tokens'])
    for (const cookie of written) {
      expect(attributesOf(cookie)).toEqual(['HttpOnly', 'Max-Age=3000', 'Path=/', 'SameSite=Lax'])
    }
  })

  test('of a flow hide it from scripts and other sites, for ten minutes', async ({ site }) => {
    const response = await new Browser().navigate(`${site.origin}/`)

    expect(response.setCookies).toHaveLength(1)
    expect(response.setCookies[0]).toMatch(/^identity-flow-[\w-]{13}=[\w-]{16}; /)
    expect(attributesOf(response.setCookies[0] ?? '')).toEqual([
      'HttpOnly',
      'Max-Age=600',
      'Path=/',
      'SameSite=Lax',
    ])
  })

  const https = (origin: string): string => `${origin.replace('http:', 'https:')}/redirect`

  test('on HTTPS are Secure, with the prefix that binds the session to the host', async ({
    openSite,
    signInSecurely,
  }) => {
    const secure = await openSite<never>((origin) => ({
      redirectUri: https(origin),
      scopes: 'User.Read',
    }))

    const response = await signInSecurely(secure)

    const names = response.setCookies.map(nameOf)
    expect(names.slice(0, 2)).toEqual(['__Host-identity', '__Host-identity-tokens'])
    expect(names[2]).toMatch(/^__Host-identity-flow-/)
    for (const cookie of response.setCookies) {
      expect(attributesOf(cookie)).toContain('Secure')
      expect(cookie).not.toContain('Domain')
      expect(attributesOf(cookie)).toContain('Path=/')
    }
  })

  test('on HTTPS give chunks the prefix too', async ({ openSite, signInSecurely }) => {
    const secure = await openSite<never>((origin) => ({
      redirectUri: https(origin),
      scopes: 'User.Read',
      onLogin: () => ({ notes: 'x'.repeat(2500) }) as never,
    }))

    const response = await signInSecurely(secure)

    expect(response.setCookies.map(nameOf)).toContain('__Host-identity.1')
  })

  test('with a domain use the prefix that allows one', async ({ openSite, signInSecurely }) => {
    const secure = await openSite<never>((origin) => ({
      redirectUri: https(origin),
      scopes: 'User.Read',
      session: { secret: SESSION_SECRET, cookie: { domain: 'localhost', sameSite: 'none' } },
    }))

    const response = await signInSecurely(secure)

    const session = response.setCookies.find((cookie) => cookie.startsWith('__Secure-identity='))
    expect(attributesOf(session ?? '')).toEqual(
      expect.arrayContaining(['Domain=localhost', 'SameSite=None', 'Secure']),
    )
  })

  test('are partitioned on request, when they are set and when they are deleted', async ({
    openSite,
    signInSecurely,
  }) => {
    const secure = await openSite<never>((origin) => ({
      redirectUri: https(origin),
      session: { secret: SESSION_SECRET, cookie: { sameSite: 'none', partitioned: true } },
    }))

    const { setCookies } = await signInSecurely(secure)

    const [deleted, written] = [/Max-Age=0;/, /Max-Age=[1-9]/].map((age) =>
      setCookies.filter((cookie) => age.test(cookie)),
    )
    expect(deleted?.map(nameOf).join()).toContain('__Host-identity-flow-')
    expect(written?.map(nameOf)).toContain('__Host-identity')
    for (const cookie of setCookies) {
      expect(attributesOf(cookie)).toEqual(
        expect.arrayContaining(['Partitioned', 'SameSite=None', 'Secure']),
      )
    }
  })

  test('of the flow allow a form post from another site, but not those of the session', async ({
    openSite,
  }) => {
    const posting = await openSite<never>(() => ({ responseMode: 'form_post' }))
    const browser = new Browser()
    const back = await posting.startSignIn(browser)
    const flow = [...browser.cookies.values()][0]

    const response = await sendToCallback(browser, back)

    expect([flow?.sameSite, flow?.secure]).toEqual(['none', true])
    expect(response.status).toBe(303)
    expect(browser.cookies.get('identity')?.sameSite).toBe('lax')
  })
})

// CVE-2025-48947, CVE-2025-64762: a shared cache stored a page with the session cookie of a user.
describe('caches', () => {
  const PRIVATE = 'private, no-store'
  const cachingOf = async (response: Promise<BrowserResponse>): Promise<unknown> =>
    (await response).headers['cache-control']

  test.for(['/', '/login', '/logout', '/redirect', '/redirect?state=x'])(
    'do not store the response of %s to a visitor without a session',
    async (path, { site }) => {
      expect(await cachingOf(new Browser().navigate(site.origin + path))).toBe(PRIVATE)
      expect(await cachingOf(new Browser().script(site.origin + path))).toBe(PRIVATE)
    },
  )

  test('do not store the confirmation of a sign-out', async ({ site }) => {
    expect(
      await cachingOf(
        new Browser().navigate(`${site.origin}/logout`, {
          headers: { 'sec-fetch-site': 'cross-site' },
        }),
      ),
    ).toBe(PRIVATE)
  })

  test('do not store callbacks, guarded pages and sign-outs', async ({ site, browser }) => {
    expect(await cachingOf(sendToCallback(browser, await site.startSignIn(browser)))).toBe(PRIVATE)
    expect(await cachingOf(browser.navigate(`${site.origin}/`))).toBe(PRIVATE)
    expect(await cachingOf(browser.navigate(`${site.origin}/token`))).toBe(PRIVATE)
    expect(await cachingOf(browser.navigate(`${site.origin}/logout`))).toBe(PRIVATE)
  })

  test('do not store a public page that wrote a session', async ({ site, clock, signedIn }) => {
    clock.advance(101)

    const response = await signedIn.navigate(`${site.origin}/open`)

    expect(response.setCookies).not.toEqual([])
    expect(response.headers['cache-control']).toBe(PRIVATE)
  })

  test('do not store a public page that shows its user', async ({ site, signedIn }) => {
    expect(await cachingOf(signedIn.navigate(`${site.origin}/open`))).toBe(PRIVATE)
  })

  test('do not store a public page that requested a token', async ({ site, signedIn }) => {
    const got = await signedIn.navigate(`${site.origin}/ask`)
    const kept = await signedIn.navigate(`${site.origin}/ask`)

    expect(got.setCookies.map(nameOf)).toContain('identity-tokens')
    expect([got, kept].map(({ headers }) => headers['cache-control'])).toEqual([PRIVATE, PRIVATE])
  })

  test('can store a public page that does not show a user', async ({ site }) => {
    const response = await new Browser().navigate(`${site.origin}/open`)

    expect(response.headers['cache-control']).toBeUndefined()
  })

  test('do not store error pages about the provider', async ({ site, provider, signedIn }) => {
    provider.behave({ faults: { token: { kind: 'status', status: 500 } } })

    expect(await cachingOf(signedIn.navigate(`${site.origin}/mail`))).toBe(PRIVATE)
  })
})

describe('cookies of the application', () => {
  test('remain in the redirect to the provider', async ({ site }) => {
    const response = await new Browser().navigate(`${site.origin}/app`)

    expect(response.setCookies.slice(0, 2)).toEqual([
      'theme=dark; Path=/',
      'identity-of-the-app=1; Path=/',
    ])
    expect(response.setCookies).toHaveLength(3)
  })

  test('remain when a session is written', async ({ site, clock, signedIn }) => {
    clock.advance(101)

    const response = await signedIn.navigate(`${site.origin}/app`)

    expect(response.setCookies.map(nameOf)).toEqual([
      'theme',
      'identity-of-the-app',
      'identity',
      'visited',
    ])
  })

  test('remain when the session is deleted', async ({ site, signedIn }) => {
    await signedIn.navigate(`${site.origin}/app`)

    await signedIn.navigate(`${site.origin}/logout`)

    expect([...signedIn.cookies.keys()].toSorted()).toEqual([
      'identity-of-the-app',
      'theme',
      'visited',
    ])
  })
})

describe('a session that is too large', () => {
  const callback = async (site: Site<never>, provider: DevProvider, browser: Browser) =>
    sendToCallback(browser, await site.startSignIn(browser, { path: '/' }))

  // An ID token of 5 kB, and its claims again in the session.
  test('because of its ID token is stored without it, and the log says once what to change', async ({
    openSite,
    provider,
  }) => {
    const site = await openSite<never>({
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
      onLogin: () => ({ notes: 'x'.repeat(300) }) as never,
    })
    provider.tamper = {
      idToken: (claims, sign) => {
        const { login_hint: _, ...rest } = claims
        return sign({ ...rest, pad: 'x'.repeat(2300) })
      },
    }
    const browser = new Browser()

    const responses = [await callback(site, provider, browser)]
    responses.push(await callback(site, provider, new Browser()))
    const page = await browser.navigate(`${site.origin}/`)
    const { location } = await browser.navigate(`${site.origin}/logout`)

    expect(responses.map(({ status }) => status)).toEqual([302, 302])
    expect(page.status).toBe(200)
    expect(location).not.toContain('id_token_hint')
    const warnings = site.logs.filter((line) => line.includes('session.incomplete'))
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('without the ID token for the sign-out at the provider')
    expect(warnings[0]).toContain('session.store')
  })

  test('because updateUser made it too large loses access tokens, or rejects the user', async ({
    openSite,
  }) => {
    const site = await openSite<never>(() => ({}))
    site.app.get('/grow', async (req, res) => {
      const notes = 'x'.repeat(Number(req.query['by']))
      try {
        await site.auth.updateUser(req, { notes } as never)
        res.json('stored')
      } catch (error) {
        res.json((error as { code: string }).code)
      }
    })
    const browser = await site.signIn({ path: '/token' })
    const lengthOfCookies = (): number =>
      [...browser.cookies.values()].reduce((sum, { value }) => sum + value.length, 0)

    const grown = await browser.navigate(`${site.origin}/grow?by=3000`)
    const token = await browser.navigate(`${site.origin}/token`)
    const rejected = await browser.navigate(`${site.origin}/grow?by=9000`)

    expect([grown.json(), rejected.json()]).toEqual(['stored', 'session_too_large'])
    expect(token.status).toBe(200)
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    expect(lengthOfCookies()).toBeLessThan(7600)
  })

  test('because of updateUser keeps the refresh token that the guard has just received', async ({
    openSite,
    provider,
    clock,
  }) => {
    provider.behave({ reuseDetection: true })
    const site = await openSite<never>(() => ({}))
    site.app.get(
      '/grow',
      site.auth.loginRequired(async (req, res) => {
        await site.auth.updateUser(req, { notes: 'x'.repeat(3800) } as never)
        res.json('stored')
      }),
    )
    const browser = await site.signIn({ path: '/token' })
    clock.advance(7300)

    const grown = await browser.navigate(`${site.origin}/grow`)
    const header = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
    clock.advance(7300)
    const refreshed = await browser.navigate(`${site.origin}/token`)

    expect([grown.status, refreshed.status]).toEqual([200, 200])
    expect(header.length).toBeLessThan(7700)
  })

  test('by one character is not stored, and the largest one keeps its tokens at a later request', async ({
    openSite,
    clock,
  }) => {
    const session = { secret: SESSION_SECRET, idleTimeoutSeconds: 1000 }
    const site = await openSite<never>(() => ({ session }))
    site.app.get('/grow', async (req, res) => {
      const notes = 'x'.repeat(Number(req.query['by']))
      const update = site.auth.updateUser(req, { notes } as never)
      res.json(
        await update.then(
          () => true,
          () => false,
        ),
      )
    })
    const browser = await site.signIn()
    const grow = async (by: number): Promise<unknown> =>
      (await browser.navigate(`${site.origin}/grow?by=${by}`)).json()
    let [fits, tooLarge] = [0, 8000]
    while (tooLarge - fits > 1) {
      const by = Math.floor((fits + tooLarge) / 2)
      if (await grow(by)) fits = by
      else tooLarge = by
    }
    await grow(fits)
    clock.advance(150)

    const page = await browser.navigate(`${site.origin}/`)

    expect([page.status, await grow(tooLarge)]).toEqual([200, false])
    const names = page.setCookies.map((cookie) => cookie.split('=')[0])
    expect(names).toEqual(['identity', 'identity.1'])
  })

  test('shows a page that says so, because a second attempt does not help', async ({
    openSite,
    provider,
  }) => {
    const huge = await openSite<never>(() => ({
      onLogin: () => ({ notes: 'x'.repeat(8000) }) as never,
    }))

    const response = await callback(huge, provider, new Browser())

    expect(response.status).toBe(500)
    expect(response.text).toContain('We cannot keep you signed in')
    expect(response.text).toContain('A second attempt will not help')
  })

  const groups = Array.from(
    { length: 300 },
    (_, at) => `90000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  )

  test('because of its claims is rejected with the name of the claim', async ({
    provider,
    site,
  }) => {
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, groups }) }
    const browser = new Browser()

    const response = await sendToCallback(browser, await site.startSignIn(browser))

    expect(response.status).toBe(500)
    expect(response.text).toContain('claim &quot;groups&quot;')
    expect(site.logs.join()).toContain('the claim \\"groups\\"')
    expect([...browser.cookies.keys()]).toEqual([])
  })

  test('because of the user of onLogin is rejected with the name of onLogin', async ({
    openSite,
  }) => {
    const huge = await openSite<never>(() => ({
      onLogin: () => ({ notes: 'x'.repeat(8000) }) as never,
    }))
    const browser = new Browser()

    const response = await sendToCallback(browser, await huge.startSignIn(browser))

    expect(response.status).toBe(500)
    expect(huge.logs.join()).toContain('(8012 bytes) is the user that onLogin returned')
    expect(huge.logs.join()).toContain('return a smaller user from onLogin')
  })

  test('does not reveal the reason to a visitor in production', async ({ openSite, provider }) => {
    const before = process.env['NODE_ENV']
    process.env['NODE_ENV'] = 'production'
    const live = await openSite<never>(() => ({})).finally(() => {
      process.env['NODE_ENV'] = before
    })
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, groups }) }
    const browser = new Browser()

    const response = await sendToCallback(browser, await live.startSignIn(browser))

    expect(response.status).toBe(500)
    expect(response.text).not.toContain('groups')
  })

  test('drops access tokens first, because they can be fetched again', async ({
    openSite,
    provider,
  }) => {
    const tight = await openSite<never>(() => ({
      onLogin: () => ({ notes: 'x'.repeat(2000) }) as never,
    }))
    tight.app.get(
      '/todos',
      tight.auth.loginRequired({ scopes: TODOS }, (_req, res) => void res.send('todos')),
    )
    const browser = await tight.signIn({ path: '/token' })
    const refreshes = (): number =>
      provider.requests.filter(({ grantType }) => grantType === 'refresh_token').length

    const kept = await browser.navigate(`${tight.origin}/token`)
    const before = refreshes()
    const todos = await browser.navigate(`${tight.origin}/todos`)
    const fetched = refreshes()
    const again = await browser.navigate(`${tight.origin}/token`)

    expect([kept.status, todos.status, again.status]).toEqual([200, 200, 200])
    expect([before, fetched, refreshes()]).toEqual([0, 1, 2])
  })
})

function nameOf(cookie: string): string {
  return cookie.slice(0, cookie.indexOf('='))
}
