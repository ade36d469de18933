import { defaultConfig, type DevProvider } from 'identity-web-dev'
import type { AuthOptions, Claims } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import type { Site } from '../support/site.ts'
import { isSignedIn } from '../support/steps.ts'

/** The origin that browsers use. The tests act as an HTTPS proxy in front of the application. */
const APP = 'https://app.example'

type Cookies = Map<string, string>

const [app, ...apps] = defaultConfig.apps

async function claimsOf(site: Site, browser: Browser): Promise<Claims> {
  return ((await browser.navigate(`${site.origin}/`)).json() as { claims: Claims }).claims
}

/** Loads a page of the application in an iframe of the provider. The browser sends only SameSite=None cookies. */
function frame(
  site: Site,
  browser: Browser,
  url: string,
  method = 'GET',
): Promise<BrowserResponse> {
  const cookie = [...browser.cookies]
    .filter(([, { sameSite }]) => sameSite === 'none')
    .map(([name, { value }]) => `${name}=${value}`)
    .join('; ')
  return browser.send(url.replace(APP, site.origin), {
    method,
    headers: {
      accept: 'text/html',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'iframe',
      'sec-fetch-site': 'cross-site',
      cookie: cookie === '' ? undefined : cookie,
    },
  })
}

const call = (
  site: Site,
  browser: Browser,
  query: string,
  method?: string,
): Promise<BrowserResponse> =>
  frame(site, browser, `${APP}${site.auth.paths.frontChannelLogout}${query}`, method)

/** Signs out at the provider, and returns the iframe URLs of its page. */
async function signOutElsewhere(authority: string, cookies: Cookies): Promise<string[]> {
  const path = authority.endsWith('/adfs') ? '/oauth2/logout' : '/oauth2/v2.0/logout'
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
  const page = await (await fetch(authority + path, { headers: { cookie } })).text()
  return [...page.matchAll(/<iframe src="([^"]+)"/g)].map(([, src = '']) =>
    src.replaceAll('&amp;', '&'),
  )
}

/** Checks the parts that all responses share. They must not reveal who is signed in. */
function expectPlain(response: BrowserResponse): void {
  expect(response.status).toBe(200)
  expect(response.text).toBe('')
  expect(response.headers['cache-control']).toBe('no-store')
  expect(response.headers['x-frame-options']).toBeUndefined()
  expect(response.headers['content-security-policy']).toBeUndefined()
}

const test = base
  .extend('providerOptions', {
    config: {
      apps: [
        {
          ...app!,
          redirectUris: [`${APP}/redirect`, `${APP}/`],
          frontChannelLogoutUri: `${APP}/front-channel-logout`,
        },
        ...apps,
      ],
    },
  })
  .extend('behaviour', { consent: 'skip' })
  .extend(
    'open',
    ({ openSite }) =>
      (options: AuthOptions = {}, sameSite: 'lax' | 'none' = 'none'): Promise<Site> =>
        openSite({
          redirectUri: `${APP}/redirect`,
          session: { secret: 'MARKED-a-secret-of-these-tests-01', cookie: { sameSite } },
          ...options,
        }),
  )
  .extend('site', ({ open }) => open())
  .extend(
    'signIn',
    ({ provider }) =>
      async (site: Site, as = 'alex', cookies: Cookies = new Map()): Promise<Browser> => {
        const browser = new Browser()
        const { location = '' } = await browser.navigate(`${site.origin}/`)
        const { url } = await provider.signIn(location, { as, cookies })
        const response = await browser.navigate(url.href.replace(APP, site.origin))
        expect(response.location).toBe('/')
        return browser
      },
  )

test('the route is next to the callback', async ({ open, site }) => {
  const deeper = await open({ redirectUri: `${APP}/auth/redirect` })

  expect(site.auth.paths.frontChannelLogout).toBe('/front-channel-logout')
  expect(deeper.auth.paths.frontChannelLogout).toBe('/auth/front-channel-logout')
})

