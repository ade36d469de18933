// Adds new keys of a provider, and keeps missing ones for a while.
import { IdentityError } from '../errors.ts'
import { isSameKey, type KeySet, type ProviderKey } from './keys.ts'

/** The time in seconds for which a missing key is accepted. */
const MISSING_KEY_SECONDS = 2 * 3600
/** The same at a provider that has already published a missing key again. Entra ID's keys were missing for up to 8.5 hours. */
const RETURNING_KEY_SECONDS = 12 * 3600
const MAX_MISSING_KEYS = 20

interface FetchedKeys {
  readonly url: string
  readonly document: Record<string, unknown>
  readonly now: number
}

/**
 * Adds a fetched document to the keys of a provider.
 *
 * While a provider replaces its keys, its servers publish different sets, so that a key is missing in one document and
 * contained in the next. A missing key is therefore accepted for a limited time, unless another key has its ID, or the
 * document is empty.
 *
 * @throws IdentityError `invalid_response` if the document is not a JSON Web Key Set.
 */
export function nextKeySet(
  before: KeySet | undefined,
  { url, document, now }: FetchedKeys,
): KeySet {
  if (!Array.isArray(document.keys)) {
    throw new IdentityError('invalid_response', `The keys at ${url} are not a JSON Web Key Set.`)
  }
  const loaded = document.keys.filter(isKey)
  const ids = new Map(loaded.map((key) => [key.kid, key]))
  const earlier = before?.missing ?? new Map<ProviderKey, number>()
  const isReturned = (key: ProviderKey): boolean => isSameKey(key, ids.get(key.kid) ?? {})
  const hasReturned = before?.hasReturned === true || [...earlier.keys()].some(isReturned)
  const seconds = hasReturned ? RETURNING_KEY_SECONDS : MISSING_KEY_SECONDS
  const missing = (loaded.length === 0 ? [] : (before?.keys ?? []))
    .map((key) => [key, earlier.get(key) ?? now] as const)
    .filter(([key, since]) => !ids.has(key.kid) && Math.abs(now - since) < seconds)
    .slice(0, MAX_MISSING_KEYS)
  return {
    keys: [...loaded, ...missing.map(([key]) => key)],
    missing: new Map(missing),
    hasReturned,
  }
}

function isKey(value: unknown): value is ProviderKey {
  if (typeof value !== 'object' || value === null) return false
  const { key_ops: operations, ...strings } = value as Record<string, unknown>
  return (
    (operations === undefined || Array.isArray(operations)) &&
    ['kty', 'kid', 'use', 'alg', 'issuer', 'cloud_instance_name'].every(
      (field) => strings[field] === undefined || typeof strings[field] === 'string',
    )
  )
}
