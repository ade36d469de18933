// Reads the arguments of guards.
import {
  checkAuthorizationRequirement,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type WebApi,
} from '../api/index.ts'
import { getOrCreate } from '../caches.ts'
import { configurationError } from '../errors.ts'
import type { GuardResponse, HttpContext, RouteGuard } from '../http-context.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import {
  checkEitherRequirement,
  partsOf,
  sessionOrBearer,
  type EitherRequirement,
  type SessionOrBearerContext,
} from '../session-or-bearer/index.ts'
import {
  checkLoginRequirement,
  type LoginContext,
  type LoginRequirement,
  type WebAuth,
} from '../web/index.ts'
import type { ApiAuth } from './api-auth.ts'
import type { Auth } from './auth.ts'
import { apiOf, guardsIn, placeIn, stateOf, whenMounted, type StoreContext } from './identity.ts'
import { assertCanStart } from './operation.ts'

/** A guard and the handler that it was declared with. */
export interface GuardedRoute<Context> {
  readonly guard: RouteGuard<Context>
  /** The framework's handler, whose type the overloads have checked, or `undefined` for the middleware form. */
  readonly handler: unknown
  /** Stores the context. The adapter calls it with the request before it calls the handler. */
  readonly store: StoreContext
}

/**
 * Returns the function that a guard calls. It stores the context on the request, and passes it to the handler after the first
 * argument.
 */
export function handlerOf<Context extends object, Result>(
  { handler, store }: GuardedRoute<Context>,
  [request, ...rest]: readonly [object, ...unknown[]],
): (context: Context) => Result {
  const run = handler as (request: object, context: Context, ...rest: readonly unknown[]) => Result
  return (context) => {
    store(request, context)
    return run(request, context, ...rest)
  }
}

/** A guard's arguments: a requirement, which is `{}` if there is none, and a handler. */
export interface GuardArguments<Requirement> {
  readonly requirement: Requirement
  /** `undefined` for the middleware form. */
  readonly handler: unknown
}

/**
 * Reads a guard's arguments: none, a requirement, a handler, or a requirement and a handler.
 *
 * A requirement that is `undefined`, or that follows the handler, is an error, because the route would otherwise be open to
 * more callers than its author wanted.
 *
 * @param check - Checks and copies the requirement.
 * @throws IdentityError `configuration` for invalid arguments, when the route is declared.
 */
export function readArguments<Requirement>(
  given: readonly unknown[],
  check: (requirement: unknown) => Requirement,
): GuardArguments<Requirement> {
  const isBare = given.length === 0 || (given.length === 1 && typeof given[0] === 'function')
  const [first, handler] = isBare ? [{}, given[0]] : given
  const requirement = check(first)
  if (handler !== undefined && typeof handler !== 'function') {
    throw configurationError(
      "The handler of a guarded route must be a function. Pass it as the argument after the requirement. Use, for example, loginRequired({ scopes: ['User.Read'] }, handler).",
    )
  }
  return { requirement, handler }
}

/**
 * Rejects a guard that a framework calls with its request, as in `app.use(auth.loginRequired)`.
 *
 * @param guard - The guard's name.
 * @param given - The guard's arguments. Frameworks pass the request itself, or inside of another object.
 * @throws IdentityError `configuration` with the correct code.
 */
export function assertParentheses(guard: string, [first]: readonly unknown[]): void {
  if (typeof first !== 'object' || first === null) return
  if (!REQUEST_MEMBERS.some((name) => name in first)) return
  throw configurationError(
    `The framework called ${guard} with a request, because the parentheses are missing. Write ${guard}() instead of ${guard} where you pass the guard to your application or to a route.`,
  )
}

/** The members of requests, or of the objects in which frameworks pass them. A requirement has none of them. */
const REQUEST_MEMBERS = ['headers', 'request', 'req', 'raw', 'switchToHttp']

/** Reads the `loginRequired` arguments. @throws IdentityError `configuration` for invalid arguments. */
export function loginArguments(given: readonly unknown[]): GuardArguments<LoginRequirement> {
  assertParentheses('loginRequired', given)
  return readArguments(given, checkLoginRequirement)
}

