import { deviceCode } from 'identity-web/device-code'
import type { AuthOptions, LoginRequirement } from 'identity-web/express'
import { onTestFinished } from 'vitest'
import type { Browser, BrowserResponse } from '../support/browser.ts'
import { enterCode, openCodePage, poll } from '../support/device.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { SESSION_SECRET, type Site } from '../support/site.ts'

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend('written', (): string[] => [])
  .extend('openNotes', ({ openSite, written }) => async (options: Partial<AuthOptions> = {}) => {
    const site = await openSite(options)
    site.app.post(
      '/notes',
      site.auth.loginRequired((_req, res, { user }) => {
        written.push(user.name ?? '')
        res.status(204).end()
      }),
    )
    return site
  })
  .extend('site', ({ openNotes }) => openNotes())

const EVIL = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }

/** Posts with the session's cookies, also where a browser would leave them out (`SameSite`). */
function post(
  site: Site,
  browser: Browser,
  headers: Record<string, string>,
): Promise<BrowserResponse> {
  const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  return browser.send(`${site.origin}/notes`, { method: 'POST', headers: { cookie, ...headers } })
}

describe('a request of another site with the cookie', () => {
  test('does not reach the handler', async ({ written, site, signedIn }) => {
    const rejected = await post(site, signedIn, EVIL)
    const allowed = await post(site, signedIn, { origin: site.origin })

    expect([rejected.status, allowed.status]).toEqual([403, 204])
    expect(written).toEqual(['Alex Rivera'])
  })

  test.for(['cookies', 'a store'] as const)(
    'refreshes and stores nothing, with sessions in %s',
    async (kind, { openNotes, provider, clock, store }) => {
      const inStore = { session: { secret: SESSION_SECRET, store } }
      const site = await openNotes(kind === 'cookies' ? {} : inStore)
      const browser = await site.signIn()
      const refreshes = (): number =>
        provider.requests.filter(({ grantType }) => grantType === 'refresh_token').length
      const writes = (): number => store.count('set')
      clock.advance(2 * 3600)
      const before = writes()

      const rejected = await post(site, browser, EVIL)

      expect([rejected.status, rejected.setCookies]).toEqual([403, []])
      expect([refreshes(), writes()]).toEqual([0, before])
      const own = await post(site, browser, { origin: site.origin })
      expect([own.status, refreshes()]).toEqual([204, 1])
    },
  )

  test('is rejected also by a session that does not need to be refreshed at all', async ({
    site,
    signedIn,
  }) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      site.app.all(
        '/any',
        site.auth.loginRequired((_req, res) => void res.end()),
      )
      const headers = { ...EVIL, cookie: `identity=${signedIn.cookies.get('identity')?.value}` }
      const answer = await signedIn.send(`${site.origin}/any`, { method, headers })
      expect([method, answer.status]).toEqual([method, 403])
    }
  })
})

describe('the response to a rejected request', () => {
  test.for([
    [EVIL, ['https://evil.example', 'trustedOrigins', 'Sec-Fetch-Site: cross-site']],
    [{ 'sec-fetch-site': 'same-site' }, ['trustedOrigins', 'Another port or subdomain']],
    [{ origin: 'null' }, ['Origin is null', 'Referrer-Policy: no-referrer']],
    [{}, ['Origin or x-csrf: 1']],
    [{ origin: 'https://evil.example/<b>' }, ['https://evil.example/?b?']],
  ] as const)(
    'tells developers about %j what to change',
    async ([headers, expected], { site, signedIn }) => {
      const page = await post(site, signedIn, { ...headers, accept: 'text/html' })
      const json = await post(site, signedIn, { ...headers, 'content-type': 'application/json' })

      const { message, hint } = json.json() as { message: string; hint: string }
      for (const words of expected) {
        expect(`${message} ${hint}`).toContain(words)
        expect(site.logs.join('\n')).toContain(words)
      }
      expect(page.text).toContain('For developers')
      expect(page.text).toContain('href="' + site.origin)
      expect(page.text).not.toContain('<b>')
    },
  )

  test('tells visitors in production only that it was rejected', async ({ openNotes }) => {
    const { NODE_ENV: before } = process.env
    onTestFinished(() => {
      if (before === undefined) delete process.env['NODE_ENV']
      else process.env['NODE_ENV'] = before
    })
    process.env['NODE_ENV'] = 'production'
    const site = await openNotes()
    const browser = await site.signIn()

    const page = await post(site, browser, { ...EVIL, accept: 'text/html' })
    const json = await post(site, browser, { ...EVIL, 'content-type': 'application/json' })

    expect([page.status, json.status]).toEqual([403, 403])
    expect(json.json()).toEqual({ error: 'access_denied' })
    expect(page.text).toContain('This request was not accepted')
    expect(page.text).not.toMatch(/evil|trustedOrigins|Origin/)
    expect(site.logs.join('\n')).toContain('https://evil.example')
  })

  test('is a page of the application, if there is one', async ({ openNotes }) => {
    const site = await openNotes({ pages: { error: ({ code, title }) => `${code}: ${title}` } })
    const browser = await site.signIn()

    const page = await post(site, browser, { ...EVIL, accept: 'text/html' })

    expect([page.status, page.text]).toEqual([403, 'access_denied: This request was not accepted'])
  })
})

