import type { DevProvider, SignInOptions } from 'identity-web-dev'
import { expect } from 'vitest'
import type { Answer, Browser } from './browser.ts'
import { callBack } from './site.ts'

/** What a redirect to the provider asks for. */
export function askedFor({ status, location, text }: Answer): URLSearchParams {
  expect([302, 303], `answered: ${text}`).toContain(status)
  return new URL(location ?? '').searchParams
}

/** The `claims` parameter of a redirect to the provider. */
export function claimsAskedFor(answer: Answer): unknown {
  return JSON.parse(askedFor(answer).get('claims') ?? 'null')
}

/** Goes where a redirect leads, and brings the provider's answer to the callback. */
export async function goOn(
  browser: Browser,
  provider: DevProvider,
  away: Answer,
  options: SignInOptions = {},
): Promise<Answer> {
  askedFor(away)
  return callBack(browser, await provider.signIn(away.location ?? '', { as: 'alex', ...options }))
}

/** Asks for a page that leads to the provider, goes there, and comes back. */
export async function goThrough(
  browser: Browser,
  provider: DevProvider,
  url: string,
  options: SignInOptions = {},
): Promise<Answer> {
  return goOn(browser, provider, await browser.navigate(url), options)
}

/** Where a link of a page leads. */
export function linkOf({ text }: Answer, words: string): string {
  const href = new RegExp(`<a href="([^"]*)">${words}</a>`).exec(text)?.[1]
  expect(href, `answered: ${text}`).toBeDefined()
  return (href ?? '').replaceAll('&amp;', '&')
}

/** Another browser with the same cookies. */
export function copyOf<T extends { readonly cookies: Map<string, unknown> }>(from: T, to: T): T {
  for (const [name, cookie] of from.cookies) to.cookies.set(name, cookie)
  return to
}

/** The requests of the token endpoint for a grant. */
export function grants(provider: DevProvider, type: string): readonly { claims: unknown }[] {
  return provider.requests
    .filter(({ grantType }) => grantType === type)
    .map(({ params }) => ({ claims: JSON.parse(params?.['claims'] ?? 'null') as unknown }))
}