/**
 * Reads the `authorizationRequired` arguments.
 * @param auth - The guard's owner. The requirements of `McpAuth` may have more properties than those of `ApiAuth`.
 * @throws IdentityError `configuration` for invalid arguments.
 */
export function authorizationArguments(
  given: readonly unknown[],
  auth?: ApiAuth,
): GuardArguments<AuthorizationRequirement> {
  assertParentheses('authorizationRequired', given)
  const check = auth && guardsIn(auth).checkRequirement
  return readArguments(given, check ?? checkAuthorizationRequirement)
}

/**
 * Creates the `loginRequired` guard.
 * @param web - The sign-in for the request's environment. The default is that of `auth`.
 * @throws IdentityError `configuration` for invalid arguments.
 */
export function loginGuard<User>(
  auth: Auth<User>,
  given: readonly unknown[],
  web?: WebAuth<User>,
): GuardedRoute<LoginContext<User>> {
  // If the parentheses are missing, `auth` is `undefined`. Only this line explains that.
  const { requirement, handler } = loginArguments(given)
  const guard = whenMounted(auth, (web ?? stateOf(auth).webOf()).guard(requirement))
  return { guard, handler, store: placeIn(auth).store }
}

/**
 * Creates the `authorizationRequired` guard.
 * @param core - The API for the request's environment. The default is that of the `ApiAuth`.
 * @throws IdentityError `configuration` for invalid arguments.
 */
export function authorizationGuard(
  auth: ApiAuth,
  given: readonly unknown[],
  core?: WebApi,
): GuardedRoute<AuthorizationContext> {
  // If the parentheses are missing, `auth` is `undefined`. Only this line explains that.
  const { requirement, handler } = authorizationArguments(given, auth)
  const api = core ?? apiOf(auth)
  // Not every API passes its application to `ApiAuth`, so its first guard is where the application starts.
  assertCanStart(api)
  return { guard: api.guard(requirement), handler, store: guardsIn(auth).store }
}

/** The two objects of `auth.orBearer(api)`. */
export interface SessionOrBearerOwners<User> {
  readonly auth: Auth<User>
  readonly api: ApiAuth
}

/**
 * Creates the `auth.orBearer(api).required` guard.
 * @param cores - The cores, which differ from those of `auth` and `api` if each request has its own environment.
 * @throws IdentityError `configuration` for invalid arguments.
 */
export function sessionOrBearerGuard<User>(
  { auth, api }: SessionOrBearerOwners<User>,
  given: readonly unknown[],
  cores: { readonly web: WebAuth<User>; readonly api: WebApi } = {
    web: stateOf(auth).webOf(),
    api: apiOf(api),
  },
): GuardedRoute<SessionOrBearerContext<User>> {
  assertCanStart(cores.api)
  const { requirement, handler } = sessionOrBearerArguments(given)
  const { login, authorization } = partsOf(requirement)
  const inAuth = placeIn(auth)
  const inApi = guardsIn(api)
  return {
    handler,
    guard: sessionOrBearer({
      session: whenMounted(auth, cores.web.guard(login)),
      bearer: cores.api.guard(authorization),
      challenge: cores.api.challenge(authorization),
    }),
    store: (request, context) =>
      ((context as SessionOrBearerContext<User>).kind === 'session' ? inAuth : inApi).store(
        request,
        context,
      ),
  }
}

/** Reads the `auth.orBearer(api).required` arguments. @throws IdentityError `configuration` for invalid arguments. */
export function sessionOrBearerArguments(
  given: readonly unknown[],
): GuardArguments<EitherRequirement> {
  assertParentheses('required', given)
  return readArguments(given, checkEitherRequirement)
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

/**
 * Returns a function that creates and keeps one value for each owner, which is known only when a request arrives.
 */
export function oncePer<Owner extends object, Value>(
  create: (owner: Owner) => Value,
): (owner: Owner) => Value {
  const values = new WeakMap<Owner, Value>()
  return (owner) => getOrCreate(values, owner, () => create(owner))
}
