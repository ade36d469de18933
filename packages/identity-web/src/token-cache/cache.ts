// Finds a token in the store, or requests it once for all servers.
import {
  toAccessToken,
  type CachedToken,
  type SharedRequest,
  type SharedTokens,
  type TokenCacheServices,
  type TokenResponse,
} from '../client/index.ts'
import { tries, type ReliableLock } from '../reliable-store.ts'
import { storeKeyOf } from './key.ts'
import type { SharedTokensSettings } from './options.ts'
import { createStoredTokens, type StoredTokens } from './stored-tokens.ts'

/** The maximum time in seconds that a request waits for another server that requests the same token. */
const WAIT_SECONDS = 1
/**
 * The part of a token's lifetime after which the token is requested again, unless the provider's response contains a
 * time.
 */
const REFRESH_AFTER = 0.9

/** One application's shared cache. */
interface SharedCache {
  readonly tokens: StoredTokens
  readonly services: TokenCacheServices
}

/** A request with its token's key. */
interface KeyedRequest {
  readonly key: string
  readonly request: SharedRequest
  /** The newest token that this process knew when the request arrived. */
  readonly before: CachedToken | undefined
}

/**
 * Creates one application's shared cache. The process's memory, which is read before this function is called, contains
 * the tokens too.
 */
export function createSharedTokens(
  settings: SharedTokensSettings,
  services: TokenCacheServices,
): SharedTokens {
  const tokens = createStoredTokens(settings, services)
  const cache: SharedCache = { tokens, services }

  return async (request) => {
    const key = await keyOf(request)
    const keyed: KeyedRequest = { key, request, before: request.memory.get() }
    if (request.challenge !== undefined) {
      await tokens.reject(key, request.challenge.rejectedToken)
      return ask(cache, keyed)
    }
    if (tokens.isDown()) {
      tokens.probe()
      return ask(cache, keyed)
    }
    try {
      const stored = await readUsable(cache, keyed)
      if (stored !== undefined) return stored
    } catch {
      return ask(cache, keyed)
    }
    return askOnce(cache, keyed)
  }
}

/**
 * Reads a token that this process can use, except the token that it already has, because a new token is needed.
 */
async function readUsable(
  { tokens, services: { now } }: SharedCache,
  { key, request, before }: KeyedRequest,
): Promise<CachedToken | undefined> {
  const stored = await tokens.read(key, request.memory)
  if (stored === undefined || now() >= stored.expiresAt) return undefined
  const isOther = stored.token.token !== before?.token.token
  return isOther || now() < stored.token.refreshAt ? stored : undefined
}

/** Asks the provider, unless another server is asking for the same token and stores it within a second. */
async function askOnce(cache: SharedCache, keyed: KeyedRequest): Promise<CachedToken> {
  const { lock: acquire } = cache.tokens
  if (acquire === undefined) return ask(cache, keyed)
  const { timeoutSeconds } = keyed.request.client.issuing.transport
  for await (const _ of tries(WAIT_SECONDS)) {
    // In one round trip. The read comes second, so it finds the token from a server that has just released the lock.
    const [locked, read] = await Promise.allSettled([
      acquire(keyed.key, timeoutSeconds + WAIT_SECONDS),
      readUsable(cache, keyed),
    ])
    const lock = locked.status === 'fulfilled' ? locked.value : undefined
    try {
      if (read.status === 'fulfilled' && read.value !== undefined) return read.value
      const hasFailed = locked.status === 'rejected' || read.status === 'rejected'
      if (lock !== undefined || hasFailed) return await ask(cache, keyed, lock)
    } finally {
      // If the release fails, the lock expires.
      lock?.release().catch(() => undefined)
    }
  }
  return ask(cache, keyed)
}

/** Asks the provider, and stores the token for the other servers. */
async function ask(
  { tokens, services }: SharedCache,
  { key, request }: KeyedRequest,
  lock?: ReliableLock,
): Promise<CachedToken> {
  const { memory } = request
  const before = memory.get()
  const claims = request.challenge?.claims ?? before?.claims
  const response = await request.send(claims)
  const newest = memory.get()
  // Meanwhile, another request got a token with the claims that an API requires.
  const isOvertaken = newest !== before && services.now() < (newest?.expiresAt ?? 0)
  if (newest !== undefined && isOvertaken && request.challenge === undefined) return newest
  const token = {
    ...toCachedToken(request, response, services),
    revision: (newest?.revision ?? 0) + 1,
    savedAt: services.now(),
    claims,
  }
  memory.set(token)
  await tokens.save(key, token, lock)
  return token
}

async function keyOf({ kind, client, requested, assertion }: SharedRequest): Promise<string> {
  const { token_endpoint: tokenEndpoint } = await client.issuing.metadata()
  return storeKeyOf({
    kind,
    tokenEndpoint,
    clientId: client.clientId,
    resource: requested.resource,
    scopes: client.traits.ignoresCase
      ? requested.names.map((name) => name.toLowerCase())
      : requested.names,
    assertion: assertion?.digest ?? null,
  })
}

/**
 * Returns a token with the time until which a server may use it. This is a little before this token or the caller's
 * token expires, because the clocks of servers differ.
 */
function toCachedToken(
  { client, requested, assertion }: SharedRequest,
  response: TokenResponse,
  { now, clockToleranceSeconds }: TokenCacheServices,
): CachedToken {
  const issuedAt = now()
  const token = toAccessToken(client, response, requested)
  const ownEnd = safeEnd(token.expiresAt)
  const end = assertion === undefined ? ownEnd : Math.min(ownEnd, safeEnd(assertion.expiresAt))
  const { refreshInSeconds } = response
  const refreshAt =
    refreshInSeconds === undefined
      ? issuedAt + (ownEnd - issuedAt) * REFRESH_AFTER
      : token.refreshAt
  return { expiresAt: end, token: { ...token, refreshAt: Math.min(Math.floor(refreshAt), end) } }

  /**
   * Returns an earlier end for a token, but at most a fifth of the lifetime is lost, because a token with a short
   * lifetime would otherwise be unusable.
   */
  function safeEnd(expiresAt: number): number {
    const lifetime = Math.max(0, expiresAt - issuedAt)
    return Math.floor(expiresAt - Math.min(clockToleranceSeconds, lifetime / 5))
  }
}
