// AES-256-GCM with WebCrypto.
import { fromBase64Url, toBase64Url } from '../base64.ts'

// AES-256-GCM with WebCrypto, for all runtimes except Node.js. The output has the same format as that of aes-node.ts.

/** A promise of a 256-bit key. WebCrypto derives keys asynchronously. */
export type EncryptionKey = Promise<CryptoKey>

const VERSION = new Uint8Array([1])
const IV_BYTES = 12
const TAG_BYTES = 16
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** The longest `info` of HKDF in Node.js, in bytes. */
const MAX_INFO = 1024

/**
 * Derives a key from a secret with HKDF-SHA-256. The settings in `info` can have any length, so a long `info` is
 * hashed.
 */
export async function deriveKey(secret: string, info: string): EncryptionKey {
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, [
    'deriveKey',
  ])
  const whole = encoder.encode(info)
  const bytes = whole.length > MAX_INFO ? await crypto.subtle.digest('SHA-256', whole) : whole
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: bytes },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

/** Encrypts a string. Returns the version byte, the IV, the ciphertext and the authentication tag, in base64url. */
export async function encryptString(key: EncryptionKey, value: string): Promise<string> {
  const plain = encoder.encode(value)
  // The IV depends on the value too, because copies of a machine can have the same random bytes.
  const seed = new Uint8Array(IV_BYTES + plain.length)
  crypto.getRandomValues(seed.subarray(0, IV_BYTES))
  seed.set(plain, IV_BYTES)
  const iv = new Uint8Array(await crypto.subtle.digest('SHA-256', seed), 0, IV_BYTES)
  const parameters = { name: 'AES-GCM', iv, additionalData: VERSION }
  const body = await crypto.subtle.encrypt(parameters, await key, plain)
  const bytes = new Uint8Array(1 + IV_BYTES + body.byteLength)
  bytes.set(VERSION)
  bytes.set(iv, 1)
  bytes.set(new Uint8Array(body), 1 + IV_BYTES)
  return toBase64Url(bytes)
}

/**
 * Decrypts a string.
 *
 * @returns `undefined` if `encryptString` did not create the value with this key.
 */
export async function decryptString(
  key: EncryptionKey,
  encrypted: string,
): Promise<string | undefined> {
  try {
    const bytes = fromBase64Url(encrypted)
    if (bytes === undefined || bytes.length < 1 + IV_BYTES + TAG_BYTES || bytes[0] !== VERSION[0])
      return undefined
    const iv = bytes.subarray(1, 1 + IV_BYTES)
    const parameters = { name: 'AES-GCM', iv, additionalData: VERSION }
    const value = await crypto.subtle.decrypt(parameters, await key, bytes.subarray(1 + IV_BYTES))
    return decoder.decode(value)
  } catch {
    return undefined
  }
}
