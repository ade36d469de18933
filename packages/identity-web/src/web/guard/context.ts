import type { ResourceScopes } from '../../client/index.ts'
import type { Claims, Session } from '../../session/index.ts'
import type { AccessToken, TokenResult } from '../../tokens.ts'
import type { HttpContext } from '../../http-context.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { callDownstream, type DownstreamCalls } from './downstream.ts'

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

/** Who was let in, with the token that the route wanted. */
export interface Admitted {
  readonly session: Session
  readonly token?: AccessToken | undefined
  readonly wanted?: ResourceScopes | undefined
}

export function toContext<User>(
  runtime: WebRuntime<User>,
  http: HttpContext,
  { session, token, wanted }: Admitted,
): LoginContext<User> | TokenContext<User> {
  const user = toUser<User>(session)
  const { claims } = session
  if (token === undefined || wanted === undefined) return { user, claims }
  const calls: DownstreamCalls<User> = { runtime, http, session, wanted, token }
  // Written out: two spreads would cost more than the look-up of the token.
  return {
    user,
    claims,
    accessToken: token.token,
    tokenType: token.type,
    expiresIn: Math.max(0, token.expiresAt - runtime.now()),
    scopes: token.scopes,
    fetch: (input = runtime.options.endpoint, init) => callDownstream(calls, input, init),
  }
}

export function toUser<User>(session: Session): User {
  return (session.user ?? session.claims) as User
}
