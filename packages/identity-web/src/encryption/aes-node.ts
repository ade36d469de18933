// AES-256-GCM on Node.js.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomFillSync } from 'node:crypto'
import { startupSnapshot } from 'node:v8'
import { fromBase64Url } from '../base64.ts'

// AES-256-GCM with the synchronous cipher of Node.js. For cookies of a few kB, it is five times faster than WebCrypto,
// and the guard can respond without a promise. The output has the same format as that of aes-web.ts.

/** A 256-bit key. */
export type EncryptionKey = Buffer

const VERSION = Buffer.from([1])
const IV_BYTES = 12
const TAG_BYTES = 16

/** The longest `info` of HKDF in Node.js, in bytes. */
const MAX_INFO = 1024

/**
 * Derives a key from a secret with HKDF-SHA-256. The settings in `info` can have any length, so a long `info` is
 * hashed.
 */
export function deriveKey(secret: string, info: string): EncryptionKey {
  const whole = Buffer.from(info)
  const bytes = whole.length > MAX_INFO ? createHash('sha256').update(whole).digest() : whole
  return Buffer.from(hkdfSync('sha256', secret, '', bytes, 32))
}

/** Encrypts a string. Returns the version byte, the IV, the ciphertext and the authentication tag, in base64url. */
export function encryptString(key: EncryptionKey, value: string): string {
  const iv = createIv(value)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(VERSION)
  const body = cipher.update(value, 'utf8')
  cipher.final()
  return Buffer.concat([VERSION, iv, body, cipher.getAuthTag()]).toString('base64url')
}

/**
 * Decrypts a string.
 *
 * @returns `undefined` if `encryptString` did not create the value with this key.
 */
export function decryptString(key: EncryptionKey, encrypted: string): string | undefined {
  const bytes = fromBase64Url(encrypted)
  if (bytes === undefined || bytes.length < 1 + IV_BYTES + TAG_BYTES || bytes[0] !== VERSION[0])
    return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(VERSION)
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const value = decipher.update(bytes.subarray(1 + IV_BYTES, -TAG_BYTES))
    // Throws if the tag does not match. In this mode, it does not return more bytes.
    decipher.final()
    // Faster than the encoding of `update`, which has to expect more bytes.
    return value.toString('utf8')
  } catch {
    return undefined
  }
}

// One call of the generator creates random bytes for many IVs.
const pool = Buffer.allocUnsafe(IV_BYTES * 256)
let used = pool.length

// Processes that start from one snapshot of V8 would otherwise have the same pool. Not every runtime has such snapshots.
// Node.js 20 returns a number.
if ((startupSnapshot as typeof startupSnapshot | undefined)?.isBuildingSnapshot()) {
  startupSnapshot.addDeserializeCallback(() => void (used = pool.length))
}

/**
 * Returns an IV that depends on the value too. Copies of a machine or a process continue with the same random bytes, and two
 * values with one IV would let their user forge a session.
 */
function createIv(value: string): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += IV_BYTES
  const random = pool.subarray(used - IV_BYTES, used)
  return createHash('sha256').update(random).update(value).digest().subarray(0, IV_BYTES)
}
