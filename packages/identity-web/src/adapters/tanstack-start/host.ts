// Guards of server routes and server functions.
import { errorOf } from '../../authentication/index.ts'
import { toApiResponse } from '../../fetch-api.ts'
import type { HttpContext } from '../../http-context.ts'
import {
  hostApi,
  hostAuth,
  type Calls,
  type GuardedRoute,
  type ApiParts,
  type AuthParts,
  type Host,
} from '../../classes/index.ts'
import { runGuarded } from '../../verdict.ts'
import { assertResponse, runRoute, withHttpContext } from '../request-response.ts'
import type { RouteArgs } from './signatures.ts'
import {
  httpContextOf,
  httpContextOfArgs,
  toRedirect,
  type StartHttpContext,
} from './http-context.ts'

/** The arguments and results with which the framework calls the adapter. */
export interface TanStackStart extends Calls<[request: Request], [request: Request], Response> {}

export const HOST: Host<TanStackStart> = {
  arity: { route: 1, request: 1 },
  respond: ([request], route) => runRoute(request, route),
  toHttpContext: ([request]) => httpContextOf(request),
}

/** The argument for a server function, a server route or a middleware. */
interface Given {
  readonly request?: Request
  /** The path, which server routes and request middleware receive, but not server functions and their middleware. */
  readonly pathname?: string
  readonly context?: object
}

type Run = (args: object, context: object) => unknown
type Guarded = (args: Given) => Promise<unknown>

/** Turns a guarded function into a server function, a server route or a middleware. */
function toFunction({ guard, handler, store }: GuardedRoute<object>): Guarded {
  return async (args) => {
    const http = httpContextOfArgs(args)
    const { rejection, result } = await runGuarded(guard, http, (context) => {
      store(http.request, context)
      return (handler as Run)(args, context)
    })
    if (rejection === undefined) return result
    return args.pathname === undefined ? refuse(http, rejection) : rejection
  }
}

/**
 * Ends a server function with a response. Because a server function can only return data, the request's middleware
 * sends the response.
 */
export function refuse(http: StartHttpContext, response: Response): never {
  http.refusal = response
  // A redirect ends the loaders of a page without an error in the log.
  // oxlint-disable-next-line typescript/only-throw-error -- TanStack Router throws its redirects.
  throw toRedirect(response.headers.get('location') ?? errorOf(response)?.loginUrl ?? http.url)
}

/** Turns a guarded API function into a server route, which works without the `Auth` middleware. */
function toApiFunction({ guard, handler, store }: GuardedRoute<object>): Guarded {
  return async (args) => {
    const { request } = args as RouteArgs
    const act = async (http: HttpContext): Promise<Response> => {
      const response = await guard(http, async (context) => {
        store(request, context)
        return toApiResponse(await (handler as Run)(args, context))
      })
      return assertResponse(response)
    }
    return withHttpContext(request, act, {})
  }
}

export const AUTH: AuthParts<Guarded> = hostAuth(toFunction)
export const API: ApiParts<Guarded> = hostApi(toApiFunction)
