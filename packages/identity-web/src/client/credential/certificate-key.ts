import { fileVersion, loadKeyMaterial, modulusOfPrivateKey, readCertificate } from '#key-material'
import { toBase64, toBase64Url } from '../../base64.ts'
import { IdentityError } from '../../errors.ts'
import { fromHex, toHex } from './bytes.ts'
import { normalThumbprint } from './thumbprint.ts'
import type { Bytes, CertificateCredential } from './types.ts'

/** The algorithm that signs assertions. AD FS supports only RS256 and SHA-1 thumbprints. */
export type CertificateAlgorithm = 'PS256' | 'RS256'

/** A key that can sign, and the header that identifies it to the provider. */
export interface LoadedKey {
  readonly privateKey: CryptoKey
  /** The fields of the assertion's header. */
  readonly header: Readonly<Record<string, string | string[]>>
  /** A string that is equal for the same key with the same certificate. */
  readonly identity: string
  /** Hexadecimal, as the Entra admin center shows it; `undefined` if the certificate is not configured. */
  readonly sha1?: string
  /** The end of the certificate's validity: Unix time in seconds. */
  readonly notAfter?: number
}

/** The key of a certificate credential, cached until its files change. */
export interface CertificateKey {
  /** Returns the key. Reads it again if a file has changed. */
  get(): Promise<LoadedKey>
  /** Reads the key again. */
  reload(): Promise<LoadedKey>
}

interface KeySettings {
  /** The option, for messages. */
  readonly name: string
  readonly algorithm: CertificateAlgorithm
}

export function createCertificateKey(
  credential: CertificateCredential,
  settings: KeySettings,
): CertificateKey {
  let cached: { readonly version: string; readonly key: LoadedKey } | undefined
  let pending: Promise<LoadedKey> | undefined

  async function read(version: string): Promise<LoadedKey> {
    const key = await loadKey(credential, settings)
    cached = { version, key }
    return key
  }

  async function reload(): Promise<LoadedKey> {
    // The version is determined before the files are read, so that a change in between is noticed next time.
    const version = await fileVersion(credential)
    pending ??= read(version).finally(() => {
      pending = undefined
    })
    return pending
  }

  return {
    reload,
    async get() {
      if (cached === undefined) return reload()
      if (cached.version === (await fileVersion(credential))) return cached.key
      const { key } = cached
      // Certificate and key are two files. For a moment only one of them is new.
      return reload().catch(() => key)
    },
  }
}

async function loadKey(
  credential: CertificateCredential,
  settings: KeySettings,
): Promise<LoadedKey> {
  const { name } = settings
  const material = await loadKeyMaterial(credential, name)
  const modulus = orThrow(
    () => modulusOfPrivateKey(material.privateKey),
    `The private key of ${name} cannot be read.`,
  )
  if (modulus === undefined) {
    throw configurationError(
      `The private key of ${name} is not an RSA key. Microsoft Entra ID accepts only RSA keys. Make one: openssl req -x509 -newkey rsa:2048 …`,
    )
  }
  if (modulus.length < 512) {
    throw configurationError(`The RSA key of ${name} is shorter than 2048 bits. Make a longer one.`)
  }
  const chain = orderChain(material.certificates, modulus, name)
  const identified = await identify(credential, chain, settings)
  return {
    privateKey: await importKey(material.privateKey, identified.algorithm, name),
    header: {
      ...identified.header,
      ...(credential.sendX5c === true && { x5c: chain.map((der) => toBase64(der)) }),
    },
    identity: `${modulus} ${JSON.stringify(identified.header)}`,
    ...(identified.sha1 !== undefined && { sha1: identified.sha1 }),
    ...(chain[0] !== undefined && { notAfter: readCertificate(chain[0]).notAfter }),
  }
}

/** Moves the certificate that belongs to the key to the start of the list. */
function orderChain(certificates: readonly Bytes[], modulus: string, name: string): Bytes[] {
  const facts = certificates.map((der, index) =>
    orThrow(
      () => readCertificate(der),
      `Certificate ${index + 1} of ${name} is damaged and cannot be read.`,
    ),
  )
  if (certificates.length === 0) return []
  const leaf = certificates[facts.findIndex((fact) => fact.modulus === modulus)]
  if (leaf === undefined) {
    throw configurationError(
      `The certificate and the private key of ${name} do not belong together, because their public keys differ.`,
    )
  }
  return [leaf, ...certificates.filter((der) => der !== leaf)]
}

interface Identified {
  readonly header: Readonly<Record<string, string>>
  readonly algorithm: CertificateAlgorithm
  readonly sha1?: string
}

async function identify(
  { thumbprint, sendX5c }: CertificateCredential,
  [leaf]: readonly Bytes[],
  { name, algorithm }: KeySettings,
): Promise<Identified> {
  const given = thumbprint === undefined ? undefined : normalThumbprint(thumbprint)
  if (leaf !== undefined) {
    const sha1 = await digest('SHA-1', leaf)
    const sha256 = await digest('SHA-256', leaf)
    if (given !== undefined && given !== toHex(sha1) && given !== toHex(sha256)) {
      throw configurationError(
        `${name}.thumbprint is not the thumbprint of the certificate. Remove ${name}.thumbprint.`,
      )
    }
    return {
      header: algorithm === 'RS256' ? x5t(sha1) : x5tSha256(sha256),
      algorithm,
      sha1: toHex(sha1).toUpperCase(),
    }
  }
  if (given === undefined || sendX5c === true) {
    throw configurationError(
      given === undefined
        ? `${name} does not contain a certificate. Set ${name}.certificate or ${name}.thumbprint.`
        : `${name}.sendX5c requires the certificate. Set ${name}.certificate.`,
    )
  }
  if (given.length === 40) return { header: x5t(fromHex(given)), algorithm: 'RS256' }
  if (algorithm === 'RS256') {
    throw configurationError(
      `AD FS identifies certificates by their SHA-1 thumbprint. Set ${name}.certificate, or set ${name}.thumbprint to the 40 digits of the SHA-1 thumbprint.`,
    )
  }
  return { header: x5tSha256(fromHex(given)), algorithm }
}

const x5t = (thumbprint: Uint8Array) => ({ x5t: toBase64Url(thumbprint) })
const x5tSha256 = (thumbprint: Uint8Array) => ({ 'x5t#S256': toBase64Url(thumbprint) })

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
    throw configurationError(`The private key of ${name} is damaged and cannot be imported.`)
  }
}

function orThrow<T>(read: () => T, message: string): T {
  try {
    return read()
  } catch {
    throw configurationError(message)
  }
}

function configurationError(message: string): IdentityError {
  return new IdentityError('configuration', message)
}
