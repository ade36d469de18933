import {
  checkAuthorizationRequirement,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type WebApi,
} from '../api/index.ts'
import { IdentityError } from '../errors.ts'
import type { GuardResponse, HttpContext, RouteGuard } from '../http-context.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import {
  checkLoginRequirement,
  type LoginContext,
  type LoginRequirement,
  type WebAuth,
} from '../web/index.ts'
import { apiOf, placeInApi, requirementCheckOf, type ApiAuthBase } from './api-auth.ts'
import { placeIn, webOf, whenMounted, type AuthOperation } from './auth-operation.ts'
import type { StoreContext } from './identity.ts'
import { assertCanStart } from './operation.ts'
import { assertParentheses } from './parentheses.ts'

/** A guard and the handler that it was declared with. */
export interface GuardedRoute<Context> {
  readonly guard: RouteGuard<Context>
  /** The framework's handler, whose type the overloads checked. `undefined` for the middleware form. */
  readonly handler: unknown
  /** The adapter calls it with the request before it calls the handler. */
  readonly store: StoreContext
}

/** The arguments of a guard: a requirement, which is `{}` if there is none, and a handler. */
export interface GuardArguments<Requirement> {
  readonly requirement: Requirement
  /** `undefined` for the middleware form. */
  readonly handler: unknown
}

/**
 * Reads the arguments of a guard: none, a requirement, a handler, or a requirement and a handler.
 *
 * Every guard reads them here. A requirement that is `undefined`, or that follows the handler, is an error: the route would
 * be open to more callers than its author meant.
 *
 * @param check - Checks the requirement.
 * @throws IdentityError `configuration` for invalid arguments, when the route is declared.
 */
export function readArguments<Requirement>(
  given: readonly unknown[],
  check: (requirement: unknown) => unknown,
): GuardArguments<Requirement> {
  const isBare = given.length === 0 || (given.length === 1 && typeof given[0] === 'function')
  const [requirement, handler] = isBare ? [{}, given[0]] : given
  check(requirement)
  if (handler !== undefined && typeof handler !== 'function') {
    throw new IdentityError(
      'configuration',
      "The handler of a guarded route must be a function, and it must follow the requirement. Use, for example, loginRequired({ scopes: ['User.Read'] }, handler).",
    )
  }
  return { requirement: requirement as Requirement, handler }
}

/** Reads the arguments of `loginRequired`. @throws IdentityError `configuration` for invalid arguments. */
export function loginArguments(given: readonly unknown[]): GuardArguments<LoginRequirement> {
  assertParentheses('loginRequired', given)
  return readArguments(given, checkLoginRequirement)
}

/**
 * Reads the arguments of `authorizationRequired`.
 * @param auth - Its requirements may have more properties than those of `ApiAuth`.
 * @throws IdentityError `configuration` for invalid arguments.
 */
export function authorizationArguments(
  given: readonly unknown[],
  auth?: ApiAuthBase,
): GuardArguments<AuthorizationRequirement> {
  assertParentheses('authorizationRequired', given)
  return readArguments(given, auth ? requirementCheckOf(auth) : checkAuthorizationRequirement)
}

/**
 * Creates the guard of `loginRequired`.
 * @param web - The sign-in for the environment of the request. Defaults to that of `auth`.
 * @throws IdentityError `configuration` for invalid arguments.
 */
export function loginGuard<User>(
  auth: AuthOperation<User>,
  given: readonly unknown[],
  web?: WebAuth<User>,
): GuardedRoute<LoginContext<User>> {
  // If the parentheses are missing, `auth` is `undefined`. Only this line explains that.
  const { requirement, handler } = loginArguments(given)
  const guard = whenMounted(auth, (web ?? webOf(auth)).guard(requirement))
  return { guard, handler, store: placeIn(auth).store }
}

/**
 * Creates the guard of `authorizationRequired`.
 * @param core - The API for the environment of the request. Defaults to that of the `ApiAuth`.
 * @throws IdentityError `configuration` for invalid arguments.
 */
export function authorizationGuard(
  auth: ApiAuthBase,
  given: readonly unknown[],
  core?: WebApi,
): GuardedRoute<AuthorizationContext> {
  // If the parentheses are missing, `auth` is `undefined`. Only this line explains that.
  const { requirement, handler } = authorizationArguments(given, auth)
  const api = core ?? apiOf(auth)
  // Not every API passes its application to `ApiAuth`, so its first guard is where the application starts.
  assertCanStart(api)
  return { guard: api.guard(requirement), handler, store: placeInApi(auth).store }
}

/**
 * Returns the response for an error that the handler throws after the guard allowed the request.
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
