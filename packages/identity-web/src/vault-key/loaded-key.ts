import { pemOf, readCertificate } from '#key-material'
import { toBase64 } from '../base64.ts'
import { identify, type Certificate } from '../client/credential/certificate.ts'
import type { NamedSettings } from '../client/credential/client-credential.ts'
import { childrenOf, readDer, TAG, type Bytes } from '../client/credential/der.ts'
import { pemBlocks } from '../client/credential/pem.ts'
import { configurationError, IdentityError } from '../errors.ts'
import { callCode, type CodeOwner } from './application-code.ts'
import { NONE } from './problems.ts'
import type { VaultKey } from './vault-key.ts'

/** A key whose certificate was read, and the header that identifies it to the provider. */
export interface LoadedKey extends Required<Certificate> {
  /** The header of its assertions as JSON, which identifies the key. */
  readonly header: string
  /** @throws IdentityError `configuration` if the signature is wrong. `provider_unavailable` if the vault fails. */
  sign(data: Bytes): Promise<Uint8Array>
  /** The last assertion. `undefined` if the provider accepts an assertion only once. */
  assertion?: Assertion | undefined
}

export interface Assertion {
  readonly audience: string
  /** Unix time in seconds. */
  readonly expiresAt: number
  readonly jwt: Promise<string>
}

/** The errors that say that a key does not belong to its certificate. */
export const wrongKeys: WeakSet<object> = new WeakSet()

/** @throws IdentityError `configuration` if the certificate cannot be used. */
export async function loadKey(
  key: VaultKey,
  settings: NamedSettings,
  owner: CodeOwner,
): Promise<LoadedKey> {
  const { name } = settings
  const subject = `${name}.sign()`
  const chain = await readChain(key.certificate, name)
  const facts = readFacts(chain, name)
  const { header, algorithm, sha1 = '' } = await identify({}, chain, settings)
  const x5c = key.sendX5c === true && { x5c: chain.map((der) => toBase64(der)) }
  // RFC 7518, section 3.5: the salt is as long as the hash.
  const scheme = {
    name: algorithm === 'PS256' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    saltLength: 32,
  }
  const publicKey = await crypto.subtle.importKey('spki', facts.publicKey, scheme, false, [
    'verify',
  ])

  return {
    header: JSON.stringify({ alg: algorithm, typ: 'JWT', ...header, ...x5c }),
    notAfter: facts.notAfter,
    sha1,
    async sign(data) {
      const value: unknown = await callCode(owner, subject, () => key.sign(data, { algorithm }))
      const signature = ArrayBuffer.isView(value) ? Uint8Array.from(value as Uint8Array) : undefined
      if (signature?.length !== facts.size) {
        const returned = signature === undefined ? typeof value : `${signature.length} bytes`
        throw configurationError(
          `${subject} returned ${returned}. It must return the signature as a Uint8Array with ${facts.size} bytes, for example (await cryptography.signData('${algorithm}', data)).result of Azure Key Vault.`,
        )
      }
      if (await crypto.subtle.verify(scheme, publicKey, signature, data)) return signature
      const error = configurationError(
        `The certificate in ${name}.certificate and the key of ${subject} do not belong together, or ${subject} does not sign the SHA-256 hash of its data with ${algorithm}. Set the certificate that belongs to this version of the key.`,
      )
      wrongKeys.add(error)
      throw error
    },
  }
}

async function readChain(certificate: string | Uint8Array, name: string): Promise<Bytes[]> {
  // A SEQUENCE in DER. Other bytes can only be PEM.
  if (certificate[0] === 0x30) return [Uint8Array.from(certificate as Uint8Array)]
  const pem =
    typeof certificate === 'string'
      ? await pemOf(certificate, `${name}.certificate`)
      : new TextDecoder().decode(certificate)
  const chain = pemBlocks(pem ?? '').filter(({ label }) => label === 'CERTIFICATE')
  if (chain.length === 0) throw configurationError(`${name}.certificate ${NONE}`)
  return chain.map(({ bytes }) => bytes ?? new Uint8Array())
}

interface Facts {
  readonly notAfter: number
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Bytes
  /** The number of bytes of a signature. */
  readonly size: number
}

/** Reads the first certificate, which belongs to the key. */
function readFacts([leaf = new Uint8Array()]: readonly Bytes[], name: string): Facts {
  const subject = `The key of ${name}.certificate`
  try {
    const { modulus, notAfter } = readCertificate(leaf)
    if (modulus === undefined) {
      throw configurationError(
        `${subject} is not an RSA key. Microsoft Entra ID accepts only RSA keys. Create a certificate with an RSA key.`,
      )
    }
    if (modulus.length < 512) {
      throw configurationError(`${subject} is shorter than 2048 bits. Create a longer key.`)
    }
    return { notAfter, publicKey: publicKeyOf(leaf), size: modulus.length / 2 }
  } catch (error) {
    if (IdentityError.is(error)) throw error
    throw configurationError(`${name}.certificate is damaged and cannot be read.`)
  }
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.1 | RFC 5280, section 4.1} */
function publicKeyOf(certificate: Bytes): Bytes {
  const fields = childrenOf(childrenOf(readDer(certificate))[0])
  // The version, which a certificate of version 1 omits, serialNumber, signature, issuer, validity, subject.
  const index = fields[0]?.tag === TAG.explicit0 ? 6 : 5
  return Uint8Array.from(fields[index]?.bytes ?? [])
}
