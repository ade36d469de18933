// Decrypts the parts of a PFX file.
import { createDecipheriv, createHash, pbkdf2 } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { configurationError, type IdentityError } from '../../../errors.ts'
import {
  childrenOf,
  contentOf,
  integerOf,
  MalformedDer,
  oidOf,
  TAG,
  type DerElement,
} from '../der.ts'

/** The error for a wrong passphrase, or for encrypted data that was changed. */
export class WrongPassphrase extends Error {}

/** A passphrase in both encryption schemes' encodings. */
export interface Passphrase {
  /** The option's name, for messages. */
  readonly name: string
  /** The encoding for PBES2 (RFC 8018). */
  readonly utf8: Uint8Array
  /** The encoding for PKCS#12's own scheme (RFC 7292, appendix B.1). */
  readonly utf16: Uint8Array
}

interface Cipher {
  readonly name: string
  readonly keyBytes: number
  readonly ivBytes: number
}

interface CipherInput {
  readonly key: Uint8Array
  readonly iv: Uint8Array
  readonly data: Uint8Array
}

const pbkdf2Async = promisify(pbkdf2)

const PBES2 = '1.2.840.113549.1.5.13'
const PBKDF2 = '1.2.840.113549.1.5.12'
const SHA1_3DES = '1.2.840.113549.1.12.1.3'
const RC2 = ['1.2.840.113549.1.12.1.5', '1.2.840.113549.1.12.1.6']

const TRIPLE_DES: Cipher = { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 }
// RFC 8018, appendix B.2.
const CIPHERS: Readonly<Record<string, Cipher>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 },
  '1.2.840.113549.3.7': TRIPLE_DES,
}

// RFC 8018, appendix B.1.2.
const HMAC_DIGESTS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}

const CONVERT =
  'openssl pkcs12 -legacy -in old.pfx -nodes -out all.pem && openssl pkcs12 -export -in all.pem -out new.pfx'

/**
 * Decrypts a part of a PKCS#12 file, because Node.js can decrypt a key by itself, but not certificates.
 *
 * @param algorithm - An AlgorithmIdentifier.
 * @throws WrongPassphrase when the decrypted data has wrong padding.
 * @throws IdentityError `configuration` for an algorithm that is not supported.
 */
export async function decrypt(
  algorithm: DerElement | undefined,
  data: Uint8Array,
  passphrase: Passphrase,
): Promise<Buffer> {
  const [id, parameters] = childrenOf(algorithm)
  const oid = oidOf(id)
  if (oid === PBES2) return decryptPbes2(parameters, data, passphrase)
  if (oid === SHA1_3DES) return decryptTripleDes(parameters, data, passphrase)
  throw unsupported(
    passphrase,
    RC2.includes(oid) ? 'is encrypted with RC2, which is broken and' : `uses ${oid}, which`,
  )
}

// RFC 8018, appendix A.4: a key derivation, and a cipher whose parameter is the IV.
async function decryptPbes2(
  parameters: DerElement | undefined,
  data: Uint8Array,
  passphrase: Passphrase,
): Promise<Buffer> {
  const [derivation, encryption] = childrenOf(parameters)
  const [id, iv] = childrenOf(encryption)
  const oid = oidOf(id)
  const cipher = CIPHERS[oid]
  if (cipher === undefined) throw unsupported(passphrase, `uses the cipher ${oid}, which`)
  const key = await deriveByPbkdf2(derivation, passphrase, cipher.keyBytes)
  return decipher(cipher, { key, iv: contentOf(iv, TAG.octetString), data })
}

// RFC 7292, appendix C: the key and the IV are both derived from the password.
async function decryptTripleDes(
  parameters: DerElement | undefined,
  data: Uint8Array,
  { utf16: password }: Passphrase,
): Promise<Buffer> {
  const [saltField, iterationsField] = childrenOf(parameters)
  const salt = contentOf(saltField, TAG.octetString)
  const iterations = iterationsOf(iterationsField)
  const { keyBytes, ivBytes } = TRIPLE_DES
  const common = { password, salt, iterations }
  const key = await derive({ ...common, purpose: PURPOSE.key, length: keyBytes })
  const iv = await derive({ ...common, purpose: PURPOSE.iv, length: ivBytes })
  return decipher(TRIPLE_DES, { key, iv, data })
}

