import type { AuthorizationContext, AuthorizationRequirement, WebApi } from '../../api/index.ts'
import type { GuardResponse, HttpContext } from '../../http-context.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { LoginContext, LoginRequirement, WebAuth } from '../../web/index.ts'
import { apiOf, placeInApi, type ApiAuthBase } from './api-auth.ts'
import { placeIn, webOf, whenMounted, type AuthBase, type RouteGuard } from './auth.ts'
import type { StoreContext } from './identity.ts'

/** A guard and the handler that it was declared with. */
export interface GuardedRoute<Context> {
  readonly guard: RouteGuard<Context>
  /** The framework's handler, whose type the overloads checked. `undefined` for the middleware form. */
  readonly handler: unknown
  /** The adapter calls it with the request before it calls the handler. */
  readonly store: StoreContext
}

/** A requirement without unknown properties, which a type parameter would accept. */
export type Exactly<Requirement> = Requirement &
  Record<Exclude<keyof Requirement, keyof AuthorizationRequirement>, never>

/**
 * Reads the arguments of `loginRequired`: none, options, a handler, or options and a handler.
 * @param web - The sign-in for the environment of the request. Defaults to that of `auth`.
 * @throws IdentityError `configuration` for invalid options.
 */
export function loginGuard<User>(
  auth: AuthBase<User>,
  [first = {}, second]: readonly unknown[],
  web: WebAuth<User> = webOf(auth),
): GuardedRoute<LoginContext<User>> {
  const isHandler = typeof first === 'function'
  const guard = web.guard(isHandler ? {} : (first as LoginRequirement))
  return {
    guard: whenMounted(auth, guard),
    handler: isHandler ? first : second,
    store: placeIn(auth).store,
  }
}

/**
 * Reads the arguments of `authorizationRequired`: none, a requirement, a handler, or a requirement and a handler.
 * @param api - The API for the environment of the request. Defaults to that of the `ApiAuth`.
 * @throws IdentityError `configuration` for an invalid requirement. A requirement that is `undefined`, or that follows
 *   the handler, is invalid too: the route would be open to more callers than its author meant.
 */
export function authorizationGuard(
  auth: ApiAuthBase,
  given: readonly unknown[],
  api: WebApi = apiOf(auth),
): GuardedRoute<AuthorizationContext> {
  const isBare = given.length === 0 || (given.length === 1 && typeof given[0] === 'function')
  const requirement = (isBare ? {} : given[0]) as AuthorizationRequirement
  return {
    guard: api.guard(requirement),
    handler: given[isBare ? 0 : 1],
    store: placeInApi(auth).store,
  }
}

/**
 * Returns the response of a guard if its handler throws an error after the guard has returned.
 * @throws The error, if the user cannot solve it.
 */
export function recover(
  guard: RouteGuard<unknown>,
  http: HttpContext,
  error: unknown,
): MaybePromise<GuardResponse> {
  return guard(http, async () => {
    throw error
  })
}

/** Creates one value for each owner and keeps it. The owner is known only when a request arrives. */
export function oncePer<Owner extends object, Value>(
  create: (owner: Owner) => Value,
): (owner: Owner) => Value {
  const values = new WeakMap<Owner, Value>()
  return (owner) => {
    let value = values.get(owner)
    if (value === undefined) values.set(owner, (value = create(owner)))
    return value
  }
}
