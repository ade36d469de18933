import type { Claims } from '../../session/index.ts'
import type { TokenResult } from '../../tokens.ts'

/**
 * What a guarded handler knows of its user.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 * @public
 */
export interface LoginContext<User = Claims> {
  /** What `onLogin` returned; the ID token's claims without it. Frozen: requests share it. */
  readonly user: User
  /** The ID token's claims. */
  readonly claims: Claims
}

/**
 * What a handler guarded with scopes has besides: an access token for them, and a `fetch` that sends it.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 * @public
 */
export interface TokenContext<User = Claims> extends LoginContext<User>, TokenResult {
  /**
   * Calls an API with the access token. An API that wants a token with other claims (continuous access evaluation,
   * authentication contexts) gets one, and the call is made again, once; a body that is a stream can't be sent twice.
   *
   * @param input - Where to; `endpoint` of the options without it. Only https and loopback get the token.
   * @param init - As for the global `fetch`; its `authorization` header is replaced.
   * @returns The API's answer, whatever its status.
   * @throws IdentityError `configuration` when the token must not be sent there; `interaction_required` when the API's
   *   claims need the user. Let it through: the guard that wraps the handler sends the user to the provider.
   *
   * @example
   * ```ts
   * const answer = await context.fetch('https://graph.microsoft.com/v1.0/me')
   * ```
   */
  readonly fetch: (input?: string | URL, init?: RequestInit) => Promise<Response>
}