// RFC 8018, appendix A.2: salt, iterationCount, keyLength OPTIONAL, prf DEFAULT hmacWithSHA1.
async function deriveByPbkdf2(
  derivation: DerElement | undefined,
  passphrase: Passphrase,
  keyBytes: number,
): Promise<Buffer> {
  const [id, parameters] = childrenOf(derivation)
  const oid = oidOf(id)
  if (oid !== PBKDF2) throw unsupported(passphrase, `uses the key derivation ${oid}, which`)
  const [salt, iterations, ...optional] = childrenOf(parameters)
  const lengthField = optional.find(({ tag }) => tag === TAG.integer)
  if (lengthField !== undefined && integerOf(lengthField) !== keyBytes) throw new MalformedDer()
  const prf = optional.find(({ tag }) => tag === TAG.sequence)
  const digest = prf === undefined ? 'sha1' : HMAC_DIGESTS[oidOf(childrenOf(prf)[0])]
  if (digest === undefined) throw unsupported(passphrase, 'uses a digest in PBKDF2, which')
  return pbkdf2Async(
    passphrase.utf8,
    contentOf(salt, TAG.octetString),
    iterationsOf(iterations),
    keyBytes,
    digest,
  )
}

/** The maximum iteration count. Tools write 1 to 1,000,000, and ten million iterations take some seconds. */
const MAX_ITERATIONS = 10_000_000

/** @throws MalformedDer for a number that is not between 1 and {@link MAX_ITERATIONS}. */
export function iterationsOf(element: DerElement | undefined): number {
  const iterations = integerOf(element)
  if (iterations === 0 || iterations > MAX_ITERATIONS) throw new MalformedDer()
  return iterations
}

function decipher({ name, ivBytes }: Cipher, { key, iv, data }: CipherInput): Buffer {
  if (iv.length !== ivBytes) throw new MalformedDer()
  const stream = createDecipheriv(name, key, iv)
  try {
    return Buffer.concat([stream.update(data), stream.final()])
  } catch {
    throw new WrongPassphrase()
  }
}

function unsupported({ name }: Passphrase, feature: string): IdentityError {
  return configurationError(`${name} ${feature} is not supported. Convert it: ${CONVERT}`)
}

/** The purposes of derived bytes (RFC 7292, appendix B.3). */
export const PURPOSE = { key: 1, iv: 2 } as const

interface Derivation {
  readonly purpose: (typeof PURPOSE)[keyof typeof PURPOSE]
  /** The passphrase in UTF-16, big-endian, with a terminating zero (appendix B.1). */
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly iterations: number
  /** The number of bytes to derive. */
  readonly length: number
}

// SHA-1, the only digest that PKCS#12's own ciphers use, has 20 bytes and works on blocks of 64.
const DIGEST_BYTES = 20
const BLOCK_BYTES = 64
/**
 * After how many iterations the loop allows other work to run, because a file can require millions of iterations.
 */
const YIELD_INTERVAL = 10_000

/**
 * Derives a key or an IV from a password with SHA-1, because Node.js has a function for PBKDF2, but not for this
 * derivation.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7292#appendix-B.2 | RFC 7292, appendix B.2}
 */
export async function derive(derivation: Derivation): Promise<Buffer> {
  const { purpose, password, salt, iterations, length } = derivation
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

/** Adds `addend + 1` to `block`, whose length stays the same. */
function addPlusOne(block: Uint8Array, addend: Uint8Array): void {
  let carry = 1
  for (let index = block.length - 1; index >= 0; index -= 1) {
    const sum = (block[index] ?? 0) + (addend[index] ?? 0) + carry
    block[index] = sum & 0xff
    carry = sum >> 8
  }
}
