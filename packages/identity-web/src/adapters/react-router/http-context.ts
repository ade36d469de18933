// Keeps the request and the caller in React Router's context.
import { configurationError } from '../../errors.ts'
import { RequestHttpContext, pathAndQuery } from '../request-response.ts'
import type { RouteArgs } from './signatures.ts'

/**
 * A request to a React Router application. The `Auth` middleware stores it in the router's context, because React Router can
 * pass copies of the request to loaders and actions.
 */
export class RouterHttpContext extends RequestHttpContext {
  readonly #url: string
  /**
   * `true` if the router in the browser requests data for only some routes, as fetchers do. The page does not change then.
   */
  readonly isPartial: boolean
  /**
   * `true` if the URL shows that the router in the browser requests data. Before React Router 8, the URL often does not show
   * it.
   */
  readonly isDataUrl: boolean
  /** The response of a guard that did not accept the request, which the middleware sends. */
  refusal: Response | undefined
  /** The last error that a loader or an action received from the library. */
  failure: Error | undefined

  constructor(request: Request) {
    super(request)
    const received = pathAndQuery(request.url)
    this.#url = toPageUrl(received)
    this.isPartial = ROUTES_PARAMETER.test(received)
    this.isDataUrl = DATA_SUFFIX.test(received)
  }

  /** The path and query of the page, without the router's additions. */
  override get url(): string {
    return this.#url
  }

  /** Before React Router 8, the page is known only if the URL shows that the router requests data. */
  get pageUrl(): string | undefined {
    return this.isDataUrl && !this.isPartial && this.method === 'GET' ? this.#url : undefined
  }
}

// The URL of data: `/account.data`, `/account/_.data` for `/account/`, and `/_root.data` for `/`.
const DATA_SUFFIX = /^([^?]*?)(?:\/_root|(\/)_)?\.data(?=\?|$)/
const ROUTES_PARAMETER = /[?&]_routes=[^&]*/

function toPageUrl(received: string): string {
  const url = received.replace(DATA_SUFFIX, '$1$2')
  // The first parameter keeps its question mark.
  const page = url.replace(/\?_routes=[^&]*&?/, '?').replace(/&_routes=[^&]*/, '')
  return (page.startsWith('/') ? page : `/${page}`).replace(/\?$/, '')
}

/** The members of the router's context that the adapter uses. */
interface RouterContext {
  get?(key: object): unknown
  set?(key: object, value: unknown): void
}

/** The request's key in the router's context, with the shape that `createContext(null)` returns. */
const KEY = { defaultValue: null }

/** @returns `undefined` if the request did not pass an `Auth` middleware. */
export function findHttpContext(args: RouteArgs): RouterHttpContext | undefined {
  const found = (args.context as RouterContext).get?.(KEY) as RouterHttpContext | null | undefined
  return found && isOf(args, found.header('cookie'), 'cookie') ? found : undefined
}

/**
 * Returns whether a request sent a value in a header. Copies of a request have the same headers. Without this check, an
 * application that uses one context for several requests would mix up its users.
 */
function isOf({ request }: RouteArgs, value: string | undefined, header: string): boolean {
  return (request.headers.get(header) ?? undefined) === value
}

/** The object on which an `ApiAuth` middleware stores a request's caller. */
interface Caller {
  readonly authorization: string | undefined
}

const CALLER = { defaultValue: null }

/** Creates the object on which an `ApiAuth` middleware stores the caller. */
export function createCaller({ request, context }: RouteArgs): object {
  const caller: Caller = { authorization: request.headers.get('authorization') ?? undefined }
  ;(context as RouterContext).set?.(CALLER, caller)
  return caller
}

/** @returns `undefined` if the request did not pass an `ApiAuth` middleware. */
export function findCaller(args: RouteArgs): object | undefined {
  const found = (args.context as RouterContext).get?.(CALLER) as Caller | null | undefined
  return found && isOf(args, found.authorization, 'authorization') ? found : undefined
}

/** @throws IdentityError `configuration` if the request did not pass an `Auth` middleware. */
export function httpContextOf(args: RouteArgs): RouterHttpContext {
  const http = findHttpContext(args)
  if (http !== undefined) return http
  throw configurationError(
    'The middleware of Auth did not handle this request. Add export const middleware = [auth.middleware] to app/root.tsx, before other middleware. With React Router 7, also set future: { v8_middleware: true } in react-router.config.ts. If your server has getLoadContext, create a new RouterContextProvider for each request.',
  )
}

/**
 * Starts to collect the changes to a request's response. Call `close()` of the result at the end.
 * @throws IdentityError `configuration` if the router has no middleware.
 */
export function openHttpContext({ request, context }: RouteArgs): RouterHttpContext {
  const http = new RouterHttpContext(request)
  const router = context as RouterContext
  if (router.set === undefined) return httpContextOf({ request, context })
  router.set(KEY, http)
  return http
}