describe('a user who signs out elsewhere', () => {
  test.for([
    ['Entra ID', 'alex', (provider: DevProvider) => provider.authority(), false],
    ['External ID', 'nora', (provider: DevProvider) => provider.externalIdAuthority, false],
    [
      'AD FS, which sends its issuer too',
      'alex',
      (provider: DevProvider) => provider.adfsAuthority,
      true,
    ],
  ] as const)(
    'is signed out here by the iframe of %s',
    async ([, as, authority, sendsIssuer], { open, provider, signIn }) => {
      const site = await open({ authority: authority(provider) })
      const cookies: Cookies = new Map()
      const browser = await signIn(site, as, cookies)

      const frames = await signOutElsewhere(authority(provider), cookies)
      const responses = await Promise.all(frames.map((url) => frame(site, browser, url)))

      expect(frames).toHaveLength(1)
      expect(new URL(frames[0] ?? '').searchParams.has('iss')).toBe(sendsIssuer)
      for (const response of responses) expectPlain(response)
      expect([...browser.cookies.keys()].filter((name) => !name.includes('flow'))).toEqual([])
      expect(await isSignedIn(site, browser)).toBe(false)
      expect(site.logs.join()).toContain('A user signed out of another application.')
    },
  )

  test('is signed out here also after a refresh', async ({ signIn, clock, provider, site }) => {
    const cookies: Cookies = new Map()
    const browser = await signIn(site, 'alex', cookies)
    clock.advance(3700)
    expect(await isSignedIn(site, browser)).toBe(true)

    const [url = ''] = await signOutElsewhere(provider.authority(), cookies)
    await frame(site, browser, url)

    expect(provider.requests.some(({ grantType }) => grantType === 'refresh_token')).toBe(true)
    expect(await isSignedIn(site, browser)).toBe(false)
  })

  test('is reported to the application once', async ({ open, signIn, provider }) => {
    const signedOutUsers: unknown[] = []
    const onLogout = (user: unknown): unknown => signedOutUsers.push(user)
    const site = await open({ onLogout } as unknown as AuthOptions)
    const cookies: Cookies = new Map()
    const browser = await signIn(site, 'alex', cookies)

    const [url = ''] = await signOutElsewhere(provider.authority(), cookies)
    await frame(site, browser, url)
    await frame(site, browser, url)

    expect(signedOutUsers).toEqual([
      expect.objectContaining({ preferred_username: provider.user('alex').username }),
    ])
  })

  test('is signed out here also when a refresh did not repeat the sid', async ({
    signIn,
    clock,
    provider,
    site,
  }) => {
    const cookies: Cookies = new Map()
    const browser = await signIn(site, 'alex', cookies)
    clock.advance(3700)
    provider.tamper = { idToken: ({ sid: _sid, ...claims }, sign) => sign(claims) }
    expect(await isSignedIn(site, browser)).toBe(true)

    const [url = ''] = await signOutElsewhere(provider.authority(), cookies)
    await frame(site, browser, url)

    expect(provider.requests.some(({ grantType }) => grantType === 'refresh_token')).toBe(true)
    expect(await isSignedIn(site, browser)).toBe(false)
  })

  test('stays signed in when cookies are limited to our own pages (SameSite=Lax)', async ({
    open,
    signIn,
    provider,
  }) => {
    const site = await open({}, 'lax')
    const cookies: Cookies = new Map()
    const browser = await signIn(site, 'alex', cookies)

    const [url = ''] = await signOutElsewhere(provider.authority(), cookies)
    const response = await frame(site, browser, url)

    expectPlain(response)
    expect(response.setCookies).toEqual([])
    expect(await isSignedIn(site, browser)).toBe(true)
  })
})

