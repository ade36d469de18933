import type { DevProvider } from 'identity-web-dev'
import type { Claims } from 'identity-web/express'
import { expect } from 'vitest'
import type { Answer, Browser } from './browser.ts'
import type { Site } from './site.ts'

/** How often an endpoint of the provider was asked. */
export function asked(provider: DevProvider, endpoint: string): number {
  return provider.requests.filter((request) => request.endpoint === endpoint).length
}

/** Who the site takes a browser's user for. */
export async function userOf(site: Site, browser: Browser): Promise<string | undefined> {
  const { user } = (await browser.navigate(`${site.origin}/open`)).json() as { user: Claims | null }
  return user?.preferred_username
}

/** A page of ours for a visitor whose sign-in failed: fixed words, ways on, nothing for caches or scripts. */
export function expectCalmPage(site: Site, answer: Answer, status: number): void {
  expect(answer.text).toContain('<h1>')
  expect(answer.status, `${answer.text}\n${site.logs.join('\n')}`).toBe(status)
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(answer.headers['cache-control']).toBe('private, no-store')
  expect(answer.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'nonce-/,
  )
  expect(answer.headers['referrer-policy']).toBe('no-referrer')
  expect(answer.text).toContain(`<a href="${site.origin}/login?`)
  expect(answer.text).toContain(`<a href="${site.origin}/">Back to the application</a>`)
  expect(answer.text).not.toMatch(/<script|\bat .*\.[jt]s:\d/)
}

/** No session came of it: no cookie of one was set, and the browser is not signed in. */
export async function expectNoSession(site: Site, browser: Browser, answer: Answer): Promise<void> {
  expect(answer.setCookies.filter((line) => !line.startsWith('identity-flow-'))).toEqual([])
  expect(await userOf(site, browser)).toBeUndefined()
  const home = await browser.navigate(`${site.origin}/`)
  expect(home.status).not.toBe(200)
}

/** An attack that failed as it should. */
export async function expectRefused(
  site: Site,
  browser: Browser,
  answer: Answer,
  status: number,
): Promise<void> {
  expectCalmPage(site, answer, status)
  await expectNoSession(site, browser, answer)
}
