// The interface of a cache that servers share.
import type { ExpiringEntry } from '../caches.ts'
import type { ClaimsRequest } from '../errors.ts'
import type { EventEmitter } from '../event-emitter.ts'
import type { Environment } from '../host-traits.ts'
import type { SessionStore } from '../store.ts'
import type { AccessToken } from '../tokens.ts'
import type { ClaimsChallenge } from './challenges.ts'
import type { OAuthClient } from './oauth-client.ts'
import type { ResourceScopes } from './scopes.ts'
import type { TokenResponse } from './token-response.ts'
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
  /** The SHA-256 hash of the token that a client called this API with, only for `obo`. */
  readonly assertion?: { readonly digest: string; readonly expiresAt: number } | undefined
  readonly challenge: ClaimsChallenge | undefined
  /** This process's memory for the token. A shared cache adds the tokens that it gets. */
  readonly memory: {
    get(): CachedToken | undefined
    set(token: CachedToken): void
  }
  /** Asks the provider. */
  send(claims: ClaimsRequest | undefined): Promise<TokenResponse>
}

/** A token, and the time until which this process may use it. */
export interface CachedToken extends ExpiringEntry {
  readonly token: AccessToken
  /** The claims from the claims challenge that the token satisfies. */
  readonly claims?: ClaimsRequest | undefined
  /** The number of tokens that the servers stored before this one, and this one. Set only if they share tokens. */
  readonly revision?: number
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
