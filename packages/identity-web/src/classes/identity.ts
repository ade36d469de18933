// Keeps the context of a request, for `contextOf`.
import type { AuthorizationContext, AuthorizationRequirement, WebApi } from '../api/index.ts'
import type { RouteGuard } from '../http-context.ts'
import type { RegisteredUser } from '../registered-user.ts'
import {
  missingApp,
  missingAuth,
  type Claims,
  type ForwardTable,
  type LoginContext,
  type TokenContext,
  type WebAuth,
} from '../web/index.ts'
import type { Calls, Host } from './calls.ts'

/**
 * The context of a signed-in user behind any `Auth` guard. It contains the properties of {@link TokenContext} only if
 * the guard requires scopes. Otherwise, `fetch` throws an error that tells you to set `scopes`.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @public
 */
export interface SessionContext<User = Claims>
  extends
    LoginContext<User>,
    Pick<TokenContext<User>, 'fetch'>,
    Partial<Omit<TokenContext<User>, 'fetch' | keyof LoginContext>> {}

/**
 * The property `identity` of a request behind a guard that runs as middleware or as a hook. `kind` distinguishes a
 * signed-in user from a caller with an access token.
 *
 * Because all requests share this type, TypeScript cannot infer the user, so the user has the type that you declare as
 * `user` in `Register`, or else `unknown`. If you need the inferred type, call `auth.contextOf(req)` or
 * `api.contextOf(req)` instead.
 * @public
 */
export type RequestIdentity = SessionContext<RegisteredUser> | AuthorizationContext

/** Stores a guard's context on a request, for `contextOf`. */
export type StoreContext = (request: object, context: object) => void

/**
 * The place where the guards of one `Auth` or `ApiAuth` store contexts on requests.
 *
 * It is a property whose symbol only this object knows, because a `WeakMap` entry would cost each guarded request
 * several times as much.
 */
export class ContextPlace<Context> {
  readonly #key = Symbol('identity-web context')

  readonly store: StoreContext = (request, context) => {
    ;(request as Record<symbol, object>)[this.#key] = context
  }

  /** Returns whether a guard has stored a context on a request. */
  has(request: unknown): boolean {
    return typeof request === 'object' && request !== null && this.#key in request
  }

  read(request: object): Context | undefined {
    return (request as Readonly<Record<symbol, Context | undefined>>)[this.#key]
  }
}

/** The state of an `Auth`. */
export interface AuthState<User, C extends Calls> {
  readonly host: Host<C>
  /** The place where the guards store contexts. */
  readonly place: ContextPlace<SessionContext<User>>
  /** `true` if an application has mounted the sign-in routes, or if they need not be mounted. */
  isMounted: boolean
  /** Returns the sign-in for a request's environment. */
  webOf(request?: unknown): WebAuth<User>
  /** The sign-in, if it does not depend on a request's environment. */
  readonly web: WebAuth<User> | undefined
  /** The forwarded paths, or `undefined` until the first one is declared. */
  forwards: ForwardTable | undefined
}

/** The place where the guards of an `ApiAuth` store contexts, and the function that checks their requirements. */
export interface ApiGuards extends Pick<ContextPlace<AuthorizationContext>, 'read' | 'store'> {
  /** Checks a requirement. @defaultValue the check of `ApiAuth` */
  checkRequirement?(requirement: unknown): AuthorizationRequirement
}

/** The state of an `ApiAuth`. */
export interface ApiState {
  readonly guards: ApiGuards
  /** Returns the API's protection for a request's environment. */
  apiOf(request?: unknown): WebApi
}

// Not members of the classes, because editors would offer them. Guards know only the states and not the classes, so a bundle
// with `ApiAuth` does not contain `Auth`, and the other way round.
export const authStates: WeakMap<object, AuthState<any, any>> = new WeakMap()
export const apiStates: WeakMap<object, ApiState> = new WeakMap()

/** An `Auth`, as this file knows it. */
interface Owner<User> {
  contextOf(request: any): SessionContext<User>
}

/** Returns the state of an `Auth`. */
export function stateOf<User>(auth: Owner<User>): AuthState<User, any> {
  return known(authStates, auth) as AuthState<User, any>
}

/** Returns the place where the guards of an `Auth` store contexts. */
export function placeIn(auth: Owner<any>): ContextPlace<unknown> {
  return stateOf(auth).place
}

/** Returns the protection of an `ApiAuth` without its framework. */
export function apiOf(api: object): WebApi {
  return known(apiStates, api).apiOf()
}

/** Returns the guards of an `ApiAuth`, which can check requirements before the options are known. */
export function guardsIn(api: object): ApiGuards {
  return known(apiStates, api).guards
}

function known<State>(states: WeakMap<object, State>, owner: object): State {
  const state = states.get(owner)
  if (state === undefined)
    throw new TypeError(
      'The object is not an Auth, ApiAuth or McpAuth of this copy of identity-web. Run npm ls identity-web, and install only one version.',
    )
  return state
}

/**
 * @param framework - The name of the framework in the entry point, such as `express` in `identity-web/express`, for the
 *   message.
 * @throws IdentityError `configuration` if no application has the sign-in routes.
 */
export function assertMounted<A extends Owner<any>>(
  auth: A | undefined,
  framework?: string,
): asserts auth is A {
  if (auth === undefined) throw framework === undefined ? missingApp() : missingAuth(framework)
  if (!stateOf(auth).isMounted) throw missingApp()
}

/**
 * Makes a guard fail if its `Auth` is not mounted, because the provider could not redirect back. Once the `Auth` is
 * mounted, requests are not checked.
 */
export function whenMounted<Context>(
  auth: Owner<any>,
  guard: RouteGuard<Context>,
): RouteGuard<Context> {
  if (stateOf(auth).isMounted) return guard
  return (http, handler) => {
    assertMounted(auth)
    return guard(http, handler)
  }
}
