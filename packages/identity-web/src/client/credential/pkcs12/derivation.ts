import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'

/** A digest as RFC 7292 counts: bytes that come out, bytes that it works on at once. */
const SIZES = {
  sha1: { output: 20, block: 64 },
  sha224: { output: 28, block: 64 },
  sha256: { output: 32, block: 64 },
  sha384: { output: 48, block: 128 },
  sha512: { output: 64, block: 128 },
} as const

/** The digests that PKCS#12 files use. */
export type Digest = keyof typeof SIZES

/** What the derived bytes are for: RFC 7292, appendix B.3. */
export const PURPOSE = { key: 1, iv: 2, mac: 3 } as const

export interface Derivation {
  readonly digest: Digest
  readonly purpose: (typeof PURPOSE)[keyof typeof PURPOSE]
  /** UTF-16, most significant byte first, with a zero at its end (appendix B.1). */
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly iterations: number
  /** Bytes wanted. */
  readonly length: number
}

/** Bytes that one digest gives. */
export function outputOf(digest: Digest): number {
  return SIZES[digest].output
}

/** After so many rounds others get their turn: a file may ask for millions. */
const ROUNDS_AT_ONCE = 10_000

/**
 * Makes a key of a password in PKCS#12's own way.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7292#appendix-B.2 | RFC 7292, appendix B.2}
 */
export async function derive({
  digest,
  purpose,
  password,
  salt,
  iterations,
  length,
}: Derivation): Promise<Buffer> {
  const { block, output } = SIZES[digest]
  const diversifier = Buffer.alloc(block, purpose)
  // I = S || P, both repeated up to whole blocks.
  const input = Buffer.concat([repeated(salt, block), repeated(password, block)])
  const parts: Buffer[] = []
  for (let made = 0; made < length; made += output) {
    let part = createHash(digest).update(diversifier).update(input).digest()
    for (let round = 1; round < iterations; round += 1) {
      part = createHash(digest).update(part).digest()
      if (round % ROUNDS_AT_ONCE === 0) await setImmediate()
    }
    parts.push(part)
    const adder = Buffer.alloc(block, part)
    for (let at = 0; at < input.length; at += block) increase(input.subarray(at, at + block), adder)
  }
  return Buffer.concat(parts).subarray(0, length)
}

function repeated(bytes: Uint8Array, block: number): Buffer {
  if (bytes.length === 0) return Buffer.alloc(0)
  return Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes)
}

/** number = number + adder + 1, modulo its size. */
function increase(number: Uint8Array, adder: Uint8Array): void {
  let carry = 1
  for (let at = number.length - 1; at >= 0; at -= 1) {
    const sum = (number[at] ?? 0) + (adder[at] ?? 0) + carry
    number[at] = sum & 0xff
    carry = sum >> 8
  }
}
