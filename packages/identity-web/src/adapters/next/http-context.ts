// Wraps a request of Next.js, and rejects pages rendered in advance.
import { cookies, headers } from 'next/headers.js'
import { after } from 'next/server.js'
import { configurationError } from '../../errors.ts'
import type { CookieAccess, Delivery } from '../../http-context.ts'
import { setAccepted, toDeletion } from '../../web/index.ts'
import { parseSetCookie } from '../base/set-cookie.ts'
import { RequestHttpContext } from '../request-response.ts'
import { BASE_PATH, PATH_HEADER, ROUTER_HEADERS, isFromRouter, withBasePath } from './urls.ts'

type CookieStore = Awaited<ReturnType<typeof cookies>>
type Cookie = Parameters<CookieStore['set']>[0] & object

/** The name of a cookie that does not exist. An attempt to delete it shows whether cookies can be set. */
const PROBE = 'identity-probe'

// The requests that a guard accepted. All functions of one request get the same object from `cookies()`.
const accepted = new WeakSet<CookieStore>()

/** The properties by which the core distinguishes a page from a server action. */
type ServerFunction = Pick<NextHttpContext, 'delivery' | 'isAction'>

/**
 * Wraps a request for the core. Cookies are set through Next.js, so a guard and its handler change the same response.
 */
export class NextHttpContext extends RequestHttpContext {
  readonly #store: CookieStore
  readonly #isFromRouter: boolean
  readonly delivery: Delivery
  readonly isAction: boolean
  #canSetCookies: boolean | undefined
  /** `true` if Next.js closes the context after the response, `false` if it cannot. */
  closesLater: boolean | undefined

  constructor(request: Request, store: CookieStore, kind: Partial<ServerFunction> = {}) {
    super(request)
    this.#store = store
    this.#isFromRouter = isFromRouter(request)
    this.delivery = kind.delivery ?? 'response'
    this.isAction = kind.isAction ?? false
  }

  /** Marks the router's requests as a prefetch, because not all browsers mark them. */
  override header(name: string): string | undefined {
    return this.#isFromRouter && name === 'purpose' ? 'prefetch' : super.header(name)
  }

  /** To find it out, this property tries to delete a cookie, so read it only if a session needs a refresh. */
  get cookies(): CookieAccess {
    if (this.isResponseSent) return 'closed'
    this.#canSetCookies ??= attempt(() => this.#store.delete(PROBE))
    return this.#canSetCookies ? 'open' : 'closed'
  }

  override setCookies(values: readonly string[]): boolean {
    return attempt(() => {
      for (const value of values) this.#store.set(parseSetCookie(value) as Cookie)
    })
  }

  /** Deletes the cookies, because Next.js cannot forget cookies that were set. */
  override removeCookies(values: readonly string[]): void {
    this.setCookies(values.map(toDeletion))
  }

  /**
   * Closes the context after the response. On some platforms, Next.js does not tell when that is, so a page closes the
   * context itself there, and the context of an `Auth` member does not have tokens for SDKs.
   */
  closeLater(): void {
    this.closesLater = attempt(() => after(() => this.close()))
  }

  override get isEnded(): boolean {
    return super.isEnded || (this.closesLater === false && this.delivery !== 'throw')
  }

  /** Records that a guard accepted the request, for members of `Auth` that its handler calls. */
  accept(): void {
    accepted.add(this.#store)
  }
}

/** @returns `false` if Next.js does not allow an action here, such as setting cookies in a render. */
function attempt(action: () => void): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}

/**
 * Rejects a route that Next.js renders in advance, during the build or for its cache, because every visitor would otherwise
 * get the same stored response, with the state of one sign-in.
 *
 * Next.js marks other routes as dynamic when they read the cookies. A route with `dynamic = 'force-static'` reads empty cookies
 * and headers instead, and a real request has at least one header.
 *
 * @throws IdentityError `configuration`.
 */
export function assertRequest(received: Pick<Headers, 'has' | 'keys'>): void {
  // The second check is slow, and only programs that use HTTP/1.0 omit the header.
  if (received.has('host') || received.keys().next().done !== true) return
  throw configurationError(
    "Next.js renders this route in advance, so identity-web cannot know the visitor, and all visitors would get the same response. Remove export const dynamic = 'force-static' from the route and its layouts, or set export const dynamic = 'force-dynamic'.",
  )
}

/**
 * Wraps a route handler's request.
 * @throws IdentityError `configuration` if Next.js renders the route in advance.
 */
export async function handlerHttpContext(request: Request): Promise<NextHttpContext> {
  assertRequest(request.headers)
  return new NextHttpContext(withBasePath(request), await cookies())
}

/**
 * The headers that identify a server action call. Next.js requires one of them, but does not tell the request's method.
 */
const ACTION_HEADERS = ['next-action', 'content-type']

/** The headers that only requests of scripts have, and page navigations do not. The router can redirect both. */
const BACKGROUND_HEADERS: ReadonlySet<string> = new Set([
  ...'accept content-type sec-fetch-mode sec-fetch-dest x-requested-with'.split(' '),
  ...'sec-purpose purpose x-purpose x-moz'.split(' '),
  ...ROUTER_HEADERS,
])

/** The kind of function that runs. Because a component cannot find out its kind, the caller passes it. */
export type Call = 'page' | 'action' | 'any'

const DELIVERY = { page: 'throw', action: 'throw', any: 'response' } as const

/**
 * Wraps the current request, for a render, a server action or a route handler that does not pass its request on.
 * @throws IdentityError `configuration` if Next.js renders the route in advance.
 */
export async function currentHttpContext(call: Call = 'any'): Promise<NextHttpContext> {
  const [all, store] = await Promise.all([headers(), cookies()])
  assertRequest(all)
  const path = all.get(PATH_HEADER)
  // A member of `Auth` cannot see the method. Browsers send `Origin` with every request that may change something.
  const isAction =
    (call !== 'page' && ACTION_HEADERS.some((name) => all.has(name))) ||
    (call === 'any' && all.has('origin'))
  const used = new Headers()
  for (const name of isAction ? all.keys() : ['cookie', 'referer']) {
    const value = all.get(name)
    if (value !== null && !BACKGROUND_HEADERS.has(name)) used.set(name, value)
  }
  // Without the proxy the page is not known. The referrer of a server action is the page that called it.
  const method = path === null && call === 'action' ? 'POST' : 'GET'
  const request = new Request(`http://localhost${path ?? `${BASE_PATH}/`}`, {
    headers: used,
    method,
  })
  const http = new NextHttpContext(request, store, { delivery: DELIVERY[call], isAction })
  if (call !== 'action') http.closeLater()
  if (call === 'any' && accepted.has(store)) setAccepted(http)
  return http
}
