import { configurationError } from '../../errors.ts'
import { RequestHttpContext, pathAndQuery } from '../request-response.ts'
import type { RouteArgs } from './signatures.ts'

/**
 * A request to a React Router application. The middleware of `Auth` stores it in the context of the router, because React
 * Router can pass copies of the request to loaders and actions.
 */
export class RouterHttpContext extends RequestHttpContext {
  readonly #url: string
  /** Whether the router of the browser requests data of some routes only, as fetchers do. Then the page does not change. */
  readonly isPartial: boolean
  /** Whether the URL says that the router of the browser requests data. Before React Router 8, it often does not. */
  readonly isDataUrl: boolean
  /** The response of a guard that did not accept the request. The middleware sends it. */
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

  /** The path and query of the page, without the additions of the router. */
  override get url(): string {
    return this.#url
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

/** The context of the router, as far as the adapter uses it. */
interface RouterContext {
  get?(key: object): unknown
  set?(key: object, value: unknown): void
}

/** The key of the request in the context of the router. It has the shape of the result of `createContext(null)`. */
const KEY = { defaultValue: null }

/** @returns `undefined` if the middleware of no `Auth` handles the request. */
export function findHttpContext(args: RouteArgs): RouterHttpContext | undefined {
  const found = (args.context as RouterContext).get?.(KEY) as RouterHttpContext | null | undefined
  return found && isOf(args, found.header('cookie'), 'cookie') ? found : undefined
}

/**
 * Whether a request sent a value. An application that uses one context for several requests would otherwise mix up its users,
 * and copies of a request have the same headers.
 */
function isOf({ request }: RouteArgs, value: string | undefined, header: string): boolean {
  return (request.headers.get(header) ?? undefined) === value
}

/** The object on which a middleware of `ApiAuth` stores the caller of a request. */
interface Caller {
  readonly authorization: string | undefined
}

const CALLER = { defaultValue: null }

/** Creates the object on which a middleware of `ApiAuth` stores the caller. */
export function createCaller({ request, context }: RouteArgs): object {
  const caller: Caller = { authorization: request.headers.get('authorization') ?? undefined }
  ;(context as RouterContext).set?.(CALLER, caller)
  return caller
}

/** @returns `undefined` if no middleware of `ApiAuth` handles the request. */
export function findCaller(args: RouteArgs): object | undefined {
  const found = (args.context as RouterContext).get?.(CALLER) as Caller | null | undefined
  return found && isOf(args, found.authorization, 'authorization') ? found : undefined
}

/** @throws IdentityError `configuration` if the middleware of no `Auth` handles the request. */
export function httpContextOf(args: RouteArgs): RouterHttpContext {
  const http = findHttpContext(args)
  if (http !== undefined) return http
  throw configurationError(
    'The middleware of Auth did not handle this request. Add export const middleware = [auth.middleware] to app/root.tsx, before other middleware. With React Router 7, also set future: { v8_middleware: true } in react-router.config.ts. If your server has getLoadContext, create a new RouterContextProvider for each request.',
  )
}

/**
 * Starts to collect the changes of a request. Call `close` of the result.
 * @throws IdentityError `configuration` if the router has no middleware.
 */
export function openHttpContext({ request, context }: RouteArgs): RouterHttpContext {
  const http = new RouterHttpContext(request)
  const router = context as RouterContext
  if (router.set === undefined) return httpContextOf({ request, context })
  router.set(KEY, http)
  return http
}
