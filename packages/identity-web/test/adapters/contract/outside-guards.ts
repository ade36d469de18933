import { expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { signIn } from '../../support/site.ts'
import type { Bench } from './bench.ts'

export function outsideGuards({ test, behaves }: Bench): void {
  test('an error outside a guard sends a page to the provider, and tells a script where to go', ({
    on,
    provider,
  }) =>
    on({}, async (site) => {
      const url = `${site.origin}/caught`
      const browser = await signIn(site, provider)

      const stepUp = await browser.navigate(url)
      const script = await browser.script(url)
      const visitor = await new Browser().script(url)
      const { location } = await new Browser().navigate(url)

      expect(stepUp.status).toBe(302)
      expect(new URL(stepUp.location ?? '').searchParams.get('scope')).toContain('Mail.Read')
      expect(stepUp.setCookies.join()).toContain('identity')
      expect([script.status, script.json()]).toMatchObject([
        401,
        { error: 'interaction_required', loginUrl: expect.stringContaining('/auth/login') },
      ])
      expect([visitor.status, visitor.json()]).toMatchObject([401, { error: 'login_required' }])
      expect(new URL(location ?? '').searchParams.get('scope')).toContain('Mail.Read')
    }))

  const needs = ['errorHandler'] as const
  behaves('an error of the application stays one', [...needs], ({ on }) =>
    on({}, async (site) => {
      const answer = await new Browser().script(`${site.origin}/not-ours`)

      expect([answer.status, answer.text]).toEqual([418, 'not ours'])
    }),
  )

  test('authenticate() checks as a guard does', ({ on, provider }) =>
    on({}, async (site) => {
      const url = `${site.origin}/authenticated`
      const browser = await signIn(site, provider)
      const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'same-site' }

      const page = await browser.script(url)
      const write = await browser.script(url, { method: 'POST', headers: evil })
      const visitor = await new Browser().script(url)

      expect([page.status, page.json()]).toMatchObject([200, { name: 'Alex Rivera' }])
      expect([write.status, write.json()]).toMatchObject([403, { error: 'access_denied' }])
      expect([visitor.status, visitor.json()]).toMatchObject([
        401,
        { error: 'login_required', loginUrl: expect.stringContaining('/auth/login') },
      ])
    }))
}
