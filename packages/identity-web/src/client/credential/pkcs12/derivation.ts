import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'

/** The purposes of derived bytes (RFC 7292, appendix B.3). */
export const PURPOSE = { key: 1, iv: 2 } as const

/** The input of PKCS#12's own key derivation. */
export interface Derivation {
  readonly purpose: (typeof PURPOSE)[keyof typeof PURPOSE]
  /** UTF-16, big-endian, with a terminating zero (appendix B.1). */
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly iterations: number
  /** The number of bytes to derive. */
  readonly length: number
}

// SHA-1, the only digest that PKCS#12's own ciphers use, has 20 bytes and works on blocks of 64.
const DIGEST_BYTES = 20
const BLOCK_BYTES = 64
/** The loop yields to other work after this many iterations, because a file can require millions. */
const YIELD_INTERVAL = 10_000

/**
 * Derives a key or an IV from a password with SHA-1. Node.js has a function for PBKDF2, but not for this derivation.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7292#appendix-B.2 | RFC 7292, appendix B.2}
 */
export async function derive({
  purpose,
  password,
  salt,
  iterations,
  length,
}: Derivation): Promise<Buffer> {
  const diversifier = Buffer.alloc(BLOCK_BYTES, purpose)
  // I = S || P, both repeated to fill whole blocks.
  const input = Buffer.concat([fillBlocks(salt), fillBlocks(password)])
  const parts: Buffer[] = []
  for (let derived = 0; derived < length; derived += DIGEST_BYTES) {
    let part = createHash('sha1').update(diversifier).update(input).digest()
    for (let round = 1; round < iterations; round += 1) {
      part = createHash('sha1').update(part).digest()
      if (round % YIELD_INTERVAL === 0) await setImmediate()
    }
    parts.push(part)
    const addend = Buffer.alloc(BLOCK_BYTES, part)
    for (let start = 0; start < input.length; start += BLOCK_BYTES) {
      addPlusOne(input.subarray(start, start + BLOCK_BYTES), addend)
    }
  }
  return Buffer.concat(parts).subarray(0, length)
}

function fillBlocks(bytes: Uint8Array): Buffer {
  if (bytes.length === 0) return Buffer.alloc(0)
  return Buffer.alloc(Math.ceil(bytes.length / BLOCK_BYTES) * BLOCK_BYTES, bytes)
}

/** Adds `addend + 1` to `block`. The length of `block` stays the same. */
function addPlusOne(block: Uint8Array, addend: Uint8Array): void {
  let carry = 1
  for (let index = block.length - 1; index >= 0; index -= 1) {
    const sum = (block[index] ?? 0) + (addend[index] ?? 0) + carry
    block[index] = sum & 0xff
    carry = sum >> 8
  }
}
