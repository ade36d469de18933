import type { ApiAuthBase } from './api-auth.ts'
import type { AuthBase } from './auth.ts'
import { apisOf, websOf } from './app-constructors.ts'
import { declareRoute, declareSessionOrBearer } from './environment.ts'
import {
  authorizationArguments,
  authorizationGuard,
  loginArguments,
  loginGuard,
  type GuardedRoute,
} from './guards.ts'
import { Guards, type AnyFunction, type RequiredGuard } from './host-guards.ts'

/** Returns the response to an error of a handler that runs after the middleware. */
export type ErrorToResponse<Req> = (request: Req, error: unknown) => Promise<Response> | undefined

/** Makes a handler, or a middleware if the route has no handler. The route depends on the environment of a request. */
type ToHandler<Handler, Req> = (
  routeOf: (request: Req) => GuardedRoute<any>,
  toResponse?: ErrorToResponse<Req>,
) => Handler

/** The guards of a framework whose requests can have different environments. */
export class EnvironmentGuards<Handler extends AnyFunction, Req> extends Guards<Handler> {
  readonly #toHandler: ToHandler<Handler, Req>

  /** @param framework - The last part of the entry point. */
  constructor(framework: string, toHandler: ToHandler<Handler, Req>) {
    super(framework)
    this.#toHandler = toHandler
  }

  login(auth: AuthBase<any>, given: readonly unknown[]): Handler {
    // The requirement is checked when the route is declared, although the guard may need a request.
    loginArguments(given)
    return this.#toHandler(
      declareRoute(websOf<any, Req>(auth), (web) => loginGuard(auth, given, web)),
    )
  }

  /** The guard of `api.authorizationRequired`. */
  authorization(api: ApiAuthBase, given: readonly unknown[]): Handler {
    authorizationArguments(given, api)
    const apis = apisOf<Req>(api)
    return this.#toHandler(
      declareRoute(apis, (core) => authorizationGuard(api, given, core)),
      (request, error) => apis.of(request).respondToClientError(error),
    )
  }

  /** The guard of `auth.orBearer(api)`. */
  orBearer(auth: AuthBase<any>, api: ApiAuthBase): RequiredGuard<Handler> {
    return {
      required: (...given) => {
        const cores = [websOf<any, Req>(auth), apisOf<Req>(api)] as const
        return this.#toHandler(declareSessionOrBearer({ auth, api }, given, cores))
      },
    }
  }
}
