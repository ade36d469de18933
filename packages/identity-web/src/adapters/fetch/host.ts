// Guards functions from `Request` to `Response`.
import { andThen } from '../../maybe-promise.ts'
import { handlerOf, type Calls, type GuardedRoute, type Host } from '../../classes/index.ts'
import { assertResponse, httpContextOf, runRoute, withHttpContext } from '../request-response.ts'

/** The arguments and results with which the framework calls the adapter. */
export interface Fetch extends Calls<[request: Request], [request: Request], Response> {}

export const HOST: Host<Fetch> = {
  arity: { route: 1, request: 1 },
  respond: ([request], route) => runRoute(request, route),
  toHttpContext: ([request]) => httpContextOf(request),
}

/** Returns a guarded route's handler, which passes additional arguments on. */
export function toHandler<Context extends object>(
  route: GuardedRoute<Context>,
): (request: Request, ...rest: readonly unknown[]) => Promise<Response> {
  // It is async so that every error is a rejection. It does not wait if the session is cached.
  return async (request, ...rest) =>
    withHttpContext(request, (http) =>
      andThen(route.guard(http, handlerOf(route, [request, ...rest])), assertResponse),
    )
}
