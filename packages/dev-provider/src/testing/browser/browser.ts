import type { AccountName } from '../../config/account-names.js'
import type { SignInOptions } from '../../controls/visit.js'
import { assertNotProduction } from '../production.js'
import type { SessionCookie } from '../session-cookies.js'
import { createCookies } from './cookie-jar.js'
import { navigate, redirectTarget, type Arrival, type BrowserState } from './navigation.js'
import { toBody, type RequestBody } from './request-body.js'
import { send, type AppFunction } from './transport.js'
import { withUrl } from './with-url.js'

/**
 * The options for `browser`.
 *
 * @example
 * ```ts
 * const options: BrowserOptions = { origin: 'http://localhost:3000', as: 'alex' }
 * ```
 */
export interface BrowserOptions {
  /**
   * The application's origin.
   *
   * @defaultValue 'http://localhost:3000'
   */
  readonly origin?: string | URL
  /**
   * The account that the user chooses on the provider's page. Without it, `get` and `post` stop at this page, while
   * `signIn` chooses the first account.
   */
  readonly as?: AccountName
  /**
   * The application as a function, for example Hono's `app.fetch`. It receives the requests to `origin`, so the
   * application does not need a port.
   */
  readonly app?: AppFunction
}

/** The user who signs in, and the page to open. */
export interface BrowserSignIn extends Omit<SignInOptions, 'cookies'> {
  /**
   * A guarded page, from which the application redirects to the provider and, after the sign-in, back again.
   *
   * @defaultValue '/'
   */
  readonly path?: string
}

/** The options for one request. */
export type BrowserRequestInit = Pick<RequestInit, 'headers' | 'redirect' | 'signal'>

/**
 * A client that behaves like a browser: it keeps cookies, follows redirects, acts on the provider's pages, and sends
 * `Origin` and the `Sec-Fetch-*` headers.
 *
 * @example
 * ```ts
 * const alex: TestBrowser = browser('http://localhost:3000', { as: 'alex' })
 * const page = await alex.get('/orders')
 * ```
 */
export interface TestBrowser {
  /** The application's origin. */
  readonly origin: string
  /** The URL of the page that the browser shows. */
  readonly url: string
  /** All cookies, in Playwright's format. */
  readonly cookies: readonly SessionCookie[]
  /**
   * Adds cookies, for example those from `sessionFor`.
   *
   * @example
   * ```ts
   * alex.addCookies((await sessionFor({ auth }, { as: 'alex' })).cookies)
   * ```
   */
  addCookies(cookies: readonly SessionCookie[]): void
  /**
   * Opens a page like a user who enters its URL.
   *
   * @example
   * ```ts
   * const page = await alex.get('/orders')
   * expect(await page.text()).toContain('Hello, Alex')
   * ```
   */
  get(path: string | URL, init?: BrowserRequestInit): Promise<Response>
  /**
   * Posts a form like one of the application's pages.
   *
   * @param body - The form's fields.
   *
   * @example
   * ```ts
   * await alex.post('/orders', { item: 'book' })
   * ```
   */
  post(path: string | URL, body?: RequestBody, init?: BrowserRequestInit): Promise<Response>
  /**
   * Sends a request like `fetch` in a script on one of the application's pages.
   *
   * @throws TypeError when the response is a redirect to another origin, because a script cannot follow it.
   *
   * @example
   * ```ts
   * const body = JSON.stringify({ done: true })
   * const response = await alex.fetch('/api/todos/1', { method: 'PUT', body })
   * ```
   */
  fetch(path: string | URL, init?: RequestInit): Promise<Response>
  /**
   * Opens a guarded page, signs in at the provider, and returns the page.
   *
   * @throws Error when the page does not redirect to the provider, or when the sign-in does not end
   *   at the application.
   *
   * @example
   * ```ts
   * await browser('http://localhost:3000').signIn({ as: 'robin', path: '/orders' })
   * ```
   */
  signIn(options?: BrowserSignIn): Promise<Response>
  /**
   * Signs out of the application and the provider.
   *
   * @param path - The logout path. The default is `logout` in the redirect URI's directory, or `/logout` if this
   *   browser did not complete a sign-in.
   *
   * @example
   * ```ts
   * await alex.signOut()
   * expect((await alex.get('/orders', { redirect: 'manual' })).status).toBe(302)
   * ```
   */
  signOut(path?: string): Promise<Response>
}

/**
 * Creates a browser without a window, to test whole sign-ins over HTTP.
 *
 * @param origin - The application's origin, or the options.
 * @param options - The options, if the first argument is the origin.
 * @throws TypeError in production, or when the origin is not a URL.
 *
 * @example
 * ```ts
 * const alex = browser('http://localhost:3000', { as: 'alex' })
 * const page = await alex.get('/orders') // also signs Alex in
 * const saved = await alex.post('/orders', { item: 'book' })
 * ```
 */
