import {
  hostGuards,
  type Guards,
  type Calls,
  type GuardedRoute,
  type Host,
  type StoreContext,
} from '../../classes/index.ts'
import { runGuarded } from '../../verdict.ts'
import { toApiResponse } from '../base/api-response.ts'
import { RequestHttpContext, assertResponse, runRoute } from '../request-response.ts'
import { withFailures } from './failures.ts'
import type { Middleware, RouteArgs } from './signatures.ts'
import {
  createCaller,
  findHttpContext,
  httpContextOf,
  type RouterHttpContext,
} from './http-context.ts'

/** How the framework passes requests on. */
export interface ReactRouter extends Calls<
  [args: RouteArgs],
  [args: RouteArgs],
  Response,
  RouteArgs
> {}

export const HOST: Host<ReactRouter> = {
  arity: { route: 1, request: 1 },
  async respond([args], route) {
    const response = await runRoute(args.request, route)
    const http = findHttpContext(args)
    // The router of the browser cannot follow this response. The middleware lets the browser load the page.
    if (http !== undefined && response.status === 401) http.refusal = response
    return response
  },
  toHttpContext: ([args]) => httpContextOf(args),
}

type Run = (args: RouteArgs, context: unknown) => unknown
type Guarded = ((args: RouteArgs) => Promise<unknown>) & Middleware

/** Makes a loader or an action of a guarded function, or a middleware if the route does not have a function. */
function toFunction({ guard, handler, store }: GuardedRoute<object>): Guarded {
  const guarded = async (args: RouteArgs, next?: () => Promise<Response>): Promise<unknown> => {
    const http = httpContextOf(args)
    const { rejection, result } = await runGuarded(guard, http, (context) => {
      if (handler === undefined) {
        const rememberFailure = (error: Error): void => void (http.failure = error)
        storeFor(args, http, { store, context: withFailures(context, rememberFailure) })
        return next?.()
      }
      storeFor(args, http, { store, context })
      return (handler as Run)(args, context)
    })
    return rejection === undefined ? result : refuse(http, rejection)
  }
  return guarded as Guarded
}

/** Other loaders of the same request have other arguments, and the same context of the router. */
function storeFor(
  args: RouteArgs,
  http: RouterHttpContext,
  { store, context }: { readonly store: StoreContext; readonly context: object },
): void {
  store(args, context)
  store(http, context)
}

/**
 * Ends a loader, an action or a middleware with the response of its guard. The router makes its own response from it, which
 * tells the middleware of `Auth` what the browser requested.
 */
function refuse(http: RouterHttpContext, response: Response): never {
  http.refusal = response
  // oxlint-disable-next-line typescript/only-throw-error -- React Router accepts responses. It reads the body of this one.
  throw response.clone()
}

/** Makes a function of a guarded function of an API. It works without the middleware of `Auth`. */
function toApiFunction({ guard, handler, store }: GuardedRoute<object>): Guarded {
  const guarded = async (args: RouteArgs, next?: () => Promise<Response>): Promise<Response> => {
    const http = new RequestHttpContext(args.request)
    try {
      const response = await guard(http, async (context) => {
        if (handler !== undefined) {
          store(args, context)
          return toApiResponse(await (handler as Run)(args, context))
        }
        let failure: Error | undefined
        const watched = withFailures(context, (error) => void (failure = error))
        // The loader has other arguments, and the same context of the router.
        store(createCaller(args), watched)
        const result = await next?.()
        // The guard responds to the error, which the router has turned into its own response.
        if (failure !== undefined && (result?.status ?? 500) >= 500) throw failure
        return result
      })
      return http.finish(assertResponse(response))
    } finally {
      http.close()
    }
  }
  return guarded
}

export const GUARDS: Guards<Guarded> = hostGuards(toFunction)
export const API_GUARDS: Guards<Guarded> = hostGuards(toApiFunction)
