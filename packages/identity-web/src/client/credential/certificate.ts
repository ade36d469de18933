// Signs assertions with a certificate, and warns of its expiry.
import { modifyAssertion, PrivateKeyJwt, type ClientAuth, type JsonValue } from 'openid-client'
import { fileVersion, loadKeyMaterial, modulusOfPrivateKey, readCertificate } from '#key-material'
import { toBase64, toBase64Url } from '../../base64.ts'
import { configurationError } from '../../errors.ts'
import { warnOfExpiry } from '../expiring-credentials.ts'
import {
  ASSERTION_JWT_TYPE,
  normalThumbprint,
  type CertificateCredential,
  type CertificateAlgorithm,
  type LoadedCredential,
  type Method,
  type NamedSettings,
} from './client-credential.ts'
import { fromHex, toHex, type Bytes } from './der.ts'

type JsonObject = Record<string, JsonValue | undefined>

/** The lifetime, in seconds, of an assertion that a certificate signs. */
const ASSERTION_LIFETIME = 600

export function certificateMethod(
  credential: CertificateCredential,
  settings: NamedSettings,
): Method {
  const { name, expiryWarnings } = settings
  const key = createCertificateKey(credential, settings)

  async function getKey(): Promise<LoadedKey> {
    const loaded = await key.get()
    const { notAfter, sha1: thumbprint } = loaded
    if (notAfter !== undefined && thumbprint !== undefined) {
      warnOfExpiry(expiryWarnings, { option: name, notAfter, thumbprint })
    }
    return loaded
  }

  async function withKey(used: LoadedKey): Promise<LoadedCredential> {
    let reloadError = ''
    return {
      authenticate: await signWith(used, settings),
      advice: () => `${adviceOn(used)}${reloadError}`,
      isExpired: isExpired(used),
      async reload() {
        try {
          const current = await key.reload()
          return current.identity === used.identity ? undefined : await withKey(current)
        } catch (error) {
          // The request used the previous key, and the operator, who replaced the files, has to know why.
          reloadError = ` The current files cannot be used: ${(error as Error).message}`
          return undefined
        }
      },
    }
  }

  return {
    name,
    async prepare() {
      await getKey()
    },
    load: async () => withKey(await getKey()),
  }
}

export function isExpired({ notAfter = Number.POSITIVE_INFINITY }: Certificate): boolean {
  return notAfter < Date.now() / 1000
}

export function adviceOn(key: Certificate): string {
  const { notAfter = 0, sha1 } = key
  const certificate =
    sha1 === undefined ? 'The certificate' : `The certificate with the thumbprint ${sha1}`
  if (isExpired(key)) {
    const day = new Date(notAfter * 1000).toISOString().slice(0, 10)
    return `${certificate} expired on ${day}. Create a new certificate.`
  }
  return `${certificate} must be in the app registration (Certificates & secrets).`
}

/**
 * Signs an assertion. Microsoft identifies the key by its certificate's thumbprint, and requires the token endpoint as
 * the audience. At other providers, it is the issuer, which openid-client sets.
 */
async function signWith(
  { privateKey, header }: LoadedKey,
  { assertionAudience }: NamedSettings,
): Promise<ClientAuth> {
  const isForIssuer = assertionAudience === 'issuer'
  return (...request) =>
    PrivateKeyJwt(privateKey, {
      [modifyAssertion](assertionHeader: JsonObject, payload: JsonObject) {
        Object.assign(assertionHeader, { typ: isForIssuer ? ASSERTION_JWT_TYPE : 'JWT', ...header })
        if (!isForIssuer) payload['aud'] = request[0].token_endpoint
        payload['exp'] = Number(payload['iat']) + ASSERTION_LIFETIME
      },
    })(...request)
}

/** A key that can sign, and the header that identifies it to the provider. */
interface LoadedKey extends Certificate {
  readonly privateKey: CryptoKey
  /** The fields in the assertion's header. */
  readonly header: Readonly<Record<string, string | string[]>>
  /** A string that identifies the key together with its certificate. */
  readonly identity: string
}

/** The facts about a certificate that operators need. */
export interface Certificate {
  /**
   * The SHA-1 thumbprint in hexadecimal, as the Entra admin center shows it, or `undefined` if the certificate is not
   * configured.
   */
  readonly sha1?: string
  /** The time at which the certificate expires, as Unix time in seconds. */
  readonly notAfter?: number
}

/** Returns a certificate credential's key, cached until its files change. */
function createCertificateKey(credential: CertificateCredential, settings: NamedSettings) {
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
      // Certificate and key are two files, so for a moment only one of them is new.
      return reload().catch(() => key)
    },
  }
}

async function loadKey(
  credential: CertificateCredential,
  settings: NamedSettings,
): Promise<LoadedKey> {
  const { name } = settings
  const material = await loadKeyMaterial(credential, name)
  const modulus = orThrow(
    () => modulusOfPrivateKey(material.privateKey),
    `The private key of ${name} cannot be read.`,
  )
  if (modulus === undefined) {
    throw configurationError(
      `The private key of ${name} is not an RSA key. Microsoft Entra ID accepts only RSA keys. Create an RSA key: openssl req -x509 -newkey rsa:2048 …`,
    )
  }
  if (modulus.length < 512) {
    throw configurationError(
      `The RSA key of ${name} is shorter than 2048 bits. Create a longer key.`,
    )
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

export async function identify(
  { thumbprint, sendX5c }: CertificateCredential,
  [leaf]: readonly Bytes[],
  { name, certificateAlgorithm: algorithm }: NamedSettings,
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

export function orThrow<T>(read: () => T, message: string): T {
  try {
    return read()
  } catch {
    throw configurationError(message)
  }
}
