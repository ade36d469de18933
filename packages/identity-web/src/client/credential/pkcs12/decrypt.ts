import { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { IdentityError } from '../../../errors.ts'
import {
  childrenOf,
  contentOf,
  integerOf,
  MalformedDer,
  oidOf,
  TAG,
  type DerElement,
} from '../der.ts'
import { derive, outputOf, PURPOSE, type Derivation, type Digest } from './derivation.ts'

/** The passphrase doesn't fit, or what it protects was changed. */
export class WrongPassphrase extends Error {}

/** A passphrase, and how much work a file may still ask for. */
export interface Unlocking {
  /** The option, for messages. */
  readonly name: string
  /** For PBES2 (RFC 8018). */
  readonly utf8: Uint8Array
  /** For PKCS#12's own derivation (RFC 7292, appendix B.1). */
  readonly utf16: Uint8Array
  /** Rounds of a digest, over all parts of the file: a hostile one must not keep the processor for ever. */
  readonly budget: { rounds: number }
}

interface Cipher {
  readonly name: string
  readonly keyBytes: number
  readonly ivBytes: number
}

const pbkdf2Async = promisify(pbkdf2)

const PBES2 = '1.2.840.113549.1.5.13'
const PBKDF2 = '1.2.840.113549.1.5.12'
const PBMAC1 = '1.2.840.113549.1.5.14'
const SHA1_3DES = '1.2.840.113549.1.12.1.3'
const RC2 = ['1.2.840.113549.1.12.1.5', '1.2.840.113549.1.12.1.6']

// RFC 8018, appendix B.2.
const CIPHERS: Readonly<Record<string, Cipher>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 },
}
const TRIPLE_DES: Cipher = { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 }

// RFC 8018, appendix B.1.2.
const HMACS: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}
const DIGESTS: Readonly<Record<string, Digest>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

const CONVERT =
  'openssl pkcs12 -legacy -in old.pfx -nodes -out all.pem && openssl pkcs12 -export -in all.pem -out new.pfx'

/**
 * Decrypts a part of a PKCS#12 file.
 *
 * @param algorithm - An AlgorithmIdentifier.
 * @throws WrongPassphrase when the result isn't padded as it must be.
 */
export async function decrypt(
  algorithm: DerElement | undefined,
  data: Uint8Array,
  unlocking: Unlocking,
): Promise<Buffer> {
  const [id, parameters] = childrenOf(algorithm)
  const oid = oidOf(id)
  if (oid === PBES2) return decryptPbes2(parameters, data, unlocking)
  if (oid === SHA1_3DES) return decryptTripleDes(parameters, data, unlocking)
  throw unsupported(
    unlocking,
    RC2.includes(oid) ? 'is encrypted with RC2, which is broken and' : `uses ${oid}, which`,
  )
}

/**
 * Checks that a file is as its maker left it, and the passphrase the right one.
 *
 * @param mac - MacData: RFC 7292, section 4.
 * @throws WrongPassphrase when it isn't.
 */
export async function verifyMac(
  mac: DerElement,
  content: Uint8Array,
  unlocking: Unlocking,
): Promise<void> {
  const [digestInfo, salt, rounds] = childrenOf(mac)
  const [algorithm, digest] = childrenOf(digestInfo)
  const [id, parameters] = childrenOf(algorithm)
  const expected = contentOf(digest, TAG.octetString)
  const oid = oidOf(id)
  const { key, hash } =
    oid === PBMAC1
      ? await macKeyOfPbmac1(parameters, unlocking)
      : await macKeyOfPkcs12(oid, { salt, rounds, unlocking })
  const actual = createHmac(hash, key).update(content).digest()
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    throw new WrongPassphrase()
  }
}

interface MacKey {
  readonly key: Buffer
  readonly hash: Digest
}

async function macKeyOfPkcs12(
  oid: string,
  {
    salt,
    rounds,
    unlocking,
  }: { salt: DerElement | undefined; rounds: DerElement | undefined; unlocking: Unlocking },
): Promise<MacKey> {
  const hash = DIGESTS[oid]
  if (hash === undefined) throw unsupported(unlocking, `uses ${oid}, which`)
  const key = await deriveWithin(unlocking, {
    digest: hash,
    purpose: PURPOSE.mac,
    salt: contentOf(salt, TAG.octetString),
    iterations: rounds === undefined ? 1 : integerOf(rounds),
    length: outputOf(hash),
  })
  return { key, hash }
}

