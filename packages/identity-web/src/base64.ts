// Bytes as text: WebCrypto and the web know no other way than through characters.

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc4648#section-5 | RFC 4648, section 5}, without padding */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Node.js' own, where there is one: ten times as fast. */
interface Buffers {
  from(text: string, encoding: 'base64url'): { toString(): string }
}
const buffers = (globalThis as { Buffer?: Buffers }).Buffer

/**
 * Reads UTF-8 text in base64url.
 *
 * @returns Something else than was meant, where it is none; `undefined` at the worst.
 */
export function textFromBase64Url(encoded: string): string | undefined {
  if (buffers !== undefined) return buffers.from(encoded, 'base64url').toString()
  const bytes = fromBase64(encoded)
  return bytes && new TextDecoder().decode(bytes)
}

/**
 * Reads base64 of either alphabet, with or without padding; white space doesn't matter.
 *
 * @returns `undefined` for what is no base64.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(binary, (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** Node.js' own, where there is one: WebCrypto gives even a short text to another thread, at fifty times the cost. */
interface Hashes {
  createHash(algorithm: 'sha256'): {
    update(text: string): { digest(encoding: 'base64url'): string }
  }
}
const { process } = globalThis as {
  process?: { getBuiltinModule?: (name: 'node:crypto') => Hashes | undefined }
}
const hashes = process?.getBuiltinModule?.('node:crypto')

/** A text's SHA-256, in base64url. */
export async function hashText(text: string): Promise<string> {
  if (hashes !== undefined) return hashes.createHash('sha256').update(text).digest('base64url')
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return toBase64Url(new Uint8Array(digest))
}

/** Random bytes as base64url: 32 of them make a PKCE verifier of the recommended 43 characters (RFC 7636). */
export function random(bytes: number): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(bytes)))
}
