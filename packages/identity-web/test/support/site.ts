import { createServer } from 'node:http'
import express, { type Express } from 'express'
import { startDevProvider, type DevProvider, type SignInResult } from 'identity-web-dev'
import { Auth, type AuthOptions, type Claims } from 'identity-web/express'
import { Browser, type BrowserResponse } from './browser.ts'
import { declarePages } from './pages.ts'
import { close, listen } from './server.ts'

/** A secret for tests; marked, so that a leak is found by its text. */
export const SESSION_SECRET = 'MARKED-session-secret-of-the-tests-0123456789'

/** A clock that tests move. */
export interface Clock {
  now(): number
  /** Seconds forward, or back. */
  advance(seconds: number): void
}

export function createClock(): Clock {
  let offset = 0
  return {
    now: () => Date.now() + offset,
    advance: (seconds) => {
      offset += seconds * 1000
    },
  }
}

/** A web application with one `Auth`, at an address of its own. */
export interface Site<User = Claims> {
  readonly origin: string
  readonly auth: Auth<User>
  readonly app: Express
  /** Every log line, as text. */
  readonly logs: string[]
  close(): Promise<void>
}

/**
 * Starts an Express site with the pages of {@link declarePages}.
 *
 * @param options - Options of `Auth`, by the site's origin; those of the provider are there already.
 */
export async function startSite<User = Claims>(
  provider: DevProvider,
  options: (origin: string) => AuthOptions<User> = () => ({}),
): Promise<Site<User>> {
  const app = express()
  const server = createServer(app)
  const origin = await listen(server)
  const logs: string[] = []
  const log = (message: string, details?: object): void => {
    logs.push(`${message} ${JSON.stringify(details ?? {})}`)
  }
  const auth = new Auth<User>(app, {
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${origin}/redirect`,
    endpoint: provider.graphMe,
    session: { secret: SESSION_SECRET },
    logger: { debug: log, info: log, warn: log, error: log },
    timeout: 2,
    ...options(origin),
  })
  declarePages(app, auth)
  return { origin, auth, app, logs, close: () => close(server) }
}

/** Who signs in, and from which page. */
export interface Visit {
  readonly path?: string
  readonly as?: string
  readonly consent?: boolean
}

/** Asks for a page, goes to the provider, and gives what the provider sends the browser back with. */
export async function startSignIn(
  site: { readonly origin: string },
  provider: DevProvider,
  browser: Browser,
  { path = '/', as = 'alex', consent = true }: Visit = {},
): Promise<SignInResult> {
  const redirect = await browser.navigate(site.origin + path)
  if (redirect.location === undefined)
    throw new Error(`${path} did not lead to the provider: ${redirect.status} ${redirect.text}`)
  return provider.signIn(redirect.location, { as, consent })
}

/** Brings the provider's answer to the callback. */
export function sendToCallback(
  browser: Browser,
  { url, form }: SignInResult,
): Promise<BrowserResponse> {
  return form === undefined
    ? browser.navigate(url.href, { headers: { 'sec-fetch-site': 'cross-site' } })
    : browser.postCrossSite(url.href, form)
}

/** Signs a user in, all the way, in a new browser or a given one. */
export async function signIn(
  site: { readonly origin: string },
  provider: DevProvider,
  visit: Visit = {},
  browser: Browser = new Browser(),
): Promise<Browser> {
  const response = await sendToCallback(browser, await startSignIn(site, provider, browser, visit))
  if (response.status >= 400)
    throw new Error(`The sign-in failed: ${response.status} ${response.text}`)
  return browser
}

export { close, listen, startDevProvider, Browser }
