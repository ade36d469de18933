// Guards pages, actions and endpoints of Astro.
import { andThen } from '../../maybe-promise.ts'
import { handlerOf, type Calls, type GuardedRoute, type Host } from '../../classes/index.ts'
import { runGuarded } from '../../verdict.ts'
import { assertResponse, runRoute, withHttpContext } from '../request-response.ts'
import { contextOfHandled, toHttpContext, type AstroContext } from './context.ts'
import { rejectAction, Rejection } from './rejection.ts'

/** The arguments and results with which the framework calls the adapter. */
export interface Astro extends Calls<[context: AstroContext], [context: AstroContext], Response> {}

export const HOST: Host<Astro> = {
  arity: { route: 1, request: 1 },
  respond: ([context], route) => runRoute(context.request, route),
  toHttpContext: ([context]) => toHttpContext(context),
}

type RouteOf<Context> = () => GuardedRoute<Context>

/** Turns a guarded function into an endpoint. */
export function toEndpoint<Context extends object>(
  routeOf: RouteOf<Context>,
): (context: AstroContext) => Promise<any> {
  return async (context) => {
    const http = contextOfHandled(context)
    const route = routeOf()
    return assertResponse(await route.guard(http, handlerOf(route, [context])))
  }
}

/**
 * Turns a function that is guarded with access tokens into an endpoint, which works without the middleware, because it
 * does not set cookies.
 */
export function toApiEndpoint<Context extends object>(
  routeOf: RouteOf<Context>,
): (context: AstroContext) => Promise<any> {
  return async (context) => {
    const route = routeOf()
    return withHttpContext(
      context.request,
      (http) => andThen(route.guard(http, handlerOf(route, [context])), assertResponse),
      context.locals,
    )
  }
}

/** Turns a guarded function into an action's handler. */
export function toAction<Context extends object>(
  routeOf: RouteOf<Context>,
): (input: unknown, context: AstroContext) => Promise<any> {
  return async (input, context) => {
    const http = contextOfHandled(context)
    const { guard, handler, store } = routeOf()
    const run = handler as (input: unknown, context: AstroContext, identity: Context) => unknown
    const { rejection, result } = await runGuarded(guard, http, (identity) => {
      store(context, identity)
      return run(input, context, identity)
    })
    if (rejection === undefined) return result
    throw rejectAction(context, rejection)
  }
}

/**
 * Runs a page's guard.
 * @returns The user's context.
 * @throws Rejection for other visitors.
 */
export async function guardPage<Context extends object>(
  context: AstroContext,
  routeOf: RouteOf<Context>,
): Promise<Context> {
  const http = contextOfHandled(context)
  const { guard, store } = routeOf()
  let identity: Context | undefined
  const response = await guard(http, (allowed) => {
    identity = allowed
    store(context, allowed)
    return undefined
  })
  if (identity !== undefined) return identity
  throw new Rejection(assertResponse(response))
}
