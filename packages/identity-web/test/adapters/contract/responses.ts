import { expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { signIn } from '../../support/site.ts'
import type { Bench } from './bench.ts'

const namesOf = (setCookies: readonly string[]): string[] =>
  setCookies.map((cookie) => cookie.slice(0, cookie.indexOf('=')))

export function responses({ test, behaves }: Bench): void {
  test('cookies and headers of the application stay beside ours', ({ on, provider, clock }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)
      clock.advance(4000)

      const away = await new Browser().navigate(`${site.origin}/`)
      const page = await browser.navigate(`${site.origin}/`)

      expect(page.headers['x-own']).toBe('1')
      expect(namesOf(page.setCookies)).toEqual(expect.arrayContaining(['own', 'identity']))
      expect(away.headers['x-own']).toBe('1')
      expect(namesOf(away.setCookies)).toContain('own')
      expect(namesOf(away.setCookies).some((name) => name.startsWith('identity-flow-'))).toBe(true)
    }))

  test('several cookies of a handler stay headers of their own, beside ours', ({
    on,
    provider,
    clock,
  }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)
      clock.advance(4000)

      const { setCookies } = await browser.navigate(`${site.origin}/cookies`)

      expect(namesOf(setCookies)).toEqual(
        expect.arrayContaining(['own', 'one', 'two', 'identity', 'identity-tokens']),
      )
      expect(new Set(namesOf(setCookies)).size).toBe(setCookies.length)
    }))

  test('a guarded response may be streamed', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)

      const answer = await browser.navigate(`${site.origin}/stream`)

      expect(answer.text).toBe('onetwo')
      expect(answer.headers['content-length']).toBeUndefined()
    }))

  for (const parsesBodies of [false, true]) {
    behaves(
      `a guarded handler reads the body that was posted, ${parsesBodies ? 'parsed in front' : 'by itself'}`,
      parsesBodies ? ['parsesBodies'] : [],
      ({ on, provider }) =>
        on({ parsesBodies }, async (site) => {
          const browser = await signIn(site, provider)

          const answer = await browser.navigate(`${site.origin}/echo`, {
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: 'a=what+was+posted',
          })

          expect(answer.json()).toBe('what was posted')
        }),
    )
  }

  for (const path of ['/throws', '/throws-at-once']) {
    behaves(`the error of ${path} is the host’s to answer`, ['errorHandler'], ({ on, provider }) =>
      on({}, async (site) => {
        const browser = await signIn(site, provider)

        const answer = await browser.navigate(site.origin + path)

        expect([answer.status, answer.text]).toEqual([418, 'from the handler'])
      }),
    )
  }
}
