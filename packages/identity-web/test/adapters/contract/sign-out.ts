import { memoryStore, type SessionStore } from 'identity-web'
import { expect } from 'vitest'
import { Browser, type BrowserResponse } from '../../support/browser.ts'
import { SESSION_SECRET, signIn } from '../../support/site.ts'
import type { Bench } from './bench.ts'

export function signOut({ test, behaves }: Bench): void {
  test.for(['GET', 'POST'])(
    '%s to logout ends the session here and leads to the provider',
    (method, { on, provider }) =>
      on({}, async (site) => {
        const browser = await signIn(site, provider)

        const answer = await browser.navigate(`${site.origin}/auth/logout`, { method })

        const target = new URL(answer.location ?? '')
        expect(target.pathname).toMatch(/\/oauth2\/v2\.0\/logout$/)
        expect(target.searchParams.get('post_logout_redirect_uri')).toBe(`${site.origin}/`)
        expect(browser.cookies.has('identity')).toBe(false)
        expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
      }),
  )

  for (const option of ['store', 'denyList'] as const) {
    behaves(
      `a store that reports false fails the sign-out: ${option}`,
      ['functions'],
      ({ on, provider }) => {
        const values = memoryStore()
        let isBroken = false
        const set: SessionStore['set'] = (key, value, ttlMs) =>
          isBroken ? false : values.set(key, value, ttlMs)
        const session = { secret: SESSION_SECRET, [option]: { ...values, set } }
        return on({ auth: { session } }, async (site) => {
          const browser = await signIn(site, provider)

          isBroken = true
          const failed = await browser.navigate(`${site.origin}/auth/logout`)
          const leaving = await browser.navigate(`${site.origin}/leave`)
          isBroken = false

          expect([failed.status, leaving.status]).toEqual([503, 503])
          expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
          expect((await browser.navigate(`${site.origin}/auth/logout`)).status).toBe(302)
        })
      },
    )
  }

  test('a link of another site is answered with a question', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)

      const answer = await browser.navigate(`${site.origin}/auth/logout`, {
        headers: { 'sec-fetch-site': 'cross-site' },
      })

      expect(answer.status).toBe(200)
      expect(answer.text).toContain('<form')
      expect(browser.cookies.has('identity')).toBe(true)
    }))

  test('the application signs out by itself, and says where to land', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)

      const answer = await browser.navigate(`${site.origin}/leave`)

      expect(new URL(answer.location ?? '').searchParams.get('post_logout_redirect_uri')).toBe(
        'https://example.com/goodbye',
      )
      expect(browser.cookies.has('identity')).toBe(false)
    }))

  /** The provider can have a session even so. It redirects to this URL. */
  const returnUrlOf = ({ location = '' }: BrowserResponse): string | null =>
    new URL(location).searchParams.get('post_logout_redirect_uri')

  test('a visitor without a session is not redirected to the URL of another origin', ({ on }) =>
    on({}, async (site) => {
      const answer = await new Browser().navigate(`${site.origin}/leave`)

      expect(returnUrlOf(answer)).toBe(`${site.origin}/`)
    }))

  test('a visitor without a session is redirected to postLogoutRedirectUri', ({ on }) =>
    on({ auth: { postLogoutRedirectUri: 'https://example.com/goodbye' } }, async (site) => {
      const answer = await new Browser().navigate(`${site.origin}/leave`)

      expect(returnUrlOf(answer)).toBe('https://example.com/goodbye')
    }))

  test.for([
    ['sec-purpose', 'prefetch'],
    ['sec-purpose', 'prefetch;prerender'],
    ['purpose', 'prefetch'],
    ['purpose', 'prerender'],
    ['x-purpose', 'preview'],
    ['x-moz', 'prefetch'],
  ])('a prefetch (%s: %s) changes nothing', ([name = '', value = ''], { on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)
      const { claims } = (await browser.navigate(`${site.origin}/`)).json() as {
        claims: { sid: string }
      }
      const before = new Map(browser.cookies)

      for (const [path, status] of [
        ['/auth/logout', 503],
        ['/leave', 503],
        [`/auth/front-channel-logout?sid=${claims.sid}`, 503],
        ['/switch', 401],
        ['/auth/login', 401],
      ] as const) {
        const answer = await browser.navigate(site.origin + path, { headers: { [name]: value } })
        expect([path, answer.status]).toEqual([path, status])
        expect(answer.setCookies.filter((cookie) => cookie.startsWith('identity'))).toEqual([])
      }

      expect(browser.cookies.get('identity')).toEqual(before.get('identity'))
      expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    }),
  )

  test('the iss of a sign-out elsewhere must be that of the provider, with a store too', ({
    on,
    provider,
  }) =>
    on({ auth: { session: { secret: SESSION_SECRET, store: memoryStore() } } }, async (site) => {
      const browser = await signIn(site, provider)
      const { claims } = (await browser.navigate(`${site.origin}/`)).json() as {
        claims: { sid: string; iss: string }
      }
      const route = `${site.origin}/auth/front-channel-logout?sid=${claims.sid}`
      const frame = (iss: string): Promise<BrowserResponse> =>
        new Browser().send(`${route}&iss=${encodeURIComponent(iss)}`, {})

      for (const iss of ['https://evil.example', '', `${claims.iss}/`]) {
        expect((await frame(iss)).status).toBe(200)
        expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
      }
      await frame(claims.iss)
      expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
    }))

  test('a user is back from the sign-out under the clean address', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)
      const { location = '' } = await browser.navigate(`${site.origin}/auth/logout`)
      const { url } = await provider.signIn(location)

      const landed = await browser.navigate(url.href)

      expect(url.search).toMatch(/^\?state=/)
      expect(landed.location).toBe(`${site.origin}/`)
    }))

  test.for([false, true])(
    'a sign-out elsewhere ends the session that it names, with routes of its own: %s',
    (ownRoutes, { on, provider }) =>
      on({ ownRoutes }, async (site) => {
        const browser = await signIn(site, provider)
        const { claims } = (await browser.navigate(`${site.origin}/`)).json() as {
          claims: { sid: string }
        }

        await browser.send(`${site.origin}/auth/front-channel-logout?sid=another`, {})
        expect(browser.cookies.has('identity')).toBe(true)
        await browser.send(`${site.origin}/auth/front-channel-logout?sid=${claims.sid}`, {})
        expect(browser.cookies.has('identity')).toBe(false)
      }),
  )

  test.for([false, true])(
    'the provider’s server ends the sessions of a user, with routes of its own: %s',
    (ownRoutes, { on, provider }) =>
      on(
        {
          ownRoutes,
          auth: {
            authority: undefined,
            oidcAuthority: `${provider.origin}/oidc`,
            session: { secret: SESSION_SECRET, store: memoryStore() },
          },
        },
        async (site) => {
          const browser = await signIn(site, provider)
          const { claims } = (await browser.navigate(`${site.origin}/`)).json() as {
            claims: { sub: string }
          }
          const token = await provider.logoutToken({ sub: claims.sub })
          const tell = (logoutToken: string): Promise<BrowserResponse> =>
            new Browser().send(`${site.origin}/auth/back-channel-logout`, {
              method: 'POST',
              headers: { 'content-type': 'application/x-www-form-urlencoded' },
              body: new URLSearchParams({ logout_token: logoutToken }).toString(),
            })

          expect((await tell('nonsense')).status).toBe(400)
          expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
          expect((await tell(token)).status).toBe(200)
          expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
        },
      ),
  )
}
