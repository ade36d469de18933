import type { SignInOptions } from '../../controls/visit.js'
import type { BrowserCookies } from './cookie-jar.js'
import { fetchSiteOf, sameSiteContextOf } from './fetch-metadata.js'
import { createVisit } from './provider-page.js'
import { send, type AppFunction } from './transport.js'

/** A request that a user or a page starts. */
export interface Start {
  readonly url: URL
  readonly method: string
  readonly headers: Headers
  readonly body?: string | Uint8Array | undefined
  /** The page that starts the request. `undefined` when the user entered the URL. */
  readonly initiator: URL | undefined
  readonly followsRedirects: boolean
  readonly signal?: AbortSignal | undefined
}

/** The state of a browser that its requests need. */
export interface BrowserState {
  /** The origin of the application under test. */
  readonly home: string
  readonly app: AppFunction | undefined
  readonly cookies: BrowserCookies
}

/** The last page of a navigation, and all URLs that the browser requested. */
export interface Arrival {
  readonly url: URL
  readonly response: Response
  readonly visited: readonly URL[]
}

// A sign-in with a consent page needs about eight requests.
const MAX_REQUESTS = 30
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Loads a page. It follows redirects, and a user acts on the provider's pages.
 *
 * @param user - The user. Without one, the navigation ends at the first page of the provider.
 * @throws Error when there are too many redirects, or when the user cannot continue.
 */
export async function navigate(
  state: BrowserState,
  start: Start,
  user: SignInOptions | undefined,
): Promise<Arrival> {
  const visit = user === undefined ? undefined : createVisit(user)
  const visited: URL[] = []
  let next = start
  let chain: URL[] = []
  for (let count = 0; count < MAX_REQUESTS; count++) {
    chain = [...chain, next.url]
    visited.push(next.url)
    const response = await load(state, next, chain)
    const target = redirectTarget(response, next.url)
    if (target !== undefined && next.followsRedirects) {
      next = afterRedirect(next, response.status, target)
      continue
    }
    const isForeign = next.url.origin !== state.home
    const isHtml = response.headers.get('content-type')?.startsWith('text/html') === true
    const step =
      visit !== undefined && isForeign && isHtml
        ? visit.next(next.url, await response.clone().text())
        : undefined
    if (step === undefined) {
      visit?.end(next.url)
      return { url: next.url, response, visited }
    }
    chain = []
    next = toStart(next, step.url, step.form)
  }
  throw new Error(
    `The browser sent ${MAX_REQUESTS} requests without reaching a page. The last URL was ${next.url.origin}${next.url.pathname}. Check the redirects of the application.`,
  )
}

/** Returns the target of a redirect. */
export function redirectTarget(response: Response, from: URL): URL | undefined {
  const location = response.headers.get('location')
  return location !== null && REDIRECTS.has(response.status) ? new URL(location, from) : undefined
}

/** Returns the request of a form or a link on a page. */
function toStart(page: Start, url: URL, form: Readonly<Record<string, string>> | undefined): Start {
  const { followsRedirects, signal } = page
  const common = { url, initiator: page.url, followsRedirects, signal }
  if (form === undefined) return { ...common, method: 'GET', headers: new Headers() }
  return {
    ...common,
    method: 'POST',
    headers: new Headers({ 'content-type': 'application/x-www-form-urlencoded' }),
    body: new URLSearchParams(form).toString(),
  }
}

/** @see {@link https://fetch.spec.whatwg.org/#http-redirect-fetch} */
function afterRedirect(before: Start, status: number, url: URL): Start {
  const isPost = before.method === 'POST'
  const becomesGet = (status === 303 && before.method !== 'HEAD') || (isPost && status < 303)
  if (!becomesGet) return { ...before, url }
  const headers = new Headers(before.headers)
  headers.delete('content-type')
  return { ...before, url, method: 'GET', headers, body: undefined }
}

/** Sends one request of a navigation. */
async function load(
  { home, app, cookies }: BrowserState,
  { url, method, headers: given, body, initiator, signal }: Start,
  chain: readonly URL[],
): Promise<Response> {
  const site = fetchSiteOf(initiator, chain)
  const headers = new Headers({
    accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    'accept-language': 'en',
    'sec-fetch-dest': 'document',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-site': site,
    'sec-fetch-user': '?1',
    'upgrade-insecure-requests': '1',
  })
  if (method !== 'GET' && method !== 'HEAD') {
    headers.set('origin', originHeader(initiator, chain))
  }
  given.forEach((value, name) => headers.set(name, value))
  const cookie = cookies.headerFor(url, sameSiteContextOf(site, method))
  if (cookie !== undefined && !given.has('cookie')) headers.set('cookie', cookie)
  const isHome = url.origin === home
  const response = await send({ url, method, headers, body, signal }, isHome ? app : undefined)
  cookies.store(response.headers.getSetCookie(), url)
  return response
}

/** Returns `Origin`. Browsers send `null` after a redirect to another origin. */
function originHeader(initiator: URL | undefined, chain: readonly URL[]): string {
  const [first] = chain
  const isTainted = chain.some((url) => url.origin !== first?.origin)
  return isTainted ? 'null' : ((initiator ?? first)?.origin ?? 'null')
}
