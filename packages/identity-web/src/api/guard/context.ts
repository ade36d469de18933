import {
  callApi,
  scopesToCall,
  type ClaimsChallenge,
  type UserAssertion,
} from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import { toTokenResult, type AccessToken, type TokenResult } from '../../tokens.ts'
import type { ApiRuntime } from '../runtime.ts'
import type { ApiApplication, ApiUser, Caller } from '../token/caller.ts'
import type { AccessTokenClaims } from '../token/claims.ts'
import { relayed } from './relay.ts'

/** How {@link CallerContext.fetch} calls: as `fetch` does, and with the scopes of the API that is called. @public */
export interface DownstreamInit extends RequestInit {
  /** Scopes of the API that is called, as a list or separated by spaces. */
  readonly scopes: string | readonly string[]
}

/**
 * What a guarded handler knows of whoever calls, users and applications alike. Frozen: requests with the same token
 * share it.
 *
 * @public
 */
export interface CallerContext {
  /** The access token's claims, verified. */
  readonly claims: AccessTokenClaims
  /** The access token itself. */
  readonly token: string
  /** The client that got the token: `azp`, `appid` or `client_id`. */
  readonly clientId: string | undefined
  /** What the user lets the client do: the token's scopes, without the API's prefix. */
  readonly scopes: readonly string[]
  /** The app roles of the application, or of the user. */
  readonly roles: readonly string[]
  /**
   * Calls another API on behalf of the user. An API that wants a token with other claims (continuous access
   * evaluation) gets one, and the call is made again, once; a body that is a stream can't be sent twice.
   *
   * @param url - Where to. Only https and loopback get the token.
   * @param init - As for the global `fetch`, and the scopes; its `authorization` header is replaced.
   * @returns The API's answer, whatever its status.
   * @throws IdentityError as {@link CallerContext.getTokenOnBehalfOf}, and `configuration` when the token must
   *   not be sent there.
   *
   * @example
   * ```ts
   * const me = await context.fetch('https://graph.microsoft.com/v1.0/me', { scopes: ['User.Read'] })
   * ```
   */
  readonly fetch: (url: string | URL, init: DownstreamInit) => Promise<Response>
  /**
   * Gets an access token of another API on behalf of the user (on-behalf-of), for a client library. It is kept until
   * shortly before it expires, for this very token and these scopes.
   *
   * @param scopes - Of one API, as a list or separated by spaces.
   * @returns The token, and for how many seconds it is good.
   * @throws IdentityError `interaction_required` when the user has to consent or do another step: let it
   *   through, the guard that wraps the handler tells the client. `configuration` without a credential, for an
   *   application's call, for scopes of several APIs and where the provider has no on-behalf-of;
   *   `provider_unavailable` when the provider can't answer now; `provider_error` when it refuses.
   * @see {@link https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow}
   */
  readonly getTokenOnBehalfOf: (scopes: string | readonly string[]) => Promise<TokenResult>
  /**
   * Begins a process that goes on for the user when their token is gone: asks for a refresh token and keeps it, sealed,
   * in the store of `longRunning`.
   *
   * @param scopes - Of one API, as a list or separated by spaces; others can be asked for later.
   * @returns The key for `api.getTokenInLongRunningProcess()`. Whoever has it can act for the user: keep it as a secret.
   * @throws IdentityError as {@link CallerContext.getTokenOnBehalfOf}, and `configuration` without `longRunning`.
   */
  readonly startLongRunningProcess: (scopes: string | readonly string[]) => Promise<string>
}

/** What a guarded handler knows of the user that a client calls for. @public */
export interface UserContext extends CallerContext {
  /** The user. */
  readonly user: ApiUser
  /** No application calls for itself. */
  readonly app?: undefined
}

/** What a guarded handler knows of an application that calls for itself. @public */
export interface AppContext extends CallerContext {
  /** The application. */
  readonly app: ApiApplication
  /** There is no user. */
  readonly user?: undefined
}

/** Whoever calls: `context.user` or `context.app` tells which of the two. @public */
export type AuthorizationContext = UserContext | AppContext

/** Everything that a context is made of. */
export interface ContextParts {
  readonly token: string
  readonly claims: AccessTokenClaims
  readonly caller: Caller
}

export function toContext(
  runtime: ApiRuntime,
  { token, claims, caller }: ContextParts,
): AuthorizationContext {
  const { client, userAssertions, longRunning, now } = runtime
  const prefixed = client.traits.prefixedScopes

  function toAssertion(): UserAssertion {
    if (caller.user !== undefined) return { token, tenant: caller.user.tid, user: caller.user }
    throw new IdentityError(
      'configuration',
      'An application called with a token of its own, so there is no user to act for. Use api.getTokenForClient(), or set userOnly for the route.',
    )
  }

  function acquire(
    scopes: string | readonly string[],
    challenge?: ClaimsChallenge,
  ): Promise<AccessToken> {
    return relayed(async () => {
      const wanted = scopesToCall(scopes, prefixed)
      return userAssertions.acquire(toAssertion(), wanted, challenge)
    })
  }

  return Object.freeze({
    ...caller,
    claims,
    token,
    async fetch(url: string | URL, { scopes, ...init }: DownstreamInit = { scopes: [] }) {
      return callApi(
        {
          fetch: runtime.options.fetch,
          token: () => acquire(scopes),
          answer: (challenge) => acquire(scopes, challenge),
        },
        url,
        init,
      )
    },
    async getTokenOnBehalfOf(scopes: string | readonly string[]) {
      return toTokenResult(await acquire(scopes), now())
    },
    startLongRunningProcess: (scopes: string | readonly string[]) =>
      relayed(async () => longRunning.start(toAssertion(), scopes)),
  })
}