// RFC 9579: PBKDF2 makes the key, which must say its own length.
async function macKeyOfPbmac1(
  parameters: DerElement | undefined,
  unlocking: Unlocking,
): Promise<MacKey> {
  const [derivation, scheme] = childrenOf(parameters)
  const hash = HMACS[oidOf(childrenOf(scheme)[0])]
  if (hash === undefined) throw new MalformedDer()
  return { key: await deriveByPbkdf2(derivation, unlocking), hash }
}

// RFC 8018, appendix A.4: a derivation and a cipher, whose parameter is its IV.
async function decryptPbes2(
  parameters: DerElement | undefined,
  data: Uint8Array,
  unlocking: Unlocking,
): Promise<Buffer> {
  const [derivation, encryption] = childrenOf(parameters)
  const [id, iv] = childrenOf(encryption)
  const oid = oidOf(id)
  const cipher = CIPHERS[oid]
  if (cipher === undefined) throw unsupported(unlocking, `uses the cipher ${oid}, which`)
  const key = await deriveByPbkdf2(derivation, unlocking, cipher.keyBytes)
  return decipher(cipher, { key, iv: contentOf(iv, TAG.octetString), data })
}

// RFC 7292, appendix C: the key and the IV both come of the password.
async function decryptTripleDes(
  parameters: DerElement | undefined,
  data: Uint8Array,
  unlocking: Unlocking,
): Promise<Buffer> {
  const [salt, rounds] = childrenOf(parameters)
  const common = {
    digest: 'sha1',
    salt: contentOf(salt, TAG.octetString),
    iterations: integerOf(rounds),
  } as const
  const { keyBytes, ivBytes } = TRIPLE_DES
  const key = await deriveWithin(unlocking, { ...common, purpose: PURPOSE.key, length: keyBytes })
  const iv = await deriveWithin(unlocking, { ...common, purpose: PURPOSE.iv, length: ivBytes })
  return decipher(TRIPLE_DES, { key, iv, data })
}

// RFC 8018, appendix A.2: salt, iterationCount, keyLength OPTIONAL, prf DEFAULT hmacWithSHA1.
async function deriveByPbkdf2(
  derivation: DerElement | undefined,
  unlocking: Unlocking,
  keyBytes?: number,
): Promise<Buffer> {
  const [id, parameters] = childrenOf(derivation)
  const oid = oidOf(id)
  if (oid !== PBKDF2) throw unsupported(unlocking, `uses the key derivation ${oid}, which`)
  const [salt, rounds, ...optional] = childrenOf(parameters)
  const lengthField = optional.find(({ tag }) => tag === TAG.integer)
  const prf = optional.find(({ tag }) => tag === TAG.sequence)
  const length = lengthField === undefined ? keyBytes : integerOf(lengthField)
  if (length === undefined || length === 0 || length > 64 || length !== (keyBytes ?? length)) {
    throw new MalformedDer()
  }
  const digest = prf === undefined ? 'sha1' : HMACS[oidOf(childrenOf(prf)[0])]
  if (digest === undefined) throw unsupported(unlocking, 'uses a digest in PBKDF2, which')
  const iterations = integerOf(rounds)
  // One HMAC is two digests.
  spend(unlocking, iterations * Math.ceil(length / outputOf(digest)))
  return pbkdf2Async(unlocking.utf8, contentOf(salt, TAG.octetString), iterations, length, digest)
}

function deriveWithin(unlocking: Unlocking, wanted: Omit<Derivation, 'password'>): Promise<Buffer> {
  spend(unlocking, wanted.iterations * Math.ceil(wanted.length / outputOf(wanted.digest)))
  return derive({ ...wanted, password: unlocking.utf16 })
}

function spend({ name, budget }: Unlocking, rounds: number): void {
  if (rounds === 0) throw new MalformedDer()
  budget.rounds -= rounds
  if (budget.rounds < 0) {
    throw new IdentityError(
      'configuration',
      `${name} asks for too many iterations. Export it again, with fewer: openssl pkcs12 -export -iter 100000 …`,
    )
  }
}

function decipher(
  { name, ivBytes }: Cipher,
  { key, iv, data }: { key: Uint8Array; iv: Uint8Array; data: Uint8Array },
): Buffer {
  if (iv.length !== ivBytes) throw new MalformedDer()
  const stream = createDecipheriv(name, key, iv)
  try {
    return Buffer.concat([stream.update(data), stream.final()])
  } catch {
    throw new WrongPassphrase()
  }
}

function unsupported({ name }: Unlocking, what: string): IdentityError {
  return new IdentityError(
    'configuration',
    `${name} ${what} is not supported. Convert it: ${CONVERT}`,
  )
}
