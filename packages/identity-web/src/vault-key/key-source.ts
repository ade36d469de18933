// Reads the key again when it rolls over.
import type {
  ClientAssertionRequest,
  NamedSettings,
} from '../client/credential/client-credential.ts'
import { configurationError } from '../errors.ts'
import { isObject } from '../own.ts'
import { callCode, within, type CodeOwner } from './application-code.ts'
import { loadKey, type LoadedKey } from './loaded-key.ts'
import { keyProblems, type ReadKey, type VaultKey } from './options.ts'

export interface KeySource {
  /** Returns the key that signs a request's assertion. A function needs the request. */
  get(request?: ClientAssertionRequest): Promise<LoadedKey>
  /** Reads the key again, and returns `undefined` if it did not change. */
  reload(request: ClientAssertionRequest, used: LoadedKey): Promise<LoadedKey | undefined>
}

/** How many milliseconds pass before a key is read again. */
const HOUR = 3_600_000

/** Reads a key, which can be a function's result, and whose certificate can be a file. */
export function createKeySource(
  key: VaultKey | ReadKey,
  settings: NamedSettings,
  owner: CodeOwner,
): KeySource {
  const isFunction = typeof key === 'function'
  const subject = `The function in vaultKey() of ${settings.name}`
  const name = isFunction ? `${settings.name}()` : settings.name
  let current: LoadedKey | undefined
  let readAgainAt = 0
  let pending: Promise<LoadedKey> | undefined

  async function read(request?: ClientAssertionRequest): Promise<LoadedKey> {
    const before = current
    const value: unknown = isFunction
      ? await callCode(owner, subject, () => key(request as ClientAssertionRequest))
      : key
    if (!isObject(value)) {
      throw configurationError(
        `${subject} returned ${value === null ? 'null' : typeof value}. It must return { certificate, sign }.`,
      )
    }
    const [problem] = keyProblems(value, name)
    if (problem !== undefined) throw configurationError(problem)
    const loaded = await loadKey(value as unknown as VaultKey, { ...settings, name }, owner)
    readAgainAt = Date.now() + HOUR
    // Requests that started at the same time share the first key, and its assertion.
    if (current === undefined || current === before) current = loaded
    return current
  }

  // A function that reads a key can need three requests: for a token, for the certificate and for the key.
  const limit = (reading: Promise<LoadedKey>): Promise<LoadedKey> =>
    within(3 * settings.timeoutSeconds, subject, reading)

  return {
    async get(request) {
      if (current === undefined) return limit(read(request))
      if (Date.now() < readAgainAt) return current
      // If the vault is down, the next attempt is in an hour, because the key is probably still valid.
      readAgainAt = Date.now() + HOUR
      const known = current
      return limit(read(request)).catch(() => known)
    },
    async reload(request, used) {
      // Another request may have read it already.
      if (current !== undefined && current !== used) return current
      const reading = (pending ??= read(request))
      try {
        const next = await limit(reading)
        // A function can return the same certificate with another version of the key.
        return next.given === used.given && next.header === used.header ? undefined : next
      } finally {
        if (pending === reading) pending = undefined
      }
    },
  }
}
