import type { AuthorizationContext } from '../api/index.ts'
import type { RegisteredUser } from '../registered-user.ts'
import type { Claims, LoginContext, TokenContext } from '../web/index.ts'

/**
 * The context of a signed-in user behind any guard of `Auth`. It contains the properties of {@link TokenContext} only
 * if the guard requires scopes. If the guard does not require scopes, `fetch` throws an error that tells you to set
 * `scopes`.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export interface SessionContext<User = Claims>
  extends
    LoginContext<User>,
    Pick<TokenContext<User>, 'fetch'>,
    Partial<Omit<TokenContext<User>, 'fetch' | keyof LoginContext>> {}

/**
 * The property `identity` of a request behind a guard that runs as middleware or as a hook. Its `kind` distinguishes a
 * signed-in user from a caller with an access token.
 *
 * The type is the same for all requests, so TypeScript cannot infer the user. The user has the type that you declare as
 * `user` in `Register`, or else `unknown`. `auth.contextOf(req)` and `api.contextOf(req)` return the inferred type.
 * @public
 */
export type RequestIdentity = SessionContext<RegisteredUser> | AuthorizationContext

/** Stores the context of a guard on a request, for `contextOf`. */
export type StoreContext = (request: object, context: object) => void

/**
 * The place of the contexts that the guards of one `Auth` or `ApiAuth` store on requests.
 *
 * It is a property whose symbol only this object knows. An entry of a `WeakMap` would cost each guarded request several
 * times as much.
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