export function browser(
  origin?: string | URL | BrowserOptions,
  options: BrowserOptions = {},
): TestBrowser {
  assertNotProduction('browser')
  const isOrigin = typeof origin === 'string' || origin instanceof URL
  const { as, app, ...given }: BrowserOptions = isOrigin
    ? { ...options, origin }
    : (origin ?? options)
  const home = toOrigin(given.origin ?? 'http://localhost:3000')
  const state: BrowserState = { home, app, cookies: createCookies() }
  const defaultUser: SignInOptions | undefined = as === undefined ? undefined : { as }
  let page = new URL(home)
  let logoutPath: string | undefined

  const open = async (
    path: string | URL,
    request: BrowserRequestInit & {
      readonly method?: string
      readonly body?: RequestBody | undefined
      readonly user?: SignInOptions | undefined
    } = {},
  ): Promise<Arrival> => {
    const { method = 'GET', body, user = defaultUser, redirect = 'follow', signal } = request
    const headers = new Headers(request.headers)
    const encoded = toBody(body, headers)
    const arrival = await navigate(
      state,
      {
        url: new URL(path, home),
        method,
        headers,
        body: encoded,
        // A form is on a page of the application. The user enters the URL of other pages.
        initiator: method === 'GET' ? undefined : new URL(page.origin === home ? page : home),
        followsRedirects: redirect === 'follow',
        signal: signal ?? undefined,
      },
      user,
    )
    page = arrival.url
    logoutPath = logoutPathOf(arrival.visited, home) ?? logoutPath
    return arrival
  }

  return {
    origin: home,
    get url() {
      return page.href
    },
    get cookies() {
      return state.cookies.list()
    },
    addCookies: (cookies) => state.cookies.add(cookies),
    get: async (path, init) => toResponse(await open(path, init)),
    post: async (path, body, init) =>
      toResponse(await open(path, { ...init, method: 'POST', body })),
    fetch: (path, init = {}) => fetchFromPage(state, new URL(path, home), init),
    async signIn({ path = '/', ...user } = {}) {
      const arrival = await open(path, { user: { ...defaultUser, ...user } })
      assertSignedIn(arrival, home, path)
      return toResponse(arrival)
    },
    async signOut(path) {
      const target = path ?? logoutPath ?? '/logout'
      return toResponse(await open(target, { method: 'POST', body: {}, user: defaultUser ?? {} }))
    },
  }
}

function toOrigin(origin: string | URL): string {
  if (URL.canParse(String(origin))) return new URL(origin).origin
  throw new TypeError(
    `The origin '${String(origin)}' is not a URL. Pass the origin of the application, for example browser('http://localhost:3000').`,
  )
}

/** Sends a script's request. */
async function fetchFromPage(
  { home, app, cookies }: BrowserState,
  url: URL,
  init: RequestInit,
): Promise<Response> {
  const request = new Request(url, init)
  const { method, credentials } = request
  const isOwn = url.origin === home
  const headers = new Headers({
    accept: '*/*',
    'accept-language': 'en',
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'cors',
    'sec-fetch-site': isOwn ? 'same-origin' : 'cross-site',
  })
  if (!isOwn || (method !== 'GET' && method !== 'HEAD')) headers.set('origin', home)
  request.headers.forEach((value, name) => headers.set(name, value))
  const sendsCookies = credentials === 'include' || (isOwn && credentials !== 'omit')
  const cookie = sendsCookies ? cookies.headerFor(url, isOwn ? 'strict' : 'none') : undefined
  if (cookie !== undefined) headers.set('cookie', cookie)
  const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer())
  const { signal } = init
  const sent = { url, method, headers, body, signal: signal ?? undefined }
  const response = await send(sent, isOwn ? app : undefined)
  if (sendsCookies) cookies.store(response.headers.getSetCookie(), url)
  const target = redirectTarget(response, url)
  if (target === undefined || init.redirect === 'manual') return withUrl(response, url, false)
  if (target.origin !== url.origin || init.redirect === 'error') {
    throw new TypeError(
      `A script cannot follow the redirect from ${url.pathname} to ${target.origin}, because the target has another origin. Open the page with browser.get(), or change the route so that it returns 401 to scripts.`,
    )
  }
  const { body: _body, method: _method, ...others } = init
  return withUrl(await fetchFromPage({ home, app, cookies }, target, others), target, true)
}

/** Returns the logout path in the redirect URI's directory, if the browser visited this URI. */
function logoutPathOf(visited: readonly URL[], home: string): string | undefined {
  const callback = visited.find(
    (url, index) => index > 0 && url.origin === home && visited[index - 1]?.origin !== home,
  )
  if (callback === undefined) return undefined
  return new URL('logout', callback).pathname
}

function assertSignedIn({ url, response, visited }: Arrival, home: string, path: string): void {
  if (!visited.some(({ origin }) => origin !== home)) {
    throw new Error(
      `${path} did not redirect to the provider. The application responded with ${response.status}. Pass a guarded page, for example signIn({ path: '/orders' }).`,
    )
  }
  if (url.origin !== home) {
    throw new Error(
      `The sign-in ended at ${url.origin}${url.pathname} and not at the application. Register the redirect URI of the application at the provider.`,
    )
  }
}

function toResponse({ url, response, visited }: Arrival): Response {
  return withUrl(response, url, visited.length > 1)
}
