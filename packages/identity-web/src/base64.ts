// Base64, SHA-256 and random values.
import { nodeProcess } from './fetch-api.ts'
import type { MaybePromise } from './maybe-promise.ts'

// Base64 and base64url. WebCrypto and browsers convert bytes only by way of a string of characters.

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/**
 * Encodes bytes as base64url without padding.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc4648#section-5 | RFC 4648, section 5}
 */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The part of Node.js's `Buffer` that is used here. It is ten times as fast as the web functions. */
interface Buffers {
  from(value: string, encoding: 'base64url'): NodeBuffer
  allocUnsafeSlow(size: number): NodeBuffer
}
type NodeBuffer = Uint8Array<ArrayBuffer> & {
  toString(encoding?: 'base64url', start?: number, end?: number): string
  write(value: string, offset: number, encoding: 'base64url'): number
}
const buffers = (globalThis as { Buffer?: Buffers }).Buffer

const CHARACTERS = /^[\w-]*$/

/**
 * Returns whether a string is base64url in its only valid form: without padding, without other characters and without
 * unused bits. Decoders accept several spellings of the same bytes. Everything that comes from outside and is compared,
 * cached or verified as a string must have one spelling only.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc4648#section-3.5 | RFC 4648, section 3.5}
 */
export function isBase64Url(value: string): boolean {
  return CHARACTERS.test(value) && hasValidEnd(value)
}

// Four characters contain three bytes. The last of two or three characters has unused bits, which must be zero.
function hasValidEnd(value: string): boolean {
  const last = value.at(-1) ?? ''
  switch (value.length % 4) {
    case 0:
      return true
    case 2:
      return 'AQgw'.includes(last)
    case 3:
      return 'AEIMQUYcgkosw048'.includes(last)
    default:
      return false
  }
}

/**
 * Decodes base64url in its only valid form, see {@link isBase64Url}.
 *
 * @returns The bytes; `undefined` for every other string.
 */
export function fromBase64Url(encoded: string): Uint8Array<ArrayBuffer> | undefined {
  if (buffers === undefined) return isBase64Url(encoded) ? fromBase64(encoded) : undefined
  const bytes = buffers.from(encoded, 'base64url')
  // `Buffer` ignores every other character. Encoding again is twice as fast as a check of each character.
  return bytes.toString('base64url') === encoded ? bytes : undefined
}

// A token becomes a string immediately, so that all tokens can use the same memory. To allocate memory for each token would
// take as long as to decode it.
const shared = buffers?.allocUnsafeSlow(12_288)
// Several invalid byte sequences would become the same character, so that different tokens could name the same user.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Decodes UTF-8 characters from base64url in its only valid form, see {@link isBase64Url}.
 *
 * @returns The string; `undefined` if the value is not base64url or not UTF-8.
 */
export function stringFromBase64Url(encoded: string): string | undefined {
  const bytes =
    shared !== undefined && encoded.length <= shared.length
      ? decodeInto(shared, encoded)
      : fromBase64Url(encoded)
  try {
    return bytes && decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function decodeInto(buffer: NodeBuffer, encoded: string): Uint8Array<ArrayBuffer> | undefined {
  const length = buffer.write(encoded, 0, 'base64url')
  if (buffer.toString('base64url', 0, length) !== encoded) return undefined
  return buffer.subarray(0, length)
}

/**
 * Decodes base64 or base64url, with or without padding. White space is ignored. Use this function only for values that
 * the operator sets, such as certificates. For values from outside, use {@link fromBase64Url}.
 *
 * @returns The bytes; `undefined` if the value is not base64.
 */
export function fromBase64(value: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(value.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(binary, (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** The part of `node:crypto` that is used here. */
interface NodeCrypto {
  createHash(algorithm: 'sha256'): NodeHash
}
interface NodeHash {
  update(data: string): NodeHash
  digest(encoding: 'base64url'): string
}

/**
 * Returns the SHA-256 hash of a string, in base64url. On Node.js, the result is not a promise, because WebCrypto hashes
 * even a short string on another thread, which takes fifty times as long.
 */
export function sha256(value: string): MaybePromise<string> {
  const nodeCrypto = nodeProcess().getBuiltinModule?.('node:crypto') as NodeCrypto | undefined
  if (nodeCrypto !== undefined)
    return nodeCrypto.createHash('sha256').update(value).digest('base64url')
  return crypto.subtle
    .digest('SHA-256', new TextEncoder().encode(value))
    .then((digest) => toBase64Url(new Uint8Array(digest)))
}

/**
 * Returns several random values with one call of the generator, because a call takes longer than the bytes themselves.
 */
export function randomValues<Sizes extends readonly number[]>(
  ...sizes: Sizes
): { readonly [Index in keyof Sizes]: string } {
  let end = 0
  const bytes = crypto.getRandomValues(
    new Uint8Array(sizes.reduce((total, size) => total + size, 0)),
  )
  return sizes.map((size) => toBase64Url(bytes.subarray(end, (end += size)))) as never
}

/** Returns random bytes in base64url. 32 bytes make a PKCE verifier of the recommended 43 characters (RFC 7636). */
export function random(bytes: number): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(bytes)))
}
