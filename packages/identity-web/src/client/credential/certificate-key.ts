import { fileVersion, loadKeyMaterial, modulusOfPrivateKey, readCertificate } from '#key-material'
import { toBase64, toBase64Url } from '../../base64.ts'
import { IdentityError } from '../../errors.ts'
import { fromHex, toHex } from './bytes.ts'
import type { Bytes, CertificateCredential } from './types.ts'

/** How assertions are signed: AD FS knows RS256 and SHA-1 alone. */
export type CertificateAlgorithm = 'PS256' | 'RS256'

/** A key that is ready to sign, and how the provider recognizes it. */
export interface LoadedKey {
  readonly privateKey: CryptoKey
  /** What goes into the header of an assertion. */
  readonly header: Readonly<Record<string, string | string[]>>
  /** Equal for the same key with the same certificate. */
  readonly identity: string
  /** In hexadecimal, as the Entra admin center shows it; `undefined` where the certificate isn't given. */
  readonly sha1?: string
  /** Unix time in seconds when the certificate ends. */
  readonly notAfter?: number
}

/** The key of a certificate credential, kept until its files change. */
export interface CertificateKey {
  /** The key, read again when a file has changed. */
  get(): Promise<LoadedKey>
  /** The key as its files hold it now. */
  reload(): Promise<LoadedKey>
}

interface Naming {
  readonly name: string
  readonly algorithm: CertificateAlgorithm
}

export function createCertificateKey(
  credential: CertificateCredential,
  naming: Naming,
): CertificateKey {
  let kept: { readonly version: string; readonly key: LoadedKey } | undefined
  let pending: Promise<LoadedKey> | undefined

  async function read(version: string): Promise<LoadedKey> {
    const key = await loadKey(credential, naming)
    kept = { version, key }
    return key
  }

  async function reload(): Promise<LoadedKey> {
    // Before the files: one that changes meanwhile is read again next time.
    const version = await fileVersion(credential)
    pending ??= read(version).finally(() => {
      pending = undefined
    })
    return pending
  }

  return {
    reload,
    async get() {
      if (kept === undefined) return reload()
      if (kept.version === (await fileVersion(credential))) return kept.key
      const { key } = kept
      // Certificate and key are two files: for a moment one is new and the other isn't.
      return reload().catch(() => key)
    },
  }
}

async function loadKey(credential: CertificateCredential, naming: Naming): Promise<LoadedKey> {
  const { name } = naming
  const material = await loadKeyMaterial(credential, name)
  const modulus = orFault(
    () => modulusOfPrivateKey(material.privateKey),
    `The private key of ${name} can't be read.`,
  )
  if (modulus === undefined) {
    throw fault(
      `The private key of ${name} is no RSA key. Microsoft Entra ID takes RSA keys alone: make one with openssl req -x509 -newkey rsa:2048 …`,
    )
  }
  if (modulus.length < 512) {
    throw fault(`The RSA key of ${name} is shorter than 2048 bits. Make a longer one.`)
  }
  const chain = orderChain(material.certificates, modulus, name)
  const recognized = await recognize(credential, chain, naming)
  return {
    privateKey: await importKey(material.privateKey, recognized.algorithm, name),
    header: {
      ...recognized.header,
      ...(credential.sendX5c === true && { x5c: chain.map((der) => toBase64(der)) }),
    },
    identity: `${modulus} ${JSON.stringify(recognized.header)}`,
    ...(recognized.sha1 !== undefined && { sha1: recognized.sha1 }),
    ...(chain[0] !== undefined && { notAfter: readCertificate(chain[0]).notAfter }),
  }
}

/** The certificate of the key first. */
function orderChain(certificates: readonly Bytes[], modulus: string, name: string): Bytes[] {
  const facts = certificates.map((der, index) =>
    orFault(
      () => readCertificate(der),
      `Certificate ${index + 1} of ${name} is damaged: it can't be read.`,
    ),
  )
  if (certificates.length === 0) return []
  const leaf = certificates[facts.findIndex((fact) => fact.modulus === modulus)]
  if (leaf === undefined) {
    throw fault(
      `The certificate and the private key of ${name} don't belong together: their public keys differ.`,
    )
  }
  return [leaf, ...certificates.filter((der) => der !== leaf)]
}

interface Recognized {
  readonly header: Readonly<Record<string, string>>
  readonly algorithm: CertificateAlgorithm
  readonly sha1?: string
}

async function recognize(
  { thumbprint, sendX5c }: CertificateCredential,
  [leaf]: readonly Bytes[],
  { name, algorithm }: Naming,
): Promise<Recognized> {
  const given = thumbprint === undefined ? undefined : normalThumbprint(thumbprint)
  if (leaf !== undefined) {
    const sha1 = await digest('SHA-1', leaf)
    const sha256 = await digest('SHA-256', leaf)
    if (given !== undefined && given !== toHex(sha1) && given !== toHex(sha256)) {
      throw fault(`${name}.thumbprint is not that of the certificate. Leave it out.`)
    }
    return {
      header: algorithm === 'RS256' ? x5t(sha1) : x5tSha256(sha256),
      algorithm,
      sha1: toHex(sha1).toUpperCase(),
    }
  }
  if (given === undefined || sendX5c === true) {
    throw fault(
      `${name} holds no certificate. Set ${name}.certificate${given === undefined ? `, or ${name}.thumbprint` : ': sendX5c needs it'}.`,
    )
  }
  if (given.length === 40) return { header: x5t(fromHex(given)), algorithm: 'RS256' }
  if (algorithm === 'RS256') {
    throw fault(
      `AD FS knows certificates by SHA-1. Set ${name}.certificate, or ${name}.thumbprint to the 40 digits of the SHA-1 thumbprint.`,
    )
  }
  return { header: x5tSha256(fromHex(given)), algorithm }
}

const x5t = (thumbprint: Uint8Array) => ({ x5t: toBase64Url(thumbprint) })
const x5tSha256 = (thumbprint: Uint8Array) => ({ 'x5t#S256': toBase64Url(thumbprint) })

/** A thumbprint without what portals and tools put between its digits. */
export function normalThumbprint(thumbprint: string): string {
  // Copied from Windows, it begins with a mark that nobody sees.
  return thumbprint.replaceAll(/[\s:\u200e\u200f\ufeff-]/g, '').toLowerCase()
}

async function digest(algorithm: string, der: Bytes): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(algorithm, der))
}

async function importKey(
  pkcs8: Bytes,
  algorithm: CertificateAlgorithm,
  name: string,
): Promise<CryptoKey> {
  const scheme = algorithm === 'PS256' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5'
  try {
    return await crypto.subtle.importKey('pkcs8', pkcs8, { name: scheme, hash: 'SHA-256' }, false, [
      'sign',
    ])
  } catch {
    throw fault(`The private key of ${name} is damaged: it can't be imported.`)
  }
}

function orFault<T>(read: () => T, sentence: string): T {
  try {
    return read()
  } catch {
    throw fault(sentence)
  }
}

function fault(sentence: string): IdentityError {
  return new IdentityError('configuration', sentence)
}
