// Guards of load functions, actions and endpoints.
import { andThen } from '../../maybe-promise.ts'
import { handlerOf, type Calls, type GuardedRoute, type Host } from '../../classes/index.ts'
import { runGuarded, type Outcome } from '../../verdict.ts'
import { ScriptHttpContext } from '../base/router-request.ts'
import { assertResponse, runRoute, withHttpContext } from '../request-response.ts'
import { assertVisitor, contextOfHandled, kindOf, type AnyEvent } from './event.ts'
import { reject } from './hook.ts'
import { throwErrorPage, throwResponse, toMemberContext, toRouterContext } from './reject.ts'

/** The arguments and results with which the framework calls the adapter. */
export interface SvelteKit extends Calls<[event: AnyEvent], [event: AnyEvent], Response> {}

export const HOST: Host<SvelteKit> = {
  arity: { route: 1, request: 1 },
  respond: ([event], route) => runRoute(event.request, route),
  toHttpContext: ([event]) => toMemberContext(event),
}

/** Turns a guarded function into a load function, a form action or an endpoint. */
export function toHandler<Context extends object>(
  route: GuardedRoute<Context>,
): (event: AnyEvent) => Promise<any> {
  const { guard } = route
  return async (event) => {
    assertVisitor()
    const http = contextOfHandled(event)
    const call = handlerOf<Context, unknown>(route, [event])
    const kind = kindOf(event)
    if (kind === 'endpoint') {
      const own = event.isSubRequest ? new ScriptHttpContext(http) : http
      const { rejection, result } = await runGuarded(guard, own, call)
      return rejection ?? result
    }
    if (kind === 'form') {
      const { rejection, result } = await runGuarded(guard, http, call)
      if (rejection === undefined) return result
      // The browser shows the response to a form, so the hook sends the response of the guard.
      reject(event.request, rejection)
      return throwResponse(rejection)
    }
    let outcome: Outcome<unknown>
    try {
      outcome = await runGuarded(guard, toRouterContext(event), call)
    } catch (error) {
      throwErrorPage(error)
    }
    const { rejection, result } = outcome
    return rejection === undefined ? result : throwResponse(rejection)
  }
}

/**
 * Turns a function that is guarded with access tokens into an endpoint, which works without the hook, because it does
 * not set cookies.
 */
export function toEndpoint<Context extends object>(
  route: GuardedRoute<Context>,
): (event: AnyEvent) => Promise<any> {
  return async (event) => {
    assertVisitor()
    return withHttpContext(event.request, (http) =>
      andThen(route.guard(http, handlerOf(route, [event])), assertResponse),
    )
  }
}
