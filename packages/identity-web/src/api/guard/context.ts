// The context of a handler, with tokens on behalf of the user.
import {
  callApi,
  type Apis,
  type NamedApis,
  type NamedApisSource,
  type ResourceScopes,
  scopesToCall,
  type SourceOfTokens,
  type TokenSource,
  type OAuthClient,
  type UserAssertion,
  type UserAssertions,
} from '../../client/index.ts'
import { configurationError } from '../../errors.ts'
import type { EventEmitter } from '../../event-emitter.ts'
import { TOKEN_SOURCE, toTokenResult, type TokenResult } from '../../tokens.ts'
import type { LongRunning } from '../long-running.ts'
import type { ApiApplication, ApiUser, Caller, AccessTokenClaims } from '../token/caller.ts'
import { markForClient } from './on-behalf-of-errors.ts'

/**
 * The options of {@link CallerContext.fetch}: those of the global `fetch`, and the downstream API's scopes.
 *
 * @public
 */
export interface DownstreamInit extends RequestInit {
  /** The downstream API's scopes, as a list or a space-separated string. */
  readonly scopes: string | readonly string[]
}

/**
 * The properties that the context has for users and for applications. It is frozen, because requests with the same
 * token share it.
 *
 * @public
 */
export interface CallerContext {
  /** Distinguishes this context from the context of a signed-in user, whose `kind` is `'session'`. */
  readonly kind: 'bearer'
  /** The issuer's name in the option `issuers`, or `undefined` if the API has one issuer without a name. */
  readonly issuer?: string | undefined
  /** The access token's verified claims. */
  readonly claims: AccessTokenClaims
  /** The access token itself. */
  readonly token: string
  /** The client ID of the application that sent the token, from `azp`, `appid` or `client_id`. */
  readonly clientId: string | undefined
  /** The token's scopes without the API's prefix: the actions that the user allows the client. */
  readonly scopes: readonly string[]
  /** The claim `roles`, which contains the user's app roles or, in an app-only token from Microsoft, the app permissions. */
  readonly roles: readonly string[]
  /**
   * Calls another API on behalf of the user.
   *
   * If the API responds with a claims challenge (continuous access evaluation), the call is repeated once with a new
   * token, unless its body is a stream, which cannot be sent twice.
   *
   * @param url - An absolute URL, or a path such as `/me`. A path is appended to the base URL of the API that the
   *   scopes belong to: Microsoft Graph, or an API in the option `apis`. The token is sent only to https and loopback
   *   URLs, and only to that API's origin.
   * @param init - The options of the global `fetch`, and `scopes`. The `authorization` header is replaced.
   * @returns The API's response, with any status.
   * @throws IdentityError The errors of {@link CallerContext.getTokenOnBehalfOf}, and `configuration` for a URL that
   *   the token must not be sent to.
   *
   * @example
   * ```ts
   * const me = await context.fetch('/me', { scopes: ['User.Read'] })
   * ```
   */
  readonly fetch: (url: string | URL, init: DownstreamInit) => Promise<Response>
  /**
   * The APIs in the option `apis`, by name. Each has a `fetch` that calls it on behalf of the user, with the errors of
   * {@link CallerContext.getTokenOnBehalfOf}.
   */
  readonly api: NamedApis
  /**
   * Returns an access token for another API, with which a client library can call it on behalf of the user.
   *
   * The token is cached until shortly before it expires, separately for each access token and set of scopes.
   *
   * @param scopes - Scopes that belong to one API, as a list or a space-separated string.
   * @returns The token, its type, and its remaining lifetime in seconds.
   * @throws IdentityError `interaction_required` if the user must consent or sign in again. Do not catch it, so that
   *   the guard that wraps the handler can tell the client.
   * @throws IdentityError `configuration` if the credential is missing, if the caller is an application, if the scopes
   *   belong to several APIs, or if the provider does not support on-behalf-of.
   * @throws IdentityError `provider_unavailable` if the provider does not respond, and `provider_error` if it rejects
   *   the request.
   *
   * @example
   * ```ts
   * const { accessToken } = await context.getTokenOnBehalfOf(['https://graph.microsoft.com/Mail.Read'])
   * ```
   * @see {@link https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow}
   */
  readonly getTokenOnBehalfOf: (scopes: string | readonly string[]) => Promise<TokenResult>
  /**
   * Starts a long-running process, which can act for the user after the user's own token has expired.
   *
   * It requests a refresh token, and stores it encrypted in the store of the option `longRunning`.
   *
   * @param scopes - Scopes that belong to one API, as a list or a space-separated string. The process can request other
   *   scopes later.
   * @returns The key for `api.getTokenInLongRunningProcess()`. Anyone with the key can act for the user, so treat it as
   *   a secret.
   * @throws IdentityError The errors of {@link CallerContext.getTokenOnBehalfOf}, and `configuration` if the option
   *   `longRunning` is not set.
   *
   * @example
   * ```ts
   * const key = await context.startLongRunningProcess(['https://graph.microsoft.com/Mail.Read'])
   * ```
   */
  readonly startLongRunningProcess: (scopes: string | readonly string[]) => Promise<string>
}

