import { expect } from 'vitest'
import { Browser, type BrowserRequest, type BrowserResponse } from '../../support/browser.ts'
import { signIn } from '../../support/site.ts'
import type { Bench, Feature, Site } from './bench.ts'

const TRUSTED = 'https://trusted.example'

/** Headers of a request, for the origin of the site. Absent ones are not sent. */
type Headers = (own: string) => Readonly<Record<string, string>>

/** Which page sent a request, as its headers say, and whether the request is allowed. */
const SENDERS: readonly (readonly [sender: string, headers: Headers, isAllowed: boolean])[] = [
  ['a page of this site', (own) => ({ origin: own, 'sec-fetch-site': 'same-origin' }), true],
  ['the user, by a bookmark', () => ({ 'sec-fetch-site': 'none' }), true],
  [
    'a page of this site without a referrer',
    () => ({ origin: 'null', 'sec-fetch-site': 'same-origin' }),
    true,
  ],
  ['a trusted origin', () => ({ origin: TRUSTED, 'sec-fetch-site': 'cross-site' }), true],
  ['a trusted origin in an old browser', () => ({ origin: TRUSTED }), true],
  [
    'another site',
    () => ({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
    false,
  ],
  ['another site that hides its origin', () => ({ 'sec-fetch-site': 'cross-site' }), false],
  [
    'a sibling subdomain',
    () => ({ origin: 'https://blog.example.com', 'sec-fetch-site': 'same-site' }),
    false,
  ],
  [
    'another site with the header of this site',
    (own) => ({ origin: own, 'sec-fetch-site': 'cross-site', 'x-csrf': '1' }),
    false,
  ],
  ['a sandboxed frame', () => ({ origin: 'null', 'sec-fetch-site': 'cross-site' }), false],
  ['a page with two values', () => ({ 'sec-fetch-site': 'same-origin, cross-site' }), false],
  ['a page of this site in an old browser', (own) => ({ origin: own }), true],
  ['another site in an old browser', () => ({ origin: 'https://evil.example' }), false],
  [
    'another site in an old browser, with x-csrf',
    () => ({ origin: 'https://evil.example', 'x-csrf': '1' }),
    false,
  ],
  ['an origin that starts like ours', (own) => ({ origin: `${own}.evil.example` }), false],
  ['a subdomain of a trusted origin', () => ({ origin: 'https://a.trusted.example' }), false],
  ['a sandboxed frame in an old browser', () => ({ origin: 'null' }), false],
  ['a program with x-csrf', () => ({ 'x-csrf': '1' }), true],
  ['a program with another value of x-csrf', () => ({ 'x-csrf': '0' }), false],
  ['an unknown sender', () => ({}), false],
]

const SAFE = ['GET', 'HEAD']

export function crossSite({ test, behaves }: Bench): void {
  /** Posts a form with the session's cookies, and with no other headers than these. */
  const post = (
    browser: Browser,
    url: string,
    { headers, ...options }: BrowserRequest = {},
  ): Promise<BrowserResponse> =>
    browser.send(url, {
      method: 'POST',
      body: 'a=sent',
      ...options,
      headers: {
        cookie: [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; '),
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
    })
  const own = (site: Site): string => new URL(site.origin).origin

  test('a request that may write is allowed by which page sent it', ({ on, provider }) =>
    on({ auth: { trustedOrigins: [TRUSTED] } }, async (site) => {
      const browser = await signIn(site, provider)

      const outcomes: [sender: string, outcome: unknown][] = []
      for (const [sender, headers] of SENDERS) {
        const answer = await post(browser, `${site.origin}/echo`, { headers: headers(own(site)) })
        outcomes.push([sender, answer.status < 300 ? answer.json() : answer.status])
      }

      expect(outcomes).toEqual(
        SENDERS.map(([sender, , isAllowed]) => [sender, isAllowed ? 'sent' : 403]),
      )
    }))

  const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }

  test('a rejected script gets JSON, and a rejected form a page; both keep the session', ({
    on,
    provider,
  }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)

      const script = await post(browser, `${site.origin}/page`, {
        headers: { ...evil, accept: '*/*', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
      })
      const form = await post(browser, `${site.origin}/echo`, {
        headers: {
          ...evil,
          accept: 'text/html',
          'sec-fetch-mode': 'navigate',
          'sec-fetch-dest': 'document',
        },
      })
      const json = await post(browser, `${site.origin}/echo`, {
        headers: { ...evil, accept: '*/*', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
      })

      // The route redirects scripts too, so its errors are pages.
      expect(script.status).toBe(403)
      expect([form.status, form.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8'])
      expect(form.text).toContain('This request was not accepted')
      expect([json.status, json.json()]).toMatchObject([403, { error: 'access_denied' }])
      for (const answer of [script, form, json]) {
        expect(answer.setCookies.filter((cookie) => cookie.startsWith('identity'))).toEqual([])
        expect(answer.headers['cache-control']).toBe('private, no-store')
      }
      expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    }))

  test('without a session, the sender does not matter', ({ on }) =>
    on({}, async (site) => {
      const answer = await new Browser().script(`${site.origin}/echo`, {
        method: 'POST',
        headers: evil,
      })

      expect([answer.status, answer.json()]).toMatchObject([401, { error: 'login_required' }])
    }))

  test.for(SAFE)('%s is not checked', (method, { on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)

      expect((await browser.navigate(`${site.origin}/`, { method, headers: evil })).status).toBe(
        200,
      )
    }),
  )

  test('a route may allow every sender', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)

      const answer = await post(browser, `${site.origin}/from-anywhere`, { headers: evil })

      expect(answer.status).toBeLessThan(300)
      // The guard accepted this request, so the members of `Auth` do too.
      expect(answer.json()).toMatchObject({ name: 'Alex Rivera' })
    }))

  test('without a guard, only the pages of the site may use the session', ({ on, provider }) =>
    on({ auth: { trustedOrigins: [TRUSTED], scopes: 'User.Read' } }, async (site) => {
      const browser = await signIn(site, provider)
      const read = async (path: string, headers: ReturnType<Headers>): Promise<unknown> =>
        (await post(browser, site.origin + path, { headers })).json()

      for (const [sender, headers, isAllowed] of SENDERS) {
        const user = isAllowed ? expect.objectContaining({ name: 'Alex Rivera' }) : null
        expect([sender, await read('/user', headers(own(site)))]).toEqual([sender, user])
      }
      const denied = { code: 'access_denied' }
      expect(await read('/whole', evil)).toBeNull()
      expect(await read('/token', evil)).toEqual(denied)
      expect(await read('/rename-stranger', evil)).toEqual(denied)
      expect(await read('/whole', { origin: own(site) })).toMatchObject({
        user: { name: 'Alex Rivera' },
      })
      expect(await read('/token', { origin: own(site) })).toMatchObject({ scopes: ['User.Read'] })
      // A link of another site is a GET, which only reads.
      const link = { 'sec-fetch-site': 'cross-site' }
      expect(
        (await browser.navigate(`${site.origin}/user`, { headers: link })).json(),
      ).toMatchObject({ name: 'Alex Rivera' })
    }))

  test('a bearer token is not bound to a sender, and a session beside it is', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)
      const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
      const authorization = `Bearer ${token}`

      const bearer = await post(browser, `${site.origin}/either`, {
        headers: { ...evil, authorization },
      })
      const session = await post(browser, `${site.origin}/either`, { headers: evil })
      const basic = await post(browser, `${site.origin}/either`, {
        headers: { ...evil, authorization: 'Basic YTpi' },
      })

      expect(bearer.status).toBeLessThan(300)
      expect(session.status).toBe(403)
      expect(basic.status).toBe(403)
    }))

  const needs: Feature[] = ['middleware']
  behaves('the middleware form checks its routes', needs, ({ on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)
      const url = `${site.origin}/middleware`

      expect((await post(browser, url, { headers: evil })).status).toBe(403)
      expect((await post(browser, url, { headers: { origin: own(site) } })).status).toBeLessThan(
        300,
      )
    }),
  )
}
