import type { SessionOptions } from '../../../src/options/session-options.ts'
import { AccessDenied, memoryStore } from 'identity-web'
import type { AuthOptions } from 'identity-web/express'
import { describe, expect } from 'vitest'
import { Browser, type BrowserResponse } from '../../support/browser.ts'
import { SESSION_SECRET, signIn, startSignIn } from '../../support/site.ts'
import { lenientSpellingsOf } from '../../support/spellings.ts'
import type { Bench } from './bench.ts'

const HOUR = 3600

/** Where sessions are kept. */
const KINDS: [string, () => SessionOptions][] = [
  ['cookies', () => ({})],
  ['a store', () => ({ store: memoryStore() })],
]

export function sessions({ test, behaves }: Bench): void {
  behaves(
    'onLogin gets the request, and shows why it rejects a user',
    ['functions'],
    ({ on, provider }) => {
      const requests: (string | undefined)[][] = []
      const onLogin: AuthOptions['onLogin'] = (_claims, { request }) => {
        const { method, url } = request
        requests.push([method, url.split('?', 1)[0], request.header('Accept-Language')])
        throw new AccessDenied({ message: 'Ask your <manager>.' })
      }
      return on({ auth: { onLogin } }, async (site) => {
        const browser = new Browser()
        const { url } = await startSignIn(site, provider, browser)

        const page = await browser.navigate(url.href, { headers: { 'accept-language': 'nl' } })

        expect(page.status).toBe(403)
        expect(page.text).toContain('Ask your &lt;manager&gt;.')
        expect(requests).toEqual([['GET', '/auth/redirect', 'nl']])
        expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
      })
    },
  )

  test('another spelling of a state or of a session is rejected', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = new Browser()
      const { url } = await startSignIn(site, provider, browser)
      const state = url.searchParams.get('state') ?? ''
      url.searchParams.set('state', lenientSpellingsOf(state)[0] ?? '')

      const response = await browser.navigate(url.href)

      expect(response.status).toBe(400)
      const [signedIn, thief] = [await signIn(site, provider), new Browser()]
      const cookie = signedIn.cookies.get('identity')?.value ?? ''
      const spelling = lenientSpellingsOf(cookie.slice(2))[0]
      const headers = { cookie: `identity=1.${spelling}` }
      expect((await signedIn.navigate(`${site.origin}/`)).status).toBe(200)
      expect((await thief.navigate(`${site.origin}/`, { headers })).status).toBe(302)
    }))

  describe.each(KINDS)('in %s', (kind, session) => {
    const auth = (): { session: SessionOptions } => ({
      session: { secret: SESSION_SECRET, ...session() },
    })
    const setsSession = ({ setCookies }: BrowserResponse): boolean =>
      setCookies.some((cookie) => cookie.startsWith('identity='))

    test.for(['/', '/user', '/whole', '/stream'])(
      'what is renewed by %s is stored with its response',
      (path, { on, provider, clock }) =>
        on({ auth: auth() }, async (site) => {
          provider.behave({ reuseDetection: true })
          const browser = await signIn(site, provider)
          const before = await browser.navigate(site.origin + path)

          // Past the ID token's end twice: the second renewal needs the refresh token that the first one brought.
          for (let time = 0; time < 2; time++) {
            clock.advance(HOUR + 600)
            const answer = await browser.navigate(site.origin + path)
            expect([answer.status, setsSession(answer)]).toEqual([200, kind === 'cookies'])
            expect(answer.headers['cache-control']).toBe('private, no-store')
          }

          expect(setsSession(before)).toBe(false)
          expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
        }),
    )

    test('many requests of an expired session cause one refresh', ({ on, provider, clock }) =>
      on({ auth: auth() }, async (site) => {
        const browser = await signIn(site, provider)
        clock.advance(HOUR + 600)

        const answers = await Promise.all(
          Array.from({ length: 8 }, () => browser.navigate(`${site.origin}/`)),
        )

        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
        const refreshes = provider.requests.filter(({ grantType }) => grantType === 'refresh_token')
        expect(refreshes).toHaveLength(1)
      }))

    behaves(
      'onRefresh changes the user, and ends the session of a rejected user',
      ['functions'],
      ({ on, provider, clock }) => {
        let isSuspended = false
        const onRefresh: AuthOptions['onRefresh'] = (user, { request }) => {
          if (isSuspended) throw new AccessDenied({ message: 'Your account is suspended.' })
          return { ...user, name: request.url }
        }
        return on({ auth: { ...auth(), onRefresh } }, async (site) => {
          const browser = await signIn(site, provider)
          clock.advance(HOUR)
          const changed = await browser.navigate(`${site.origin}/?a=1`)
          const later = await browser.navigate(`${site.origin}/user`)
          isSuspended = true
          clock.advance(HOUR)

          const page = await browser.navigate(`${site.origin}/`)

          expect(changed.json()).toMatchObject({ user: { name: '/?a=1' } })
          expect(later.json()).toMatchObject({ name: '/?a=1' })
          expect(page.status).toBe(403)
          expect(page.text).toContain('Your account is suspended.')
          expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
        })
      },
    )

    test('updateUser changes the user of later requests', ({ on, provider }) =>
      on({ auth: auth() }, async (site) => {
        const browser = await signIn(site, provider)
        const before = await browser.navigate(`${site.origin}/user`)

        const renamed = await browser.navigate(`${site.origin}/rename`)

        const { user, claims } = (await browser.navigate(`${site.origin}/`)).json() as {
          user: object
          claims: object
        }
        expect([renamed.status, renamed.json()]).toEqual([200, 'done'])
        expect(setsSession(renamed)).toBe(kind === 'cookies')
        expect(before.json()).toMatchObject({ name: 'Alex Rivera' })
        expect(user).toEqual({ ...(before.json() as object), name: 'Renamed' })
        expect(claims).toMatchObject({ name: 'Alex Rivera' })
      }))

    test('updateUser needs a session', ({ on }) =>
      on({ auth: auth() }, async ({ origin }) => {
        const response = await new Browser().navigate(`${origin}/rename-stranger`)

        expect(response.json()).toEqual({ code: 'login_required' })
      }))

    test('a session that nobody used for a day is over', ({ on, provider, clock }) =>
      on({ auth: auth() }, async (site) => {
        const browser = await signIn(site, provider)
        clock.advance(25 * HOUR)

        expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
      }))

    test('a session of another application with the same client and secret is not a session', ({
      on,
      provider,
    }) => {
      const options = auth()
      return on({ auth: options }, (shop) =>
        on({ auth: options }, async (admin) => {
          const browser = await signIn(shop, provider)

          expect((await browser.navigate(`${shop.origin}/`)).status).toBe(200)
          expect((await browser.navigate(`${admin.origin}/`)).status).toBe(302)
        }),
      )
    })

    test('a forged cookie is not a session', ({ on }) =>
      on({ auth: auth() }, async ({ origin }) => {
        const answer = await new Browser().navigate(`${origin}/user`, {
          headers: { cookie: 'identity=1.AAAA; identity-tokens=1.AAAA' },
        })

        expect([answer.status, answer.json()]).toEqual([200, null])
      }))
  })
}
