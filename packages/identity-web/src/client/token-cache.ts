import { addCacheEntry, type ExpiringEntry } from '../caches.ts'
import type { ClaimsRequest } from '../errors.ts'
import type { EventEmitter } from '../event-emitter.ts'
import type { Environment } from '../host-traits.ts'
import type { SessionStore } from '../store.ts'
import type { AccessToken } from '../tokens.ts'
import type { ClaimsChallenge } from './challenges.ts'
import type { OAuthClient } from './oauth-client.ts'
import type { ResourceScopes } from './scopes.ts'
import { toAccessToken, type TokenResponse } from './token-response.ts'
import { defineSeam, type Seam } from '../seam.ts'

// An application's servers can share tokens. The function that describes the shared cache brings its code along, so
// that other applications do not bundle it.

/**
 * The cache for tokens that all your application's servers share, which `sharedTokens()` returns.
 *
 * @example
 * ```ts
 * import { sharedTokens } from 'identity-web/token-cache'
 *
 * const tokenCache: TokenCache = sharedTokens({ store: redisStore(redis) })
 * ```
 * @public
 */
export interface TokenCache {
  /** The name of the function that returned the object. */
  readonly name: string
}

/** A token request whose result servers can share. */
export interface SharedRequest {
  /** The kind of token: `'app'` for an app-only token, `'obo'` for a token on behalf of a user. */
  readonly kind: 'app' | 'obo'
  readonly client: OAuthClient
  readonly requested: ResourceScopes
  /** The token that a client called this API with, only for `obo`. */
  readonly assertion?: { readonly token: string; readonly expiresAt: number } | undefined
  readonly challenge?: ClaimsChallenge | undefined
  /** Asks the provider. */
  send(claims: ClaimsRequest | undefined): Promise<TokenResponse>
}

/** A token, and the time until which this process may use it. */
export interface CachedToken extends ExpiringEntry {
  readonly token: AccessToken
}

/** Returns a token that another server got, or a new one. */
export type SharedTokens = (request: SharedRequest) => Promise<CachedToken>

/** The application's other settings, which a shared cache needs to check its own settings. */
export interface TokenCacheNeeds {
  readonly variables: Environment
  /** The store and secrets that an `Auth` uses for sessions, which are the defaults, or `undefined` for the other classes. */
  readonly session?:
    | {
        readonly store: SessionStore | undefined
        readonly secrets: readonly string[]
      }
    | undefined
}

/** The services that a shared cache uses. */
export interface TokenCacheServices {
  readonly events: EventEmitter
  /** The accepted difference between the servers' clocks, in seconds. */
  readonly clockToleranceSeconds: number
  /** Returns the Unix time in seconds. */
  readonly now: () => number
}

/** The option `tokenCache` in a process's environment. */
export interface ResolvedTokenCache {
  readonly problems: readonly string[]
  /** The store, which the command `doctor` checks, or `undefined` if there are problems. */
  readonly store: SessionStore | undefined
  connect(services: TokenCacheServices): SharedTokens
}

/** Checks a shared cache's settings. */
export type ResolveTokenCache = (needs: TokenCacheNeeds) => ResolvedTokenCache

export const TOKEN_CACHE: Seam<ResolveTokenCache> = /* @__PURE__ */ defineSeam('token-cache')

/** Returns a token that the servers share, or asks the provider if they do not share tokens. */
export async function obtainToken(
  shared: SharedTokens | undefined,
  request: SharedRequest,
): Promise<CachedToken> {
  if (shared !== undefined) return shared(request)
  const response = await request.send(request.challenge?.claims)
  const token = toAccessToken(request.client, response, request.requested)
  return { token, expiresAt: token.expiresAt }
}

/** After how many seconds a background request may be repeated. */
const PAUSE_SECONDS = 30

/**
 * Returns a function that starts requests in the background, one for each key. Other requests do not wait for these,
 * because Cloudflare Workers cancels a background request when the request that started it ends, so that its promise
 * never settles.
 */
export function createBackgroundRequests(
  now: () => number,
): (key: string, send: () => Promise<unknown>) => void {
  const started = new Map<string, ExpiringEntry>()
  return (key, send) => {
    if (now() < (started.get(key)?.expiresAt ?? 0)) return
    addCacheEntry(key, { expiresAt: now() + PAUSE_SECONDS }, { in: started, now: now() })
    send().catch(() => undefined)
  }
}
