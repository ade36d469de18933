import * as fc from 'fast-check'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { sendRaw } from '../support/raw.ts'
import type { Answer } from '../support/browser.ts'
import { Browser, SESSION_SECRET, begin, callBack, signIn, type Site } from '../support/site.ts'

const OTHER_SECRET = 'another-session-secret-of-the-tests-9876543210'
const TODOS = 'api://todos.contoso.example/Todos.Read'

const test = base
  .extend('behaviour', { consent: 'skip', accessTokenSeconds: 7200, idTokenSeconds: 7200 })
  .extend('site', async ({ openSite }) => {
    const site = await openSite({
      session: { secret: SESSION_SECRET, idle: 1000, absolute: 3000 },
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
  /** A site whose session needs several chunks, because its user is large. */
  .extend('large', ({ openSite }) =>
    openSite<never>({ onLogin: () => ({ notes: 'x'.repeat(2500) }) as never }),
  )
  /** The two chunks of a session of the large site. */
  .extend('chunks', async ({ large, provider }): Promise<Chunks> => {
    const browser = await signIn(large, provider)
    return { session: cookieOf(browser), rest: cookieOf(browser, 'identity.1') }
  })
  .extend(
    'withCookie',
    ({ site }) =>
      (cookie: string, path = '/', at: { readonly origin: string } = site): Promise<Answer> =>
        new Browser().navigate(at.origin + path, { headers: { cookie } }),
  )

  /** How a visitor and a script with this cookie are answered. */
  .extend(
    'answersTo',
    ({ site, withCookie }) =>
      async (
        cookie: string,
        at: { readonly origin: string } = site,
      ): Promise<(string | number | undefined)[]> => {
        const page = await withCookie(cookie, '/', at)
        const script = await new Browser().script(`${at.origin}/`, { headers: { cookie } })
        return [page.status, page.location?.split('?')[0], script.status]
      },
  )

  /** Nobody is signed in: the visitor goes to the provider, the script gets 401. */
  .extend('nobody', ({ provider }) => (): unknown[] => [
    302,
    `${provider.authority()}/oauth2/v2.0/authorize`,
    401,
  ])

  /** Signs in at a site whose redirectUri is https, over the plain HTTP that the test server speaks. */
  .extend('signInSecurely', ({ provider }) => async (secure: Site<never>): Promise<Answer> => {
    const browser = new Browser()
    const back = await begin(secure, provider, browser)
    expect(back.url.protocol).toBe('https:')
    back.url.protocol = 'http:'
    const answer = await callBack(browser, back)
    expect(answer.status).toBe(302)
    expect((await browser.navigate(`${secure.origin}/token`)).status).toBe(200)
    return answer
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

describe('a cookie that was not made so', () => {
  test('with any bit of any byte changed is not a session', async ({
    site,
    provider,
    withCookie,
  }) => {
    const bytes = Buffer.from(cookieOf(await signIn(site, provider)).slice(2), 'base64url')

    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const tampered = Buffer.from(bytes)
          tampered[at] = (tampered[at] ?? 0) ^ change
          const answer = await withCookie(`identity=1.${tampered.toString('base64url')}`)
          expect(answer.status).toBe(302)
        },
      ),
      { numRuns: 150, seed: 1 },
    )
  })

  test('with any text in its place is not a session', async ({ withCookie }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme-ascii', maxLength: 80 }),
        fc.constantFrom('', '1.', '2.', '9.', '0.', '.'),
        async (text, start) => {
          const answer = await withCookie(`identity=${start}${text}`)
          expect(answer.status).toBe(302)
        },
      ),
      { numRuns: 100, seed: 1 },
    )
  })

  test('cut short is not a session', async ({ site, provider, answersTo, nobody }) => {
    const value = cookieOf(await signIn(site, provider))

    for (const length of [0, 1, 2, 3, 20, 40, value.length - 2, value.length - 1]) {
      expect(await answersTo(`identity=${value.slice(0, length)}`)).toEqual(nobody())
    }
  })

  test('with something after it is not a session', async ({
    answersTo,
    site,
    provider,
    nobody,
  }) => {
    expect(await answersTo(`identity=${cookieOf(await signIn(site, provider))}AAAA`)).toEqual(
      nobody(),
    )
  })

  test('under another version byte is not a session', async ({
    site,
    provider,
    answersTo,
    nobody,
  }) => {
    const bytes = Buffer.from(cookieOf(await signIn(site, provider)).slice(2), 'base64url')
    bytes[0] = 2

    expect(await answersTo(`identity=1.${bytes.toString('base64url')}`)).toEqual(nobody())
  })

  test('sealed by another secret is not a session', async ({
    openSite,
    answersTo,
    provider,
    nobody,
  }) => {
    const foreign = await openSite<never>(() => ({ session: { secret: OTHER_SECRET } }))

    expect(await answersTo(`identity=${cookieOf(await signIn(foreign, provider))}`)).toEqual(
      nobody(),
    )
  })

  test('of another application with the same secret is not a session', async ({
    provider,
    openSite,
    answersTo,
    nobody,
  }) => {
    const app = provider.config.apps[1]
    const foreign = await openSite<never>(() => ({
      clientId: app?.clientId,
      clientCredential: app?.clientSecret,
    }))

    expect(await answersTo(`identity=${cookieOf(await signIn(foreign, provider))}`)).toEqual(
      nobody(),
    )
  })

  // GHSA-x445-f3h2-j279: one app registration, deployed once for each tenant with one secret.
  test('of another provider with the same client id and secret is not a session', async ({
    provider,
    openSite,
    answersTo,
    nobody,
  }) => {
    const tenant = provider.config.tenants[1]?.id
    const foreign = await openSite<never>(() => ({ authority: provider.authority(tenant) }))

    expect(
      await answersTo(`identity=${cookieOf(await signIn(foreign, provider, { as: 'jo' }))}`),
    ).toEqual(nobody())
  })

  test('of another name is not a session', async ({ openSite, answersTo, provider, nobody }) => {
    const foreign = await openSite<never>(() => ({
      session: { secret: SESSION_SECRET, cookie: { name: 'other' } },
    }))

    expect(
      await answersTo(`identity=${cookieOf(await signIn(foreign, provider), 'other')}`),
    ).toEqual(nobody())
  })

  test('of the tokens is not a session', async ({ answersTo, site, provider, nobody }) => {
    expect(
      await answersTo(`identity=${cookieOf(await signIn(site, provider), 'identity-tokens')}`),
    ).toEqual(nobody())
  })

  test('of a session gives no tokens', async ({ site, provider, withCookie }) => {
    const session = cookieOf(await signIn(site, provider, { path: '/token' }))

    const answer = await withCookie(`identity=${session}; identity-tokens=${session}`, '/token')

    expect(answer.status).toBe(302)
  })

  // CVE-2023-48309: what was sealed for another purpose opened as a session.
  test('made of the state of a sign-in is not a session', async ({ site, answersTo, nobody }) => {
    const { location } = await new Browser().navigate(`${site.origin}/`)
    const state = new URL(location ?? '').searchParams.get('state')

    expect(await answersTo(`identity=1.${state}`)).toEqual(nobody())
  })

  test('made of the request of a login URL is not a session', async ({
    site,
    answersTo,
    nobody,
  }) => {
    const answer = await new Browser().script(`${site.origin}/mail`)
    const { loginUrl } = answer.json() as { loginUrl: string }
    const request = new URL(loginUrl).searchParams.get('request')

    expect(request).not.toBeNull()
    expect(await answersTo(`identity=1.${request}`)).toEqual(nobody())
  })

  test('made of the value of a flow is not a session', async ({ site, answersTo, nobody }) => {
    const browser = new Browser()
    await browser.navigate(`${site.origin}/`)
    const [flow] = [...browser.cookies.values()]

    expect(await answersTo(`identity=1.${flow?.value}`)).toEqual(nobody())
  })
})

describe('the tokens of another session', () => {
  test('are not given to this one', async ({ site, provider, withCookie }) => {
    const alex = await signIn(site, provider, { path: '/token', as: 'alex' })
    const sam = await signIn(site, provider, { path: '/token', as: 'sam' })
    const mixed = `identity=${cookieOf(alex)}; identity-tokens=${cookieOf(sam, 'identity-tokens')}`

    const page = await withCookie(mixed, '/token')
    const script = await new Browser().script(`${site.origin}/token`, {
      headers: { cookie: mixed },
    })

    expect([page.status, script.status]).toEqual([302, 401])
    expect((await withCookie(mixed)).status).toBe(200)
  })

  test('are not used to renew this one', async ({ provider, site, clock, withCookie }) => {
    provider.behave({ idTokenSeconds: 300 })
    const alex = await signIn(site, provider, { as: 'alex' })
    const sam = await signIn(site, provider, { as: 'sam' })
    clock.advance(301)

    const mixed = `identity=${cookieOf(alex)}; identity-tokens=${cookieOf(sam, 'identity-tokens')}`

    expect((await withCookie(mixed)).status).toBe(302)
    expect(provider.requests.some(({ grantType }) => grantType === 'refresh_token')).toBe(false)
  })

  test('of the same user are not given to this one', async ({ site, provider, withCookie }) => {
    const old = await signIn(site, provider, { path: '/token' })
    const young = await signIn(site, provider)
    const mixed = `identity=${cookieOf(young)}; identity-tokens=${cookieOf(old, 'identity-tokens')}`

    expect((await withCookie(mixed, '/token')).status).toBe(302)
  })
})

describe('a value in several chunks', () => {
  test('is put together', async ({ chunks, withCookie, large }) => {
    const { session, rest } = chunks
    expect(session.startsWith('2.')).toBe(true)
    const answer = await withCookie(`identity.1=${rest}; identity=${session}`, '/', large)
    expect(answer.status).toBe(200)
  })

  test('has cookies that every browser keeps', ({ chunks }) => {
    const { session, rest } = chunks
    expect(Math.max(session.length, rest.length)).toBeLessThan(4000)
  })

  test.for([
    ['lacks one', ({ session }: Chunks) => `identity=${session}`],
    ['lacks the first', ({ rest }: Chunks) => `identity.1=${rest}`],
    [
      'has them swapped',
      ({ session, rest }: Chunks) => `identity=2.${rest}; identity.1=${session.slice(2)}`,
    ],
    [
      'says that it has one',
      ({ session, rest }: Chunks) => `identity=1${session.slice(1)}; identity.1=${rest}`,
    ],
    [
      'says that it has none',
      ({ session, rest }: Chunks) => `identity=0${session.slice(1)}; identity.1=${rest}`,
    ],
    [
      'says that it has three',
      ({ session, rest }: Chunks) => `identity=3${session.slice(1)}; identity.1=${rest}`,
    ],
    [
      'says that it has more than there can be',
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
    async ([, cookie], { answersTo, chunks, large, nobody }) => {
      expect(await answersTo(cookie(chunks), large)).toEqual(nobody())
    },
  )

  test('leaves no chunk behind when a shorter one takes its place', async ({
    large,
    provider,
    site,
  }) => {
    const browser = await signIn(large, provider)
    const small = await signIn(site, provider, { path: '/login' }, browser)

    expect([...small.cookies.keys()].toSorted()).toEqual(['identity', 'identity-tokens'])
  })
})

describe('a Cookie header of any kind', () => {
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

  test.for(junk)('is not a session: %s', async ([, cookie], { answersTo, nobody }) => {
    expect(await answersTo(cookie)).toEqual(nobody())
  })

  test.for(junk)(
    'does not disturb the public pages, the login and the logout: %s',
    async ([, cookie], { withCookie }) => {
      const answers = await Promise.all(
        ['/open', '/login', '/logout', '/redirect'].map((path) => withCookie(cookie, path)),
      )

      expect(answers.map(({ status }) => status)).toEqual([200, 302, 200, 400])
    },
  )

  test('with bytes that no client sends is answered', async ({ site }) => {
    const answer = await sendRaw(site.origin, [
      'GET / HTTP/1.1',
      'Host: localhost',
      'Accept: text/html',
      'Cookie: identity=1.\u{1F36A}\u00e4; \u00e4=\u{1F36A}',
    ])

    expect(answer.status).toBe(302)
  })

  test('leaves the session findable among a hundred others', async ({
    site,
    provider,
    withCookie,
  }) => {
    const browser = await signIn(site, provider)
    const many = Array.from({ length: 50 }, (_, at) => `identity${at}=x; xidentity=${at}`).join(
      '; ',
    )

    const answer = await withCookie(`${many}; identity=${cookieOf(browser)};${many}`)

    expect(answer.status).toBe(200)
  })

  test('with the name twice takes the first, as browsers send the nearest path first', async ({
    site,
    provider,
    withCookie,
    answersTo,
    nobody,
  }) => {
    const browser = await signIn(site, provider)
    const good = `identity=${cookieOf(browser)}`

    expect((await withCookie(`${good}; identity=1.AAAA`)).status).toBe(200)
    expect(await answersTo(`identity=1.AAAA; ${good}`)).toEqual(nobody())
  })

  test('in two header lines is read as one', async ({ site, provider }) => {
    const browser = await signIn(site, provider)

    const answer = await sendRaw(site.origin, [
      'GET / HTTP/1.1',
      'Host: localhost',
      'Cookie: a=b',
      `Cookie: identity=${cookieOf(browser)}`,
    ])

    expect(answer.status).toBe(200)
  })

  test('whose cookies only end like the name is not a session', async ({
    answersTo,
    site,
    provider,
    nobody,
  }) => {
    expect(await answersTo(`xidentity=${cookieOf(await signIn(site, provider))}`)).toEqual(nobody())
  })
})

describe('the end of a session', () => {
  test('comes after the idle time, whatever the browser does with the cookie', async ({
    site,
    provider,
    clock,
    withCookie,
  }) => {
    const browser = await signIn(site, provider)
    clock.advance(999)
    const before = await withCookie(`identity=${cookieOf(browser)}`)
    clock.advance(1)

    const after = await withCookie(`identity=${cookieOf(browser)}`)

    expect([before.status, after.status]).toEqual([200, 302])
  })

  test('comes at the absolute time, however often the session was used', async ({
    site,
    provider,
    clock,
    answersTo,
    nobody,
  }) => {
    const browser = await signIn(site, provider)
    for (let minute = 0; minute < 5; minute++) {
      clock.advance(599)
      expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    }
    clock.advance(6)

    expect(await answersTo(`identity=${cookieOf(browser)}`)).toEqual(nobody())
  })

  test('is moved by a request after a tenth of the idle time, not by each', async ({
    site,
    provider,
    clock,
  }) => {
    const browser = await signIn(site, provider)
    clock.advance(99)
    const early = await browser.navigate(`${site.origin}/`)
    clock.advance(1)
    const later = await browser.navigate(`${site.origin}/`)
    const again = await browser.navigate(`${site.origin}/`)

    expect(early.setCookies).toEqual([])
    expect(later.setCookies.map(nameOf)).toEqual(['identity'])
    expect(later.setCookies[0]).toContain('; Max-Age=2900;')
    expect(again.setCookies).toEqual([])
  })

  test('takes the tokens with it: a new sign-in of the user does not find them', async ({
    site,
    provider,
    clock,
  }) => {
    const browser = await signIn(site, provider, { path: '/todos' })
    clock.advance(1001)
    await signIn(site, provider, {}, browser)

    expect((await browser.navigate(`${site.origin}/todos`)).status).toBe(200)
    expect(provider.requests.filter(({ grantType }) => grantType === 'refresh_token')).toHaveLength(
      1,
    )
  })
})

describe('a ring of secrets', () => {
  test('takes a new secret in and the old one out, and no user is signed out', async ({
    openSite,
    provider,
    clock,
    answersTo,
    nobody,
  }) => {
    const rolling = await openSite<never>(() => ({
      session: { secret: [OTHER_SECRET, SESSION_SECRET] },
    }))
    const rolled = await openSite<never>(() => ({ session: { secret: OTHER_SECRET } }))
    const old = await openSite<never>(() => ({ session: { secret: SESSION_SECRET } }))
    const browser = await signIn(old, provider, { path: '/token' })
    clock.advance(8641)

    const during = await browser.navigate(`${rolling.origin}/token`)
    const afterwards = await browser.navigate(`${rolled.origin}/token`)

    expect([during.status, afterwards.status]).toEqual([200, 200])
    expect(await answersTo(`identity=${cookieOf(browser)}`, old)).toEqual(nobody())
  })

  test('finishes a sign-in that started under the old secret', async ({
    openSite,
    site,
    provider,
  }) => {
    const rolling = await openSite<never>(() => ({
      session: { secret: [OTHER_SECRET, SESSION_SECRET] },
    }))
    const browser = new Browser()
    const { url } = await begin(site, provider, browser)
    url.port = new URL(rolling.origin).port

    // The redirect URI differs, so the provider refuses the code: the state itself was accepted.
    const answer = await callBack(browser, { url })

    expect(answer.status).not.toBe(400)
  })
})

describe('the attributes', () => {
  const attributesOf = (cookie: string): string[] => cookie.split('; ').slice(1).toSorted()

  test('of the session keep it from scripts, other sites and after its end', async ({
    site,
    provider,
  }) => {
    const browser = new Browser()
    const answer = await callBack(browser, await begin(site, provider, browser))

    const written = answer.setCookies.filter((cookie) => !nameOf(cookie).includes('flow'))
    expect(written.map(nameOf).toSorted()).toEqual(['identity', 'identity-tokens'])
    for (const cookie of written) {
      expect(attributesOf(cookie)).toEqual(['HttpOnly', 'Max-Age=3000', 'Path=/', 'SameSite=Lax'])
    }
  })

  test('of a flow send it to the callback alone, for an hour', async ({ site }) => {
    const answer = await new Browser().navigate(`${site.origin}/`)

    expect(answer.setCookies).toHaveLength(1)
    expect(answer.setCookies[0]).toMatch(/^identity-flow-[\w-]+=[\w-]{22}; /)
    expect(attributesOf(answer.setCookies[0] ?? '')).toEqual([
      'HttpOnly',
      'Max-Age=3600',
      'Path=/redirect',
      'SameSite=Lax',
    ])
  })

  const https = (origin: string): string => `${origin.replace('http:', 'https:')}/redirect`

  test('on https are Secure, with the prefix that binds the session to the host', async ({
    openSite,
    signInSecurely,
  }) => {
    const secure = await openSite<never>((origin) => ({
      redirectUri: https(origin),
      scopes: 'User.Read',
    }))

    const answer = await signInSecurely(secure)

    const names = answer.setCookies.map(nameOf).toSorted()
    expect(names.slice(0, 2)).toEqual(['__Host-identity', '__Host-identity-tokens'])
    expect(names[2]).toMatch(/^__Secure-identity-flow-/)
    for (const cookie of answer.setCookies) {
      expect(attributesOf(cookie)).toContain('Secure')
      expect(cookie).not.toContain('Domain')
      expect(attributesOf(cookie)).toContain(
        cookie.startsWith('__Host-') ? 'Path=/' : 'Path=/redirect',
      )
    }
  })

  test('on https keep chunks under the prefix too', async ({ openSite, signInSecurely }) => {
    const secure = await openSite<never>((origin) => ({
      redirectUri: https(origin),
      scopes: 'User.Read',
      onLogin: () => ({ notes: 'x'.repeat(2500) }) as never,
    }))

    const answer = await signInSecurely(secure)

    expect(answer.setCookies.map(nameOf)).toContain('__Host-identity.1')
  })

  test('with a domain take the prefix that allows one', async ({ openSite, signInSecurely }) => {
    const secure = await openSite<never>((origin) => ({
      redirectUri: https(origin),
      scopes: 'User.Read',
      session: { secret: SESSION_SECRET, cookie: { domain: 'localhost', sameSite: 'none' } },
    }))

    const answer = await signInSecurely(secure)

    const session = answer.setCookies.find((cookie) => cookie.startsWith('__Secure-identity='))
    expect(attributesOf(session ?? '')).toEqual(
      expect.arrayContaining(['Domain=localhost', 'SameSite=None', 'Secure']),
    )
  })

  test('of the flow follow a form_post across sites, those of the session do not', async ({
    openSite,
    provider,
  }) => {
    const posting = await openSite<never>(() => ({ responseMode: 'form_post' }))
    const browser = new Browser()
    const back = await begin(posting, provider, browser)
    const flow = [...browser.cookies.values()][0]

    const answer = await callBack(browser, back)

    expect([flow?.sameSite, flow?.secure]).toEqual(['none', true])
    expect(answer.status).toBe(303)
    expect(browser.cookies.get('identity')?.sameSite).toBe('lax')
  })
})

// CVE-2025-48947, CVE-2025-64762: a shared cache kept a page with somebody's session cookie.
describe('caches', () => {
  const PRIVATE = 'private, no-store'
  const cachingOf = async (answer: Promise<Answer>): Promise<unknown> =>
    (await answer).headers['cache-control']

  test.for(['/', '/login', '/logout', '/redirect', '/redirect?state=x'])(
    'keep no answer of %s to a visitor without a session',
    async (path, { site }) => {
      expect(await cachingOf(new Browser().navigate(site.origin + path))).toBe(PRIVATE)
      expect(await cachingOf(new Browser().script(site.origin + path))).toBe(PRIVATE)
    },
  )

  test('keep no confirmation of a sign-out', async ({ site }) => {
    expect(
      await cachingOf(
        new Browser().navigate(`${site.origin}/logout`, {
          headers: { 'sec-fetch-site': 'cross-site' },
        }),
      ),
    ).toBe(PRIVATE)
  })

  test('keep no callback, no guarded page, no sign-out', async ({ site, provider }) => {
    const browser = new Browser()
    expect(await cachingOf(callBack(browser, await begin(site, provider, browser)))).toBe(PRIVATE)
    expect(await cachingOf(browser.navigate(`${site.origin}/`))).toBe(PRIVATE)
    expect(await cachingOf(browser.navigate(`${site.origin}/token`))).toBe(PRIVATE)
    expect(await cachingOf(browser.navigate(`${site.origin}/logout`))).toBe(PRIVATE)
  })

  test('keep no public page on which a session was written', async ({ site, provider, clock }) => {
    const browser = await signIn(site, provider)
    clock.advance(101)

    const answer = await browser.navigate(`${site.origin}/open`)

    expect(answer.setCookies).not.toEqual([])
    expect(answer.headers['cache-control']).toBe(PRIVATE)
  })

  test('keep no public page that shows its user', async ({ site, provider }) => {
    const browser = await signIn(site, provider)

    expect(await cachingOf(browser.navigate(`${site.origin}/open`))).toBe(PRIVATE)
  })

  test('keep no public page for which a token was got', async ({ site, provider }) => {
    const browser = await signIn(site, provider)

    const got = await browser.navigate(`${site.origin}/ask`)
    const kept = await browser.navigate(`${site.origin}/ask`)

    expect(got.setCookies.map(nameOf)).toContain('identity-tokens')
    expect([got, kept].map(({ headers }) => headers['cache-control'])).toEqual([PRIVATE, PRIVATE])
  })

  test('may keep a public page that shows nobody', async ({ site }) => {
    const answer = await new Browser().navigate(`${site.origin}/open`)

    expect(answer.headers['cache-control']).toBeUndefined()
  })

  test('keep no error page of the provider’s troubles', async ({ site, provider }) => {
    const browser = await signIn(site, provider)
    provider.behave({ faults: { token: { kind: 'status', status: 500 } } })

    expect(await cachingOf(browser.navigate(`${site.origin}/mail`))).toBe(PRIVATE)
  })
})

describe('cookies of the application', () => {
  test('stay on the way to the provider', async ({ site }) => {
    const answer = await new Browser().navigate(`${site.origin}/app`)

    expect(answer.setCookies.slice(0, 2)).toEqual([
      'theme=dark; Path=/',
      'identity-of-the-app=1; Path=/',
    ])
    expect(answer.setCookies).toHaveLength(3)
  })

  test('stay beside a session that is written', async ({ site, provider, clock }) => {
    const browser = await signIn(site, provider)
    clock.advance(101)

    const answer = await browser.navigate(`${site.origin}/app`)

    expect(answer.setCookies.map(nameOf)).toEqual([
      'theme',
      'identity-of-the-app',
      'identity',
      'visited',
    ])
  })

  test('stay when the session is deleted', async ({ site, provider }) => {
    const browser = await signIn(site, provider)
    await browser.navigate(`${site.origin}/app`)

    await browser.navigate(`${site.origin}/logout`)

    expect([...browser.cookies.keys()].toSorted()).toEqual([
      'identity-of-the-app',
      'theme',
      'visited',
    ])
  })
})

describe('a session that is too large', () => {
  const groups = Array.from(
    { length: 300 },
    (_, at) => `90000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  )

  test('by its claims is rejected with the name of the claim', async ({ provider, site }) => {
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, groups }) }
    const browser = new Browser()

    const answer = await callBack(browser, await begin(site, provider, browser))

    expect(answer.status).toBe(500)
    expect(answer.text).toContain('claim &quot;groups&quot;')
    expect(site.logs.join()).toContain('the claim \\"groups\\"')
    expect([...browser.cookies.keys()]).toEqual([])
  })

  test('by the user of onLogin is rejected with that name', async ({ openSite, provider }) => {
    const huge = await openSite<never>(() => ({
      onLogin: () => ({ notes: 'x'.repeat(8000) }) as never,
    }))
    const browser = new Browser()

    const answer = await callBack(browser, await begin(huge, provider, browser))

    expect(answer.status).toBe(500)
    expect(huge.logs.join()).toContain('the user that onLogin returned with 8012 bytes')
    expect(huge.logs.join()).toContain('return a smaller user from onLogin')
  })

  test('tells a visitor in production nothing of the reason', async ({ openSite, provider }) => {
    const before = process.env['NODE_ENV']
    process.env['NODE_ENV'] = 'production'
    const live = await openSite<never>(() => ({})).finally(() => {
      process.env['NODE_ENV'] = before
    })
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, groups }) }
    const browser = new Browser()

    const answer = await callBack(browser, await begin(live, provider, browser))

    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('groups')
  })

  test('gives up access tokens first, since they can be had again', async ({
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
    const browser = await signIn(tight, provider, { path: '/token' })
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
