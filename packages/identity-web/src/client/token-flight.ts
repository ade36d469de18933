// The memory of tokens of the application and on behalf of users.
import { addCacheEntry, type ExpiringEntry, getOrCreate } from '../caches.ts'
import { IdentityError } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'
import type { ClaimsChallenge } from './challenges.ts'
import type { CachedToken, SharedRequest, SharedTokens } from './token-cache.ts'
import { RETRY_PAUSE_SECONDS, toAccessToken } from './token-response.ts'

/** A call for a token. */
interface FlightCall extends Omit<SharedRequest, 'memory'> {
  /** The values that the token depends on, so that calls with the same values share a token. */
  readonly key: readonly unknown[]
}

interface FlightOptions {
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  /**
   * The tokens that the application's servers share, if they do. A shared token is requested again in the background
   * before it expires.
   */
  readonly shared: SharedTokens | undefined
  /** Returns the error of a failed call. */
  onFailure(error: unknown, challenge: ClaimsChallenge | undefined): unknown
}

interface Pause extends ExpiringEntry {
  /** The error of the last request, if only the user can change the provider's response. */
  readonly error: IdentityError | undefined
}

/**
 * The memory of one kind of tokens. Calls with the same key share one token request. A token is requested again shortly
 * before it expires, and is used until it expires if the provider does not issue another one.
 */
export class TokenFlight {
  readonly #options: FlightOptions
  readonly #tokens = new Map<string, CachedToken>()
  readonly #inFlight = new Map<string, Promise<AccessToken>>()
  readonly #pauses = new Map<string, Pause>()

  constructor(options: FlightOptions) {
    this.#options = options
  }

  async getToken(call: FlightCall): Promise<AccessToken> {
    const { now, shared } = this.#options
    const { challenge } = call
    const key = JSON.stringify(call.key)
    const valid = this.#findValid(key, challenge)
    if (valid !== undefined && now() < valid.refreshAt) return valid
    const requestKey = challenge === undefined ? key : key + JSON.stringify(challenge.claims)
    const last = this.#pauses.get(requestKey)
    if (last !== undefined && now() < last.expiresAt) {
      // The request would only replace a token that is still valid, so the next attempt can wait.
      if (valid !== undefined) return valid
      if (last.error !== undefined) throw last.error
    }
    if (shared !== undefined && valid !== undefined && challenge === undefined) {
      this.#renew(key, call)
      return valid
    }
    try {
      return await getOrCreate(this.#inFlight, requestKey, () => this.#send(key, requestKey, call))
    } catch (error) {
      // A token request before the token expires may fail, because the token is still valid.
      const still = this.#findValid(key, challenge)
      if (still !== undefined) return still
      throw error
    }
  }

  /** Returns a token that has not expired. After a challenge, it is another token, and it has the required claims. */
  #findValid(key: string, challenge: ClaimsChallenge | undefined): AccessToken | undefined {
    const known = this.#tokens.get(key)
    if (known === undefined || this.#options.now() >= known.expiresAt) return undefined
    if (challenge === undefined) return known.token
    const hasClaims = JSON.stringify(known.claims) === JSON.stringify(challenge.claims)
    return hasClaims && known.token.token !== challenge.rejectedToken ? known.token : undefined
  }

  /**
   * Requests a token in the background. No other call waits for it, because Cloudflare Workers cancels a background
   * request when the request that started it ends, so that its promise never settles.
   */
  #renew(key: string, call: FlightCall): void {
    // While a challenge is open, its token would replace the one that has the claims.
    if ([...this.#inFlight.keys()].some((requestKey) => requestKey.startsWith(`${key}{`))) return
    this.#pause(key)
    this.#obtain(key, call).catch(() => undefined)
  }

  async #send(key: string, requestKey: string, call: FlightCall): Promise<AccessToken> {
    try {
      return await this.#obtain(key, call)
    } catch (cause) {
      const error = this.#options.onFailure(cause, call.challenge)
      this.#pause(requestKey, error)
      throw error
    } finally {
      this.#inFlight.delete(requestKey)
    }
  }

  async #obtain(key: string, call: FlightCall): Promise<AccessToken> {
    const { now, shared } = this.#options
    const memory = {
      get: () => this.#tokens.get(key),
      set: (token: CachedToken) => addCacheEntry(key, token, { in: this.#tokens, now: now() }),
    }
    if (shared !== undefined) return (await shared({ ...call, memory })).token
    const { claims } = call.challenge ?? {}
    const token = toAccessToken(call.client, await call.send(claims), call.requested)
    memory.set({ token, expiresAt: token.expiresAt, claims })
    return token
  }

  #pause(requestKey: string, failure?: unknown): void {
    const needsUser = IdentityError.is(failure) && failure.code === 'interaction_required'
    const error = needsUser ? failure : undefined
    const now = this.#options.now()
    const entry = { error, expiresAt: now + RETRY_PAUSE_SECONDS }
    addCacheEntry(requestKey, entry, { in: this.#pauses, now })
  }
}
