import { fileVersion } from '#key-material'
import type {
  ClientAssertionRequest,
  NamedSettings,
} from '../client/credential/client-credential.ts'
import { configurationError } from '../errors.ts'
import { isObject } from '../own.ts'
import { callCode, within, type CodeOwner } from './application-code.ts'
import { loadKey, type LoadedKey } from './loaded-key.ts'
import { fieldProblems } from './problems.ts'
import type { VaultKey } from './vault-key.ts'

export type KeyFunction = (request: ClientAssertionRequest) => VaultKey | Promise<VaultKey>

export interface KeySource {
  /** Reads the certificate at the start. Returns `undefined` if the key comes from a function. */
  prepare(): Promise<LoadedKey | undefined>
  /** Returns the key that signs the assertion of a request. */
  get(request: ClientAssertionRequest): Promise<LoadedKey>
  /** Reads the key again. Returns `undefined` if it did not change. */
  reload(request: ClientAssertionRequest, used: LoadedKey): Promise<LoadedKey | undefined>
}

export function createKeySource(
  key: VaultKey | KeyFunction,
  settings: NamedSettings,
  owner: CodeOwner,
): KeySource {
  return typeof key === 'function'
    ? sourceOfFunction(key, settings, owner)
    : sourceOfKey(key, settings, owner)
}

/** The certificate can be a file, which is read again when it changes. */
function sourceOfKey(key: VaultKey, settings: NamedSettings, owner: CodeOwner): KeySource {
  const { certificate } = key
  const files = typeof certificate === 'string' ? { certificate } : {}
  let cached: { readonly version: string; readonly key: LoadedKey } | undefined

  async function read(): Promise<LoadedKey> {
    // The version is determined before the file is read, so that a change in between is noticed next time.
    const version = await fileVersion(files)
    if (cached?.version === version) return cached.key
    const loaded = await loadKey(key, settings, owner)
    // Requests that started at the same time share the first key, and its assertion.
    if (cached?.version !== version) cached = { version, key: loaded }
    return cached.key
  }

  async function get(): Promise<LoadedKey> {
    const known = cached?.key
    return read().catch((error: unknown) => {
      // While a file is replaced, it can be incomplete for a moment.
      if (known === undefined) throw error
      return known
    })
  }

  return {
    prepare: get,
    get,
    async reload(_request, used) {
      const current = await read()
      return current.header === used.header ? undefined : current
    },
  }
}

/** The number of milliseconds after which a function is asked for its key again. */
const HOUR = 3_600_000

function sourceOfFunction(read: KeyFunction, settings: NamedSettings, owner: CodeOwner): KeySource {
  const subject = `The function in vaultKey() of ${settings.name}`
  const name = `${settings.name}()`
  // A function that reads a key can need three requests: for a token, for the certificate and for the key.
  const seconds = 3 * settings.timeoutSeconds
  let current: LoadedKey | undefined
  let readAgainAt = 0
  let pending: Promise<LoadedKey> | undefined

  async function load(request: ClientAssertionRequest): Promise<LoadedKey> {
    const before = current
    const value: unknown = await callCode(owner, subject, () => read(request))
    if (!isObject(value)) {
      throw configurationError(
        `${subject} returned ${value === null ? 'null' : typeof value}. It must return { certificate, sign }.`,
      )
    }
    const [problem] = fieldProblems(value, name)
    if (problem !== undefined) throw configurationError(problem)
    const key = await loadKey(value as unknown as VaultKey, { ...settings, name }, owner)
    readAgainAt = Date.now() + HOUR
    // Requests that started at the same time share the first key, and its assertion.
    if (current === undefined || current === before) current = key
    return current
  }

  return {
    prepare: async () => undefined,
    async get(request) {
      if (current === undefined) return within(seconds, subject, load(request))
      if (Date.now() < readAgainAt) return current
      // If the vault is down, the next attempt is in an hour, because the key is probably still valid.
      readAgainAt = Date.now() + HOUR
      const known = current
      return within(seconds, subject, load(request)).catch(() => known)
    },
    async reload(request, used) {
      // Another request may have read it already.
      if (current !== undefined && current !== used) return current
      const loading = (pending ??= load(request))
      try {
        return await within(seconds, subject, loading)
      } finally {
        if (pending === loading) pending = undefined
      }
    },
  }
}
