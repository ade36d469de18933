// Encrypts values for one purpose, with secrets that rotate.
import { decryptString, deriveKey, encryptString, type EncryptionKey } from '#aes'
import { andThen, type MaybePromise } from '../maybe-promise.ts'

/** Encrypts and decrypts values for one purpose. On Node.js, the results are not promises. */
export interface Encryption {
  /** Encrypts a value that JSON can represent. The result contains only characters that cookies and URLs allow. */
  encrypt(value: unknown): MaybePromise<string>
  /**
   * Decrypts a value.
   *
   * @returns `undefined` if the string was changed or truncated, or was encrypted with another secret or for another
   *   purpose.
   */
  decrypt(encrypted: string): MaybePromise<unknown>
}

/**
 * Returns the purpose of an encryption.
 *
 * @param kind - The kind of value.
 * @param belongings - The owners of the value, such as the client and the origin. A value can be decrypted only with
 *   the same list.
 */
export function encryptionPurpose(kind: string, ...belongings: readonly string[]): string {
  // JSON separates the parts unambiguously.
  return JSON.stringify([kind, ...belongings])
}

/**
 * Creates the encryption for one purpose. It uses AES-256-GCM with keys that HKDF-SHA-256 (RFC 5869) derives.
 *
 * @param secrets - The first secret encrypts new values. Every secret of the list can decrypt values, so that you can
 *   replace a secret without signing users out.
 * @param purpose - The purpose, see {@link encryptionPurpose}. The key depends on it, so a value of one purpose cannot
 *   be used for another (CVE-2023-48309).
 */
export function createEncryption(secrets: readonly string[], purpose: string): Encryption {
  const keys = secrets.map((secret) => deriveKey(secret, `identity-web v1 ${purpose}`))

  function tryKey(encrypted: string, index: number): MaybePromise<unknown> {
    const key = keys[index]
    if (key === undefined) return undefined
    return andThen(decryptString(key, encrypted) as MaybePromise<string | undefined>, (json) =>
      json === undefined ? tryKey(encrypted, index + 1) : (JSON.parse(json) as unknown),
    )
  }

  return {
    encrypt: (value) => encryptString(keys[0] as EncryptionKey, JSON.stringify(value)),
    decrypt: (encrypted) => tryKey(encrypted, 0),
  }
}
