import { expect, test } from 'vitest'
import { signIn } from '../../support/site.ts'
import type { Bench } from './bench.ts'

export function signOut({ provider, on }: Bench): void {
  test.each(['GET', 'POST'])(
    '%s to logout ends the session here and leads to the provider',
    (method) =>
      on({}, async (site) => {
        const browser = await signIn(site, provider())

        const answer = await browser.navigate(`${site.origin}/auth/logout`, { method })

        const target = new URL(answer.location ?? '')
        expect(target.pathname).toMatch(/\/oauth2\/v2\.0\/logout$/)
        expect(target.searchParams.get('post_logout_redirect_uri')).toBe(`${site.origin}/`)
        expect(browser.cookies.has('identity')).toBe(false)
        expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
      }),
  )

  test('a link of another site is answered with a question', () =>
    on({}, async (site) => {
      const browser = await signIn(site, provider())

      const answer = await browser.navigate(`${site.origin}/auth/logout`, {
        headers: { 'sec-fetch-site': 'cross-site' },
      })

      expect(answer.status).toBe(200)
      expect(answer.text).toContain('<form')
      expect(browser.cookies.has('identity')).toBe(true)
    }))

  test('the application signs out by itself, and says where to land', () =>
    on({}, async (site) => {
      const browser = await signIn(site, provider())

      const answer = await browser.navigate(`${site.origin}/leave`)

      expect(new URL(answer.location ?? '').searchParams.get('post_logout_redirect_uri')).toBe(
        'https://example.com/goodbye',
      )
      expect(browser.cookies.has('identity')).toBe(false)
    }))

  test('a user is back from the sign-out under the clean address', () =>
    on({}, async (site) => {
      const browser = await signIn(site, provider())
      const { location = '' } = await browser.navigate(`${site.origin}/auth/logout`)
      const { url } = await provider().signIn(location)

      const landed = await browser.navigate(url.href)

      expect(url.search).toMatch(/^\?state=/)
      expect(landed.location).toBe(`${site.origin}/`)
    }))

  test.each([false, true])(
    'a sign-out elsewhere ends the session that it names, with routes of its own: %s',
    (ownRoutes) =>
      on({ ownRoutes }, async (site) => {
        const browser = await signIn(site, provider())
        const { claims } = (await browser.navigate(`${site.origin}/`)).json() as {
          claims: { sid: string }
        }

        await browser.send(`${site.origin}/auth/front-channel-logout?sid=another`, {})
        expect(browser.cookies.has('identity')).toBe(true)
        await browser.send(`${site.origin}/auth/front-channel-logout?sid=${claims.sid}`, {})
        expect(browser.cookies.has('identity')).toBe(false)
      }),
  )
}
