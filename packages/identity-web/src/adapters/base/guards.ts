import type { AuthorizationContext, AuthorizationRequirement, WebApi } from '../../api/index.ts'
import type { GuardResponse, HttpContext } from '../../http-context.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { LoginContext, LoginRequirement, WebAuth } from '../../web/index.ts'
import { ApiAuthBase } from './api-auth.ts'
import { AuthBase } from './auth.ts'

/** A guard of `Auth`, of `ApiAuth` or of both: calls back with the context of whoever is let in, or answers. */
export type RouteGuard<Context> = (
  http: HttpContext,
  handler: (context: Context) => MaybePromise<GuardResponse>,
) => MaybePromise<GuardResponse>

/** What a route was declared with. */
export interface Guarded<Context> {
  readonly guard: RouteGuard<Context>
  /** The framework's handler, whose type the overloads checked; `undefined` for the middleware form. */
  readonly handler: unknown
}

/**
 * Reads what `loginRequired` was given: nothing, options, a handler, or options and a handler.
 *
 * @param core - Where a request's environment decides which one it is.
 * @throws IdentityError `configuration` for options that make no sense.
 */
export function loginGuard<User>(
  auth: AuthBase<User, any>,
  [first = {}, second]: readonly unknown[],
  core: WebAuth<User> = AuthBase.web(auth),
): Guarded<LoginContext<User>> {
  const isHandler = typeof first === 'function'
  const guard = core.guard(isHandler ? {} : (first as LoginRequirement))
  return { guard: whenMounted(auth, guard), handler: isHandler ? first : second }
}

/** Guards of an `Auth` without an application fail: its callback would be nowhere. */
export function whenMounted<User, Context>(
  auth: AuthBase<User, any>,
  guard: RouteGuard<Context>,
): RouteGuard<Context> {
  return (http, handler) => {
    AuthBase.assertMounted(auth)
    return guard(http, handler)
  }
}

/**
 * Reads what `authorizationRequired` was given: nothing, a requirement, a handler, or a requirement and a handler.
 *
 * @param core - Where a request's environment decides which one it is.
 * @throws IdentityError `configuration` for a requirement that makes no sense. One that is missing by mistake, or
 *   stands behind its handler, must not be taken for none.
 */
export function authorizationGuard(
  api: ApiAuthBase,
  given: readonly unknown[],
  core: WebApi = ApiAuthBase.api(api),
): Guarded<AuthorizationContext> {
  const isBare = given.length === 0 || (given.length === 1 && typeof given[0] === 'function')
  const requirement = (isBare ? {} : given[0]) as AuthorizationRequirement
  return {
    guard: core.guard(requirement),
    handler: given[isBare ? 0 : 1],
  }
}

/**
 * Makes a route's guard when what it belongs to is known, with the request, and keeps it: for the stand-alone
 * `loginRequired`, and where the environment comes with the request.
 */
export function guardOnce<Owner extends object, Guard>(
  make: (owner: Owner) => Guard,
): (owner: Owner) => Guard {
  const guards = new WeakMap<Owner, Guard>()
  return (owner) => {
    let guard = guards.get(owner)
    if (guard === undefined) guards.set(owner, (guard = make(owner)))
    return guard
  }
}
