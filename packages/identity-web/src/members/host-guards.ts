import type { ApiAuthBase } from './api-auth.ts'
import type { AuthBase } from './auth.ts'
import { assertMounted } from './auth-operation.ts'
import {
  authorizationGuard,
  loginArguments,
  loginGuard,
  oncePer,
  type GuardedRoute,
} from './guards.ts'
import { sessionOrBearerGuard } from './session-or-bearer.ts'

export type AnyFunction = (...args: any[]) => unknown

/** The result of `auth.orBearer(api)`. */
export interface RequiredGuard<Handler> {
  readonly required: (...given: readonly unknown[]) => Handler
}

/** The guards of a framework. The overloads of its classes check the types of the arguments. */
export abstract class Guards<Handler extends AnyFunction> {
  readonly #framework: string

  /** @param framework - The last part of the entry point. */
  constructor(framework: string) {
    this.#framework = framework
  }

  /** The guard of `auth.loginRequired`. */
  abstract login(auth: AuthBase<any>, given: readonly unknown[]): Handler

  /**
   * The stand-alone `loginRequired`, which checks the requirement when the route is declared.
   * @param find - Returns the `Auth` of the application that handles a request.
   */
  loginOfRequest(
    given: readonly unknown[],
    find: (request: any) => AuthBase<unknown> | undefined,
  ): Handler {
    loginArguments(given)
    const handlerOf = oncePer((auth: AuthBase<unknown>) => this.login(auth, given))
    const framework = this.#framework
    return function (this: unknown, ...args: Parameters<Handler>): unknown {
      const auth = find(args[0])
      assertMounted(auth, framework)
      return Reflect.apply(handlerOf(auth), this, args) as unknown
    } as Handler
  }
}

/** The guards of a framework whose process has the only environment. */
export class HostGuards<Handler extends AnyFunction> extends Guards<Handler> {
  readonly #toHandler: (route: GuardedRoute<any>) => Handler

  /**
   * @param framework - The last part of the entry point.
   * @param toHandler - Makes a handler of a guarded route, or a middleware if the route has no handler.
   */
  constructor(framework: string, toHandler: (route: GuardedRoute<any>) => Handler) {
    super(framework)
    this.#toHandler = toHandler
  }

  login(auth: AuthBase<any>, given: readonly unknown[]): Handler {
    return this.#toHandler(loginGuard(auth, given))
  }

  /** The guard of `api.authorizationRequired`. */
  authorization(api: ApiAuthBase, given: readonly unknown[]): Handler {
    return this.#toHandler(authorizationGuard(api, given))
  }

  /** The guard of `auth.orBearer(api)`. */
  orBearer(auth: AuthBase<any>, api: ApiAuthBase): RequiredGuard<Handler> {
    return { required: (...given) => this.#toHandler(sessionOrBearerGuard({ auth, api }, given)) }
  }
}
