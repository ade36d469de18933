import { createServer } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import express, { type Express } from 'express'
import { startDevProvider, type DevProvider, type SignInResult } from 'identity-web-dev'
import { Auth, type AuthOptions, type Claims } from 'identity-web/express'
import { Browser, type BrowserResponse } from './browser.ts'
import { declarePages } from './pages.ts'
import { givenOnly } from './given.ts'
import { close, listen } from './server.ts'

/** A secret for tests. Its prefix makes leaks easy to find. */
export const SESSION_SECRET = 'MARKED-session-secret-of-the-tests-0123456789'

/**
 * The time limit of tests for requests to a provider. It never ends a request that only waits for a busy machine. If a
 * test lets the provider hang, it passes {@link IMPATIENT} to the site that sends the request.
 */
export const PATIENT_SECONDS = 30

/**
 * The options of a site that waits for the provider only shortly. On a busy machine, it can also give up a request that the
 * provider would answer. So the test must expect the same result then, or first wait for {@link untilReady}.
 */
export const IMPATIENT = { timeoutSeconds: 0.3 }

/** A web application with one `Auth` and its own origin. */
export interface Site<User = Claims> {
  readonly origin: string
  readonly auth: Auth<User>
  readonly app: Express
  /** Every log line. */
  readonly logs: string[]
  /** Calls {@link startSignIn} with the provider of the site. */
  startSignIn(browser: Browser, visit?: Visit): Promise<SignInResult>
  /** Calls {@link signIn} with the provider of the site. */
  signIn(visit?: Visit, browser?: Browser): Promise<Browser>
  close(): Promise<void>
}

/**
 * Starts an Express site with the pages of {@link declarePages}.
 *
 * @param options - Returns options of `Auth` for the origin of the site. Those of the provider are already set.
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
  const given = options(origin)
  const settings: AuthOptions<User> = givenOnly({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${origin}/redirect`,
    // Not a logger, because that counts repetitions.
    logger: false,
    onEvent: ({ message, ...details }) => log(message, details),
    timeoutSeconds: PATIENT_SECONDS,
    ...given,
    // The default name contains the port, which is different at each start.
    session: {
      secret: SESSION_SECRET,
      ...given.session,
      cookie: { name: 'identity', ...given.session?.cookie },
    },
  })
  const auth = new Auth<User>(app, settings)
  declarePages(app, auth)
  return {
    origin,
    auth,
    app,
    logs,
    startSignIn: (browser, visit) => startSignIn({ origin }, provider, browser, visit),
    signIn: (visit, browser) => signIn({ origin }, provider, visit, browser),
    close: () => close(server),
  }
}

/** Waits until a site has the metadata and the keys of the provider, although its time limit is short. */
export async function untilReady<User>(site: Site<User>): Promise<Site<User>> {
  const isReady = (): Promise<boolean> =>
    site.auth.ready().then(
      () => true,
      () => false,
    )
  // After a failure, the library waits a second.
  for (let tries = 0; tries < 300; tries++) {
    if (await isReady()) return site
    await setTimeout(100)
  }
  throw new Error('The site does not get the metadata and the keys of the provider.')
}

/** The user who signs in, and the page that they open. */
export interface Visit {
  readonly path?: string
  readonly as?: string
  readonly consent?: boolean
}

/** Opens a page, signs in at the provider, and returns the authorization response. */
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

/** Sends the authorization response to the callback. */
export function sendToCallback(
  browser: Browser,
  { url, form }: SignInResult,
): Promise<BrowserResponse> {
  return form === undefined
    ? browser.navigate(url.href, { headers: { 'sec-fetch-site': 'cross-site' } })
    : browser.postCrossSite(url.href, form)
}

/** Returns an authorization response at a site that shares the redirect URI of another one. */
export function atSite(site: { readonly origin: string }, result: SignInResult): SignInResult {
  result.url.host = new URL(site.origin).host
  return result
}

/** Signs a user in, in a new browser or in the given one. */
export async function signIn(
  site: { readonly origin: string },
  provider: DevProvider,
  visit: Visit = {},
  browser: Browser = new Browser(),
): Promise<Browser> {
  const started = await startSignIn(site, provider, browser, visit)
  const response = await sendToCallback(browser, atSite(site, started))
  if (response.status >= 400)
    throw new Error(`The sign-in failed: ${response.status} ${response.text}`)
  return browser
}

export { createClock, type Clock } from '../../../dev-provider/test/support/clock.ts'
export { close, listen, startDevProvider, Browser }
