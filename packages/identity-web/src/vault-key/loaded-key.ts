// A key and its certificate, which must belong together.
import { pemOf, readCertificate } from '#key-material'
import { toBase64 } from '../base64.ts'
import { identify, orThrow, type Certificate } from '../client/credential/certificate.ts'
import type { NamedSettings } from '../client/credential/client-credential.ts'
import { childrenOf, readDer, TAG, type Bytes } from '../client/credential/der.ts'
import { configurationError } from '../errors.ts'
import { callCode, type CodeOwner } from './application-code.ts'
import { certificatesIn, NO_CERTIFICATE, type VaultKey } from './options.ts'

/** A key whose certificate was read. */
export interface LoadedKey extends Required<Certificate> {
  readonly given: VaultKey
  /** The header of its assertions as JSON, which identifies the certificate. */
  readonly header: string
  /** @throws IdentityError `configuration` if the signature is wrong. `provider_unavailable` if the vault fails. */
  sign(data: Bytes): Promise<Uint8Array>
  /** The last assertion. Not set if the provider accepts an assertion only once. */
  assertion?: Assertion
}

interface Assertion {
  readonly audience: string
  /** Unix time in seconds. */
  readonly expiresAt: number
  readonly jwt: Promise<string>
}

/** The errors that say that a key does not belong to its certificate. */
export const wrongKeys: WeakSet<object> = new WeakSet()

/** @throws IdentityError `configuration` if the certificate cannot be used. */
export async function loadKey(
  given: VaultKey,
  settings: NamedSettings,
  owner: CodeOwner,
): Promise<LoadedKey> {
  const { name } = settings
  const option = `${name}.certificate`
  const subject = `${name}.sign()`
  const chain = await readChain(given.certificate, option)
  const damaged = `${option} is damaged and cannot be read.`
  const { modulus, notAfter, spki } = orThrow(() => readFirst(chain), damaged)
  if (modulus === undefined || modulus.length < 512) {
    throw configurationError(
      `The key of ${option} is not an RSA key with at least 2048 bits, which Microsoft Entra ID requires. Create a certificate with such a key.`,
    )
  }
  const size = modulus.length / 2
  const { header, algorithm, sha1 = '' } = await identify({}, chain, settings)
  const x5c = given.sendX5c === true && { x5c: chain.map((der) => toBase64(der)) }
  const type = algorithm === 'PS256' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5'
  // RFC 7518, section 3.5: the salt is as long as the hash.
  const scheme = { name: type, hash: 'SHA-256', saltLength: 32 }
  const publicKey = await crypto.subtle
    .importKey('spki', spki, scheme, false, ['verify'])
    .catch(() => Promise.reject(configurationError(damaged)))

  return {
    given,
    header: JSON.stringify({ alg: algorithm, typ: 'JWT', ...header, ...x5c }),
    notAfter,
    sha1,
    async sign(data) {
      const value: unknown = await callCode(owner, subject, () => given.sign(data, { algorithm }))
      const signature = ArrayBuffer.isView(value) ? Uint8Array.from(value as Uint8Array) : undefined
      if (signature?.length !== size) {
        const returned = signature === undefined ? typeof value : `${signature.length} bytes`
        throw configurationError(
          `${subject} returned ${returned}. It must return the signature as a Uint8Array with ${size} bytes, for example (await cryptography.signData('${algorithm}', data)).result of Azure Key Vault.`,
        )
      }
      if (await crypto.subtle.verify(scheme, publicKey, signature, data)) return signature
      const error = configurationError(
        `The certificate in ${option} and the key of ${subject} do not belong together, or ${subject} does not sign the SHA-256 hash of its data with ${algorithm}. Set the certificate that belongs to this version of the key.`,
      )
      wrongKeys.add(error)
      throw error
    },
  }
}

async function readChain(certificate: string | Uint8Array, option: string): Promise<Bytes[]> {
  // A SEQUENCE in DER. Other bytes can only be PEM.
  if (certificate[0] === 0x30) return [Uint8Array.from(certificate as Uint8Array)]
  const isString = typeof certificate === 'string'
  const pem = isString ? await pemOf(certificate, option) : new TextDecoder().decode(certificate)
  const chain = certificatesIn(pem ?? '')
  if (chain.length === 0) throw configurationError(`${option} ${NO_CERTIFICATE}`)
  return chain
}

/** Reads the key's certificate. `spki` is its SubjectPublicKeyInfo in DER (RFC 5280, section 4.1). */
function readFirst([der = new Uint8Array()]: readonly Bytes[]) {
  const fields = childrenOf(childrenOf(readDer(der))[0])
  // The version, which a certificate of version 1 omits, serialNumber, signature, issuer, validity, subject.
  const index = fields[0]?.tag === TAG.explicit0 ? 6 : 5
  return { ...readCertificate(der), spki: Uint8Array.from(fields[index]?.bytes ?? []) }
}
