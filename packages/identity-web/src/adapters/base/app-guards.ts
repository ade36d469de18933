import {
  assertMounted,
  authorizationGuard,
  loginArguments,
  loginGuard,
  oncePer,
  recordGuard,
  sessionOrBearerGuard,
  type ApiAuthBase,
  type AuthBase,
  type GuardedRoute,
} from '../../members/index.ts'

/** The guards of a framework with applications. The overloads of its classes check the types of the arguments. */
export interface AppGuards<Handler> {
  /** The guard of `auth.loginRequired`. */
  login(auth: AuthBase<any>, given: readonly unknown[]): Handler
  /** The guard of `api.authorizationRequired`. */
  authorization(api: ApiAuthBase, given: readonly unknown[]): Handler
  /** The guard of `auth.orBearer(api)`. */
  orBearer(
    auth: AuthBase<any>,
    api: ApiAuthBase,
  ): { readonly required: (...given: readonly unknown[]) => Handler }
  /**
   * The stand-alone `loginRequired`, which checks the requirement when the route is declared.
   * @param find - Returns the `Auth` of the application that handles a request.
   */
  loginOfRequest(
    given: readonly unknown[],
    find: (request: any) => AuthBase<unknown> | undefined,
  ): Handler
}

/** A handler or a middleware of a framework. */
type AnyHandler = (...args: any[]) => unknown

/**
 * Creates the guards of a framework.
 * @param framework - The last part of its entry point.
 * @param toHandler - Makes a handler of a guarded route, or a middleware if the route has no handler.
 */
export function createAppGuards<Handler extends AnyHandler>(
  framework: string,
  toHandler: (route: GuardedRoute<any>) => Handler,
): AppGuards<Handler> {
  const login = (auth: AuthBase<any>, given: readonly unknown[]): Handler =>
    toHandler(loginGuard(auth, given))
  return {
    login: (auth, given) => recordGuard(login(auth, given), 'loginRequired', given),
    authorization: (api, given) =>
      recordGuard(toHandler(authorizationGuard(api, given)), 'authorizationRequired', given),
    orBearer: (auth, api) => ({
      required: (...given) =>
        recordGuard(toHandler(sessionOrBearerGuard({ auth, api }, given)), 'orBearer', given),
    }),
    loginOfRequest(given, find) {
      loginArguments(given)
      const handlerOf = oncePer((auth: AuthBase<unknown>) => login(auth, given))
      const handler = function (this: unknown, ...args: Parameters<Handler>): unknown {
        const auth = find(args[0])
        assertMounted(auth, framework)
        return Reflect.apply(handlerOf(auth), this, args) as unknown
      }
      return recordGuard(handler as Handler, 'loginRequired', given)
    },
  }
}
