// The context of a handler.
import { configurationError } from '../../errors.ts'
import type { NamedApis } from '../../client/index.ts'
import type { Claims } from '../../session/index.ts'
import type { TokenResult } from '../../tokens.ts'

/**
 * The claims that the provider's UserInfo endpoint returned about the session's user.
 *
 * @public
 */
export type UserInfo = Readonly<Record<string, unknown>> & {
  /** The user's ID, which is the same as in the ID token. */
  readonly sub: string
}

/**
 * The context that a guarded handler receives.
 *
 * @typeParam User - The type that `onLogin` returns, or the type of the claims if `onLogin` is not set.
 * @public
 */
export interface LoginContext<User = Claims> {
  /** Distinguishes this context from the one for a caller with an access token, whose `kind` is `'bearer'`. */
  readonly kind: 'session'
  /**
   * The result of `onLogin`, or the ID token's claims if `onLogin` is not set. The object is frozen, because several
   * requests share it.
   */
  readonly user: User
  /** The ID token's claims. */
  readonly claims: Claims
  /** The user's app roles, from the claim `roles`. The list is empty if the ID token does not contain roles. */
  readonly roles: readonly string[]
  /** The APIs in the option `apis`, by name. Each has a `fetch` that sends an access token for its scopes. */
  readonly api: NamedApis
  /**
   * Reads the user's current claims from the provider's UserInfo endpoint, with one request for each call.
   *
   * You need it only for claims that change while the user is signed in, because the option `userInfo` of `Auth` adds
   * the name and the e-mail address to `user` at sign-in.
   *
   * @returns The claims. Their `sub` is the same as the `sub` of the session.
   * @throws IdentityError `configuration` if the provider does not have this endpoint; `interaction_required` if the user
   *   must sign in again; `provider_error` or `provider_unavailable` if the provider does not return the claims.
   *
   * @example
   * ```ts
   * const { picture } = await context.userInfo()
   * ```
   */
  readonly userInfo: () => Promise<UserInfo>
}

/**
 * The context that a guarded handler with scopes receives. It adds an access token for the scopes, and a `fetch` that
 * sends the token.
 *
 * @typeParam User - The type that `onLogin` returns, or the type of the claims if `onLogin` is not set.
 * @public
 */
export interface TokenContext<User = Claims> extends LoginContext<User>, TokenResult {
  /**
   * Calls an API with the access token.
   *
   * If the API requires a token with other claims (continuous access evaluation, authentication contexts), this
   * function gets such a token and calls the API once more, unless the body is a stream.
   *
   * @param input - An absolute URL, or a path such as `/me`. A path is appended to the base URL of the API that the
   *   scopes belong to: Microsoft Graph, or one in the option `apis`. The token is sent only to that API's origin, and
   *   only if it is https or localhost.
   * @param init - The options of the global `fetch`. The `authorization` header is replaced.
   * @returns The API's response, with any status.
   * @throws IdentityError `configuration` if the token must not be sent to this URL; `interaction_required` if the user
   *   must sign in again. Do not catch `interaction_required`, because the guard then sends the user to the provider.
   *
   * @example
   * ```ts
   * const response = await context.fetch('/me')
   * ```
   */
  readonly fetch: (input: string | URL, init?: RequestInit) => Promise<Response>
}

/**
 * The `context.fetch` of a route without scopes. It throws an error for JavaScript and for `contextOf`, because only
 * TypeScript knows that such a handler does not have `fetch`.
 */
export async function fetchWithoutToken(): Promise<never> {
  throw configurationError(
    "context.fetch() has no access token, because this route does not require scopes. Set the scopes of the API on the route, for example loginRequired({ scopes: ['User.Read'] }). For an API in the option apis, call context.api.NAME.fetch() instead.",
  )
}
