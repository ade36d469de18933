// Reads and writes encrypted tokens.
import { sha256 } from '../base64.ts'
import { addCacheEntry, type ExpiringEntry } from '../caches.ts'
import type { CachedToken, SharedRequest, TokenCacheServices } from '../client/index.ts'
import { createEncryption, encryptionPurpose, type Encryption } from '../encryption/index.ts'
import type { ReliableLock } from '../reliable-store.ts'
import type { SharedTokensSettings } from './options.ts'
import { createSharedStore, type SharedStore } from './shared-store.ts'

/** A token as the store contains it in encrypted form. */
export interface StoredToken extends CachedToken {
  /** The token with the higher number is newer. */
  readonly revision: number
  /**
   * The time at which the token was stored, as Unix time in seconds, by the clock of the server that stored it.
   */
  readonly savedAt: number
}

/** The shared tokens. */
export interface StoredTokens extends Pick<SharedStore, 'isDown' | 'probe'> {
  /**
   * Acquires a lock, or returns `undefined` if another server has it. The method is not set if the store does not
   * support locks.
   */
  readonly lock: SharedStore['lock'] | undefined
  /** Records that an API rejected a token, so that the token is not used anymore. */
  reject(key: string, token: string): Promise<void>
  /**
   * Reads a token, and keeps it in the process's memory. It ignores a value that was encrypted for another key or purpose, or with another secret, or that is
   * older than a token that this process knows.
   *
   * @throws IdentityError `store_unavailable`
   */
  read(key: string, memory: SharedRequest['memory']): Promise<StoredToken | undefined>
  /** Stores a token for the other servers, without throwing. */
  save(key: string, token: StoredToken, lock: ReliableLock | undefined): Promise<void>
}

interface RejectedToken extends ExpiringEntry {
  readonly digest: string
}

/**
 * The longest lifetime that a token can have, in seconds. Entra ID issues access tokens for at most 28 hours, and only
 * to applications that support claims challenges.
 */
const MAX_LIFETIME_SECONDS = 29 * 3600

const HINTS = {
  unreadable:
    'The value cannot be decrypted. Use the same secret of sharedTokens() on all servers. While you replace the secret, keep the old secret in the list: sharedTokens({ secret: [new, old] }). If the secrets are correct, somebody changed the value.',
  replaced:
    'The value is older than a token that this process knows. The store lost its newest data, or somebody restored an old value.',
  from_future:
    'The clock of the server that stored the value is ahead, so its expiry is not known. Synchronize the clocks of all servers.',
} as const

export function createStoredTokens(
  { store: given, secrets }: SharedTokensSettings,
  { events, now, clockToleranceSeconds }: TokenCacheServices,
): StoredTokens {
  const rejected = new Map<string, RejectedToken>()
  const store = createSharedStore(given, events)
  const report = createReport(events)

  // The key is part of the purpose, so a value that was copied to another key cannot be decrypted there.
  const encryptionOf = (key: string): Encryption =>
    createEncryption(secrets, encryptionPurpose('shared token', key))

  function faultOf(token: StoredToken | undefined, revision = 0): keyof typeof HINTS | undefined {
    if (token === undefined) return 'unreadable'
    // Two clocks that agree can be in different seconds.
    if (token.savedAt > now() + clockToleranceSeconds + 1) return 'from_future'
    return token.revision < revision ? 'replaced' : undefined
  }

  async function isRejected(key: string, token: string): Promise<boolean> {
    const entry = rejected.get(key)
    return entry !== undefined && entry.digest === (await sha256(token))
  }

  return {
    isDown: store.isDown,
    probe: store.probe,
    lock: store.lock,

    async reject(key, token) {
      const entry = { digest: await sha256(token), expiresAt: now() + MAX_LIFETIME_SECONDS }
      addCacheEntry(key, entry, { in: rejected, now: now() })
    },

    async read(key, memory) {
      const [value] = await store.getMany([key])
      if (value === undefined) return undefined
      const token = (await encryptionOf(key).decrypt(value)) as StoredToken | undefined
      const fault = faultOf(token, memory.get()?.revision)
      if (fault !== undefined) report(fault, value)
      if (token === undefined || fault !== undefined) return undefined
      if (await isRejected(key, token.token.token)) return undefined
      memory.set(token)
      return token
    },

    async save(key, token, lock) {
      const seconds = token.expiresAt - now()
      if (store.isDown() || seconds <= 0) return
      try {
        const value = await encryptionOf(key).encrypt(token)
        await (lock ?? store).set(key, value, seconds)
      } catch {
        // The circuit breaker reports the outage, and this process has the token.
      }
    },
  }
}

/**
 * Reports values that were not used. A request that waits for another server reads the same value several times, so a
 * repetition is not reported.
 */
function createReport(
  events: TokenCacheServices['events'],
): (reason: keyof typeof HINTS, value: string) => void {
  let reported: string | undefined
  return (reason, value) => {
    if (value === reported) return
    reported = value
    const hint = HINTS[reason]
    const message = `A value in the store of sharedTokens() was not used. ${hint}`
    events.emit('token_cache.rejected', { level: 'warn', reason, message, hint })
  }
}
