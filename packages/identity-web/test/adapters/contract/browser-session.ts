import type { SessionOptions } from '../../../src/options/session-options.ts'
import { memoryStore } from 'identity-web'
import type { AuthOptions } from 'identity-web/express'
import { describe, expect } from 'vitest'
import { Browser, type BrowserRequest, type BrowserResponse } from '../../support/browser.ts'
import { SESSION_SECRET, signIn } from '../../support/site.ts'
import { sessionView } from '../next-app/session-view.ts'
import type { Bench } from './bench.ts'

const HOUR = 3600
const DAY = 24 * HOUR
const WEEK = 7 * DAY

const BROWSER: AuthOptions = { browser: { sessionView } }

const KINDS: [string, () => SessionOptions][] = [
  ['cookies', () => ({})],
  ['a store', () => ({ store: memoryStore() })],
]

const VIEW = { name: 'Alex Rivera', tenant: expect.any(String) as string }
const SIGNED_OUT = { user: null, loginUrl: '/auth/login' }

/** About so many seconds. The machine may be slow, so the tests let hours pass. */
const about = (seconds: number): unknown => expect.closeTo(seconds, -3)

/** The session of a user who signed in a moment ago. */
const SIGNED_IN = {
  user: VIEW,
  expiresInSeconds: about(DAY),
  absoluteExpiresInSeconds: about(WEEK),
  loginUrl: '/auth/login',
  logoutUrl: '/auth/logout',
}

/** Calls the endpoint as a script of the own page. */
function call(
  browser: Browser,
  url: string,
  { headers, ...request }: BrowserRequest = {},
): Promise<BrowserResponse> {
  return browser.script(url, {
    ...request,
    headers: { 'sec-fetch-site': 'same-origin', ...headers },
  })
}

export function browserSession({ test }: Bench): void {
  const withOwnRoutes = [
    ['of the library', false],
    ['of the application', true],
  ] as const
  test.for(withOwnRoutes)(
    'the endpoint %s returns the session',
    ([, ownRoutes], { on, provider }) =>
      on({ auth: BROWSER, ownRoutes }, async (site) => {
        const url = `${site.origin}/auth/session`
        // Where the application has the routes, its middleware may add a cookie.
        const cookiesOf = ({ setCookies }: BrowserResponse): string[] =>
          setCookies.filter((cookie) => cookie.startsWith('identity'))
        const stranger = await call(new Browser(), url)
        const browser = await signIn(site, provider)

        const read = await call(browser, url)
        const head = await call(browser, url, { method: 'HEAD' })
        const extended = await call(browser, url, { method: 'POST' })

        expect([stranger.status, stranger.json()]).toEqual([200, SIGNED_OUT])
        expect([read.status, read.json()]).toEqual([200, SIGNED_IN])
        expect([head.status, head.text]).toEqual([200, ''])
        expect([extended.status, extended.json()]).toEqual([200, SIGNED_IN])
        for (const response of [stranger, read, head, extended]) {
          expect(response.headers['cache-control']).toBe('private, no-store')
          expect(response.headers['content-type']).toMatch(/^application\/json/)
          expect(response.headers['access-control-allow-origin']).toBeUndefined()
        }
        expect([stranger, read, head].flatMap(cookiesOf)).toEqual([])
      }),
  )

  test('browserSession() returns the same object, and never redirects', ({ on, provider }) =>
    on({ auth: BROWSER }, async (site) => {
      const stranger = await new Browser().navigate(`${site.origin}/browser-session`)
      const browser = await signIn(site, provider)

      const page = await browser.navigate(`${site.origin}/browser-session`)

      expect([stranger.status, stranger.json()]).toEqual([200, SIGNED_OUT])
      expect([page.status, page.json()]).toEqual([200, SIGNED_IN])
      expect(page.headers['cache-control']).toBe('private, no-store')
    }))

  describe.each(KINDS)('with sessions in %s', (_kind, session) => {
    const auth = (): AuthOptions => ({
      ...BROWSER,
      session: { secret: SESSION_SECRET, ...session() },
    })

    test('GET does not extend the session, and POST does', ({ on, provider, clock }) =>
      on({ auth: auth() }, async (site) => {
        const url = `${site.origin}/auth/session`
        const browser = await signIn(site, provider)
        const times = async (method: string): Promise<unknown> => {
          const { expiresInSeconds, absoluteExpiresInSeconds } = (
            await call(browser, url, { method })
          ).json() as {
            readonly expiresInSeconds: number
            readonly absoluteExpiresInSeconds: number
          }
          return [expiresInSeconds, absoluteExpiresInSeconds]
        }

        clock.advance(2 * HOUR)
        expect(await times('GET')).toEqual([about(22 * HOUR), about(WEEK - 2 * HOUR)])
        // So short after the last request, a guard would not store the time.
        expect(await times('POST')).toEqual([about(DAY), about(WEEK - 2 * HOUR)])
        clock.advance(2 * HOUR)
        expect(await times('GET')).toEqual([about(22 * HOUR), about(WEEK - 4 * HOUR)])
        clock.advance(21 * HOUR)
        expect(await times('GET')).toEqual([about(HOUR), about(WEEK - 25 * HOUR)])
        clock.advance(2 * HOUR)
        expect((await call(browser, url)).json()).toEqual(SIGNED_OUT)
        expect((await call(browser, url, { method: 'POST' })).json()).toEqual(SIGNED_OUT)
      }))

    test('after a sign-out, there is no session', ({ on, provider }) =>
      on({ auth: auth() }, async (site) => {
        const url = `${site.origin}/auth/session`
        const browser = await signIn(site, provider)
        await browser.navigate(`${site.origin}/auth/logout`, {
          headers: { 'sec-fetch-site': 'same-origin' },
        })

        expect((await call(browser, url)).json()).toEqual(SIGNED_OUT)
      }))
  })

  test.for([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['the user, by a URL', { 'sec-fetch-site': 'none' }],
    ['a sibling subdomain', { 'sec-fetch-site': 'same-site', 'x-csrf': '1' }],
    ['an unknown sender', {}],
  ] as const)('%s cannot call the endpoint', ([, headers], { on, provider }) =>
    on({ auth: BROWSER }, async (site) => {
      const browser = await signIn(site, provider)
      const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')

      for (const method of ['GET', 'POST']) {
        const response = await new Browser().send(`${site.origin}/auth/session`, {
          method,
          headers: { cookie, ...headers },
        })
        // React Router itself rejects a POST of another origin.
        if (response.text !== 'Bad Request') {
          expect([response.status, response.json()]).toMatchObject([
            403,
            { error: 'access_denied' },
          ])
        }
        expect(response.status).toBeGreaterThanOrEqual(400)
        expect(response.setCookies.filter((one) => one.startsWith('identity'))).toEqual([])
      }
    }),
  )

  test('another method is not allowed', ({ on, provider }) =>
    on({ auth: BROWSER }, async (site) => {
      const browser = await signIn(site, provider)

      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const { status } = await call(browser, `${site.origin}/auth/session`, { method })
        expect([method, status]).toEqual([method, 405])
      }
      expect((await call(browser, `${site.origin}/auth/session`)).json()).toEqual(SIGNED_IN)
    }))

  test('without the option, the path belongs to the application', ({ on }) =>
    on({}, async (site) => {
      for (const method of ['GET', 'POST', 'PUT']) {
        const { status } = await call(new Browser(), `${site.origin}/auth/session`, { method })
        expect([404, 405]).toContain(status)
      }
    }))
}