/** The context of a handler that a client calls for a user. @public */
export interface UserContext extends CallerContext {
  /** The user. */
  readonly user: ApiUser
  /** Always `undefined`, because the caller is not an application. */
  readonly app?: undefined
  /** Always `undefined`, because the caller is not an application. */
  readonly appPermissions?: undefined
}

/** The context of a handler that an application calls without a user. @public */
export interface AppContext extends CallerContext {
  /** The application. */
  readonly app: ApiApplication
  /**
   * The actions that the application may do without a user: the claim `roles` at Microsoft, and the token's scopes at
   * other providers.
   */
  readonly appPermissions: readonly string[]
  /** Always `undefined`, because the caller is not a user. */
  readonly user?: undefined
}

/** A handler's context, in which either `context.user` or `context.app` is defined. @public */
export type AuthorizationContext = UserContext | AppContext

export type CallOnBehalf = (
  requested: ResourceScopes,
  url: URL,
  init?: RequestInit,
) => Promise<Response>

export interface CallServices {
  readonly issuer: string | undefined
  readonly apis: Apis
  readonly namedApis: NamedApisSource<CallOnBehalf>
  readonly client: OAuthClient
  readonly events: EventEmitter
  readonly fetch: typeof fetch
  /** Loads the long-running processes. @throws IdentityError `configuration` if their store is not set. */
  readonly longRunning: () => Promise<LongRunning>
  readonly now: () => number
  readonly userAssertions: UserAssertions
}

/** A verified access token and its caller. */
interface VerifiedCall {
  readonly token: string
  readonly claims: AccessTokenClaims
  readonly caller: Caller
}

export function toContext(
  services: CallServices,
  { token, claims, caller }: VerifiedCall,
): AuthorizationContext & SourceOfTokens {
  const { apis, client, fetch, issuer, longRunning, namedApis, now, userAssertions } = services
  const prefixed = client.traits.prefixedScopes

  function toAssertion(): UserAssertion {
    const { user } = caller
    if (user !== undefined) return { token, expiresAt: claims.exp, tenant: user.tid, user }
    throw configurationError(
      'The caller is an application, so the API cannot act on behalf of a user. Use api.getTokenForClient() instead. To allow only users, remove appPermissions from the route.',
    )
  }

  const onBehalfOf = <T>({ scopes }: ResourceScopes, task: (of: UserAssertion) => Promise<T>) =>
    markForClient({ ...services, token, claims, scopes }, async () => task(toAssertion()))

  const requestToken: TokenSource['getToken'] = (requested, challenge) =>
    onBehalfOf(requested, (of) => userAssertions.getAccessToken(of, requested, challenge))

  const source: TokenSource = {
    kind: 'caller',
    client,
    tenant: () => toAssertion().tenant,
    isEnded() {
      const clock = client.issuing.clock()
      return clock.now >= claims.exp + clock.tolerance
    },
    getToken: requestToken,
  }

  const call: CallOnBehalf = async (requested, url, init) =>
    callApi(
      {
        fetch,
        token: () => requestToken(requested),
        tokenForClaims: (challenge) => requestToken(requested, challenge),
      },
      url,
      init,
    )

  return Object.freeze({
    [TOKEN_SOURCE]: () => source,
    kind: 'bearer' as const,
    issuer,
    ...caller,
    claims,
    token,
    api: namedApis.shared ?? namedApis.of(call),
    async fetch(url: string | URL, { scopes, ...init }: DownstreamInit = { scopes: [] }) {
      const requested = scopesToCall(scopes, prefixed)
      return call(requested, apis.toUrl(url, requested), init)
    },
    async getTokenOnBehalfOf(scopes: string | readonly string[]) {
      return toTokenResult(await requestToken(scopesToCall(scopes, prefixed)), now())
    },
    async startLongRunningProcess(scopes: string | readonly string[]) {
      const requested = scopesToCall(scopes, prefixed)
      return onBehalfOf(requested, async (of) => (await longRunning()).start(of, requested))
    },
  })
}
