import { expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { sendToCallback, SESSION_SECRET, startSignIn } from '../../support/site.ts'
import { continued, isContinuePage } from '../../support/strict.ts'
import type { Bench } from './bench.ts'

const session = {
  secret: SESSION_SECRET,
  cookie: { name: 'identity', sameSite: 'strict', transient: true },
} as const
const FROM_LINK = { headers: { 'sec-fetch-site': 'cross-site' } }

export function strictCookies({ test }: Bench): void {
  test.for(['query', 'form_post'] as const)(
    'a sign-in (%s) and a link of another site continue with the session',
    (responseMode, { on, provider }) =>
      on({ auth: { responseMode, session } }, async (site) => {
        const browser = new Browser()
        const response = await startSignIn(site, provider, browser, { path: '/?a=1' })
        const first = await sendToCallback(browser, response)
        const second = await continued(browser, response, first)
        const link = await browser.navigate(`${site.origin}/`, FROM_LINK)
        const page = await browser.navigate(`${site.origin}/`)

        expect(isContinuePage(first)).toBe(true)
        expect(first.setCookies.some((cookie) => cookie.startsWith('identity='))).toBe(false)
        expect([302, 303]).toContain(second.status)
        const cookie = second.setCookies.find((each) => each.startsWith('identity=')) ?? ''
        expect(cookie).toMatch(/; samesite=strict(;|$)/i)
        expect(cookie).not.toMatch(/max-age|expires/i)
        expect(isContinuePage(link)).toBe(true)
        expect(page.json()).toMatchObject({ user: { name: 'Alex Rivera' } })
      }),
  )

  test('a script, and a form of another site, do not get the page', ({ on }) =>
    on({ auth: { session } }, async ({ origin }) => {
      const script = await new Browser().script(`${origin}/`, FROM_LINK)
      const form = await new Browser().navigate(`${origin}/echo`, { ...FROM_LINK, method: 'POST' })

      expect([script.status, script.json()]).toMatchObject([401, { error: 'login_required' }])
      expect(isContinuePage(form)).toBe(false)
    }))
}