describe('in the device code flow, which does not know its own origin', () => {
  test.for([
    ['the host of the request', (own: string) => ({ origin: own }), 204],
    [
      'the host of the request, behind a proxy with https',
      (own: string) => ({ origin: own.replace('http:', 'https:') }),
      204,
    ],
    ['another host', () => ({ origin: 'https://evil.example' }), 403],
    ['another port', (own: string) => ({ origin: `${own}0` }), 403],
    [
      'another host in fetch metadata',
      (own: string) => ({ origin: own, 'sec-fetch-site': 'cross-site' }),
      403,
    ],
    ['nothing', () => ({}), 403],
  ] as const)(
    'an Origin of %s decides',
    async ([, headers, status], { openNotes, provider, browser }) => {
      const site = await openNotes({ redirectUri: undefined, signIn: deviceCode() })
      const code = await openCodePage(site, browser)
      await enterCode(provider, code)
      await poll(site, browser, code.device)

      expect((await post(site, browser, headers(site.origin))).status).toBe(status)
    },
  )
})

describe('trustedOrigins', () => {
  test.for([
    [{ trustedOrigins: '' as never }, 'trustedOrigins is present but does not have a value'],
    [{ trustedOrigins: 'https://app.example.com' }, 'trustedOrigins must be an array'],
    [{ trustedOrigins: ['null'] }, 'contains "null"'],
    [{ trustedOrigins: [undefined] }, 'is not an origin'],
    [{ trustedOrigins: ['app.example.com'] }, 'is not an origin'],
    [{ trustedOrigins: ['https://app.example.com/'] }, 'Use "https://app.example.com"'],
    [{ trustedOrigins: ['https://app.example.com/a'] }, 'without a path'],
    [{ trustedOrigins: ['https://APP.example.com:443'] }, 'Use "https://app.example.com"'],
    [{ trustedOrigins: ['http://app.example.com'] }, 'must start with https://'],
    [{ trustedOrigins: ['https://*.example.com'] }, 'without a wildcard'],
  ] as const)('%j is a configuration error', async ([options, message], { openSite, browser }) => {
    const site = await openSite(options as AuthOptions)

    const page = await browser.navigate(`${site.origin}/`)

    expect(page.status).toBe(500)
    expect(page.text.replaceAll('&quot;', '"').replaceAll(/<\/?code>/g, '')).toContain(message)
  })

  test.for([[], ['https://app.example.com', 'http://localhost:5173', 'http://[::1]:5173']])(
    '%j is valid',
    async (trustedOrigins, { openSite, browser }) => {
      const site = await openSite({ trustedOrigins })

      expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
    },
  )
})

test.for([undefined, null, 'false', 0])('csrf: %j of a route is an error', (csrf, { site }) => {
  expect(() => site.auth.loginRequired({ csrf } as unknown as LoginRequirement)).toThrow(
    /csrf without a value|requires true or false in the option csrf/,
  )
})
