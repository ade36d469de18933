import type { DevProvider, SignInOptions } from 'identity-web-dev'
import { expect } from 'vitest'
import { Browser, type BrowserResponse } from './browser.ts'
import { sendToCallback } from './site.ts'

/** Returns the parameters of a redirect to the provider. */
export function requestParams({ status, location, text }: BrowserResponse): URLSearchParams {
  expect([302, 303], `response: ${text}`).toContain(status)
  return new URL(location ?? '').searchParams
}

/** Returns the `claims` parameter of a redirect to the provider. */
export function requestedClaims(response: BrowserResponse): unknown {
  return JSON.parse(requestParams(response).get('claims') ?? 'null')
}

/** Follows a redirect to the provider, signs in, and sends the authorization response to the callback. */
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

/** Opens a page that redirects to the provider, signs in there, and returns to the callback. */
export async function signInThrough(
  browser: Browser,
  provider: DevProvider,
  url: string,
  options: SignInOptions = {},
): Promise<BrowserResponse> {
  return followToCallback(browser, provider, await browser.navigate(url), options)
}

/** Returns the URL of a link on a page. */
export function linkUrl({ text }: BrowserResponse, words: string): string {
  const href = new RegExp(`<a href="([^"]*)"(?: class="primary")?>${words}</a>`).exec(text)?.[1]
  expect(href, `response: ${text}`).toBeDefined()
  return (href ?? '').replaceAll('&amp;', '&')
}

/** Copies the cookies of one browser to another one. */
export function copyCookies<T extends { readonly cookies: Map<string, unknown> }>(
  from: T,
  to: T,
): T {
  for (const [name, cookie] of from.cookies) to.cookies.set(name, cookie)
  return to
}

/** Returns a browser with a copy of the cookies of another one. */
export function copyOf(browser: Browser): Browser {
  return copyCookies(browser, new Browser())
}

/** Returns whether the home page of a site shows the user of a browser. */
export async function isSignedIn(
  { origin }: { readonly origin: string },
  browser: Browser,
): Promise<boolean> {
  return (await browser.navigate(`${origin}/`)).status === 200
}

/** Returns the requests to the token endpoint for a grant type. */
export function grants(provider: DevProvider, type: string): readonly { claims: unknown }[] {
  return provider.requests
    .filter(({ grantType }) => grantType === type)
    .map(({ params }) => ({ claims: JSON.parse(params?.['claims'] ?? 'null') as unknown }))
}