describe('a call', () => {
  test('deletes the cookies with their attributes', async ({ signIn, site }) => {
    const browser = await signIn(site)
    const { sid = '' } = (await claimsOf(site, browser)) as { sid?: string }

    const response = await call(site, browser, `?sid=${sid}`)

    expect(response.setCookies).not.toEqual([])
    for (const cookie of response.setCookies) {
      expect(cookie).toMatch(
        /^__Host-identity[\w.-]*=; Path=\/; Max-Age=0; HttpOnly; SameSite=None; Secure$/,
      )
    }
  })

  test('ends only the session of its own browser', async ({ signIn, site }) => {
    const [one, other] = [await signIn(site, 'alex'), await signIn(site, 'robin')]
    const { sid = '' } = (await claimsOf(site, one)) as { sid?: string }

    await call(site, other, `?sid=${sid}`)
    expect(await isSignedIn(site, other)).toBe(true)
    await call(site, new Browser(), `?sid=${sid}`)
    expect(await isSignedIn(site, one)).toBe(true)

    await call(site, one, `?sid=${sid}`)
    expect(await isSignedIn(site, one)).toBe(false)
    expect(await isSignedIn(site, other)).toBe(true)
  })

  test.for([
    ['no query', ''],
    ['an empty sid', '?sid='],
    ['another sid', '?sid=11111111-2222-4333-8444-555555555555'],
    ['only an issuer', '?iss=ISS'],
    ['the right sid of another issuer', '?sid=SID&iss=https://evil.example'],
    ['the right sid with an empty issuer', '?sid=SID&iss='],
    ['the right sid after a wrong one', '?sid=wrong&sid=SID'],
    ['the sid in capitals', '?sid=UPPER'],
  ] as const)('with %s does not end a session', async ([, query], { signIn, site }) => {
    const browser = await signIn(site)
    const { iss, sid = '' } = (await claimsOf(site, browser)) as { iss: string; sid?: string }
    const filled = query
      .replace('SID', sid)
      .replace('UPPER', sid.toUpperCase())
      .replace('ISS', encodeURIComponent(iss))
    expect(sid).toMatch(/[a-f]/)

    const response = await call(site, browser, filled)

    expectPlain(response)
    expect(response.setCookies).toEqual([])
    expect(await isSignedIn(site, browser)).toBe(true)
  })

  test.for(['', '?sid=', '?sid=undefined', '?sid=null'])(
    'does not end a session without a sid (%s)',
    async (query, { provider, open, signIn }) => {
      provider.tamper = { idToken: ({ sid: _sid, ...claims }, sign) => sign(claims) }
      const site = await open()
      const browser = await signIn(site)

      expectPlain(await call(site, browser, query))

      expect(await isSignedIn(site, browser)).toBe(true)
    },
  )

  test('with the right sid and issuer ends the session', async ({ signIn, site }) => {
    const browser = await signIn(site)
    const { iss, sid = '' } = (await claimsOf(site, browser)) as { iss: string; sid?: string }

    await call(site, browser, `?sid=${sid}&iss=${encodeURIComponent(iss)}`)

    expect(await isSignedIn(site, browser)).toBe(false)
  })

  test('without a session gets the same response', async ({ provider, site }) => {
    const response = await call(site, new Browser(), '?sid=x')

    expectPlain(response)
    expect(response.setCookies).toEqual([])
    expect(provider.requests).toEqual([])
  })

  test('by POST also requires the sid in the URL', async ({ signIn, site }) => {
    const browser = await signIn(site)
    const { sid = '' } = (await claimsOf(site, browser)) as { sid?: string }

    expectPlain(await call(site, browser, '', 'POST'))
    expect(await isSignedIn(site, browser)).toBe(true)
    expectPlain(await call(site, browser, `?sid=${sid}`, 'POST'))
    expect(await isSignedIn(site, browser)).toBe(false)
  })

  test('by HEAD does not end a session', async ({ signIn, site }) => {
    const browser = await signIn(site)
    const { sid = '' } = (await claimsOf(site, browser)) as { sid?: string }

    const response = await call(site, browser, `?sid=${sid}`, 'HEAD')

    expect(response.setCookies).toEqual([])
    expect(await isSignedIn(site, browser)).toBe(true)
  })
})
