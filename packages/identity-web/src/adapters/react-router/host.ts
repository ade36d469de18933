// Guards of loaders and actions.
import {
  hostApi,
  hostAuth,
  type ApiParts,
  type AuthParts,
  type Calls,
  type GuardedRoute,
  type Host,
} from '../../classes/index.ts'
import { runGuarded } from '../../verdict.ts'
import { toApiResponse } from '../../fetch-api.ts'
import { wrapTokenSource } from '../../tokens.ts'
import { assertResponse, runRoute, withHttpContext } from '../request-response.ts'
import type { Middleware, RouteArgs } from './signatures.ts'
import {
  createCaller,
  findHttpContext,
  httpContextOf,
  type RouterHttpContext,
} from './http-context.ts'

/** The arguments and results with which the framework calls the adapter. */
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

/** Turns a guarded function into a loader or an action or, without a function, returns a middleware. */
function toFunction({ guard, handler, store }: GuardedRoute<object>): Guarded {
  const guarded = async (args: RouteArgs, next?: () => Promise<Response>): Promise<unknown> => {
    const http = httpContextOf(args)
    const { rejection, result } = await runGuarded(guard, http, (context) => {
      const rememberFailure = (error: Error): void => void (http.failure = error)
      const known = handler === undefined ? withFailures(context, rememberFailure) : context
      store(args, known)
      // Other loaders of the same request have other arguments, and the same context of the router.
      store(http, known)
      return handler === undefined ? next?.() : (handler as Run)(args, context)
    })
    return rejection === undefined ? result : refuse(http, rejection)
  }
  return guarded as Guarded
}

/**
 * Ends a loader, an action or a middleware with its guard's response. The router converts the response, so that the
 * `Auth` middleware can see what the browser requested.
 */
function refuse(http: RouterHttpContext, response: Response): never {
  http.refusal = response
  // oxlint-disable-next-line typescript/only-throw-error -- React Router accepts responses. It reads the body of this one.
  throw response.clone()
}

/** Turns a guarded API function into a loader or an action, which works without the `Auth` middleware. */
function toApiFunction({ guard, handler, store }: GuardedRoute<object>): Guarded {
  const guarded = async (args: RouteArgs, next?: () => Promise<Response>): Promise<Response> => {
    const act = async (context: object): Promise<Response | undefined> => {
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
    }
    const { request } = args
    return withHttpContext(request, async (http) => assertResponse(await guard(http, act)), {})
  }
  return guarded
}

export const AUTH: AuthParts<Guarded> = hostAuth(toFunction)
export const API: ApiParts<Guarded> = hostApi(toApiFunction)

type OnFailure = (error: Error) => void

/**
 * Returns a context that reports the errors of loaders below a middleware, because the router does not report them to
 * the middleware.
 * @param onFailure - Receives the errors of the context's functions, including those of `context.api`.
 */
function withFailures(context: object, onFailure: OnFailure): object {
  const watched = Object.entries(context).map(([name, value]: [string, unknown]) => {
    if (name === 'api') return [name, watchApis(value as object, onFailure)] as const
    return [name, watch(value, context, onFailure)] as const
  })
  return {
    ...Object.fromEntries(watched),
    ...wrapTokenSource(context, (getToken) => watch(getToken, context, onFailure)),
  }
}

// A proxy, because each API is created when it is read, and an unknown name throws an error.
function watchApis(apis: object, onFailure: OnFailure): object {
  return new Proxy(apis, {
    get(target, name) {
      const api = Reflect.get(target, name) as unknown
      if (typeof api !== 'object' || api === null) return api
      return Object.fromEntries(
        Object.entries(api).map(([member, value]) => [member, watch(value, api, onFailure)]),
      )
    },
  })
}

function watch(value: unknown, owner: object, onFailure: OnFailure): unknown {
  if (typeof value !== 'function') return value
  return async (...given: readonly unknown[]): Promise<unknown> => {
    try {
      return (await Reflect.apply(value, owner, given)) as unknown
    } catch (error) {
      onFailure(error as Error)
      throw error
    }
  }
}
