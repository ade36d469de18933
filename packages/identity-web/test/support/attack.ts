import type { DevProvider } from 'identity-web-dev'
import type { Claims } from 'identity-web/express'
import { expect } from 'vitest'
import type { BrowserResponse, Browser } from './browser.ts'
import type { Site } from './site.ts'
import { linkUrl } from './steps.ts'

/** Returns how many requests an endpoint of the provider received. */
export function requestCount(provider: DevProvider, endpoint: string): number {
  return provider.requests.filter((request) => request.endpoint === endpoint).length
}

/** Returns the user name that the site finds in the session of a browser. */
export async function signedInUser(site: Site, browser: Browser): Promise<string | undefined> {
  const { user } = (await browser.navigate(`${site.origin}/open`)).json() as { user: Claims | null }
  return user?.preferred_username
}

/** Checks the error page after a failed sign-in: its status, links and headers, and that it has no script. */
export function expectErrorPage(site: Site, response: BrowserResponse, status: number): void {
  expect(response.text).toContain('<h1 ')
  expect(response.status, `${response.text}\n${site.logs.join('\n')}`).toBe(status)
  expect(response.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(response.headers['cache-control']).toBe('private, no-store')
  expect(response.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'nonce-/,
  )
  expect(response.headers['referrer-policy']).toBe('no-referrer')
  // An error page offers another attempt if it can help.
  const canTryAgain = !response.text.includes('a second attempt will not help')
  expect(response.text.includes(`<a href="${site.origin}/login?`)).toBe(canTryAgain)
  expect(linkUrl(response, 'Back to the application')).toBe(`${site.origin}/`)
  expect(response.text).not.toMatch(/<script|\bat .*\.[jt]s:\d/)
}

/** Checks that the response did not start a session. */
export async function expectNoSession(
  site: Site,
  browser: Browser,
  response: BrowserResponse,
): Promise<void> {
  expect(response.setCookies.filter((line) => !line.startsWith('identity-flow-'))).toEqual([])
  expect(await signedInUser(site, browser)).toBeUndefined()
  const home = await browser.navigate(`${site.origin}/`)
  expect(home.status).not.toBe(200)
}

/** Checks that an attack was rejected: an error page, and no session. */
export async function expectRejected(
  site: Site,
  browser: Browser,
  response: BrowserResponse,
  status: number,
): Promise<void> {
  expectErrorPage(site, response, status)
  await expectNoSession(site, browser, response)
}
