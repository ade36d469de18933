import { deriveKey, decryptString, encryptString, type EncryptionKey } from '#aes'
import type { MaybePromise } from '../maybe-promise.ts'

/** Seals and opens the values of one slot. What was sealed for another slot never opens. */
export interface Encryption {
  encrypt(value: unknown): MaybePromise<string>
  /** `undefined` for whatever was not sealed here: tampered, truncated, foreign, of another slot. */
  decrypt(sealed: string): MaybePromise<unknown>
}

/**
 * Makes the sealer of one slot: AES-256-GCM under keys by HKDF-SHA-256 (RFC 5869).
 *
 * @param secrets - The key ring: the first seals, all open, so that a secret can be replaced without
 *   signing anybody out.
 * @param slot - What is sealed and where it lives (purpose, client and cookie name). It is part of the
 *   key, so a value can't be replayed in another place (CVE-2023-48309).
 */
export function createEncryption(secrets: readonly string[], slot: string): Encryption {
  const keys = secrets.map((secret) => deriveKey(secret, `identity-web v1 ${slot}`))

  function tryKey(sealed: string, index: number): MaybePromise<unknown> {
    const key = keys[index]
    if (key === undefined) return undefined
    const text = decryptString(key, sealed) as MaybePromise<string | undefined>
    if (text instanceof Promise) {
      return text.then((opened) =>
        opened === undefined ? tryKey(sealed, index + 1) : (JSON.parse(opened) as unknown),
      )
    }
    return text === undefined ? tryKey(sealed, index + 1) : (JSON.parse(text) as unknown)
  }

  return {
    encrypt: (value) => encryptString(keys[0] as EncryptionKey, JSON.stringify(value)),
    decrypt: (sealed) => tryKey(sealed, 0),
  }
}
