import type { DevProvider, SignInOptions } from 'identity-web-dev'
import { expect } from 'vitest'
import type { BrowserResponse, Browser } from './browser.ts'
import { sendToCallback } from './site.ts'

/** What a redirect to the provider asks for. */
export function requestParams({ status, location, text }: BrowserResponse): URLSearchParams {
  expect([302, 303], `answered: ${text}`).toContain(status)
  return new URL(location ?? '').searchParams
}

/** The `claims` parameter of a redirect to the provider. */
export function requestedClaims(response: BrowserResponse): unknown {
  return JSON.parse(requestParams(response).get('claims') ?? 'null')
}

/** Goes where a redirect leads, and brings the provider's answer to the callback. */
export async function followToCallback(
  browser: Browser,
  provider: DevProvider,
  redirect: BrowserResponse,
  options: SignInOptions = {},
): Promise<BrowserResponse> {
  requestParams(redirect)
  return sendToCallback(
    browser,
    await provider.signIn(redirect.location ?? '', { as: 'alex', ...options }),
  )
}

/** Asks for a page that leads to the provider, goes there, and comes back. */
export async function signInThrough(
  browser: Browser,
  provider: DevProvider,
  url: string,
  options: SignInOptions = {},
): Promise<BrowserResponse> {
  return followToCallback(browser, provider, await browser.navigate(url), options)
}

/** Where a link of a page leads. */
export function linkUrl({ text }: BrowserResponse, words: string): string {
  const href = new RegExp(`<a href="([^"]*)">${words}</a>`).exec(text)?.[1]
  expect(href, `answered: ${text}`).toBeDefined()
  return (href ?? '').replaceAll('&amp;', '&')
}

/** Another browser with the same cookies. */
export function copyCookies<T extends { readonly cookies: Map<string, unknown> }>(
  from: T,
  to: T,
): T {
  for (const [name, cookie] of from.cookies) to.cookies.set(name, cookie)
  return to
}

/** The requests of the token endpoint for a grant. */
export function grants(provider: DevProvider, type: string): readonly { claims: unknown }[] {
  return provider.requests
    .filter(({ grantType }) => grantType === type)
    .map(({ params }) => ({ claims: JSON.parse(params?.['claims'] ?? 'null') as unknown }))
}
