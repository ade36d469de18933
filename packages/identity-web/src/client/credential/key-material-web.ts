// Reads keys from PEM strings, on other runtimes.
import { configurationError, type IdentityError } from '../../errors.ts'
import type { CertificateCredential } from './client-credential.ts'
import {
  childrenOf,
  contentOf,
  MalformedDer,
  oidOf,
  readDer,
  TAG,
  toHex,
  type Bytes,
  type DerElement,
} from './der.ts'
import {
  fromPem,
  isEncrypted,
  isPem,
  type CertificateFacts,
  type KeyMaterial,
  type PemBlock,
} from './pem.ts'

// Keys for every runtime except Node.js: PEM strings with PKCS#8. It exports the same functions as
// key-material-node.ts.

const RSA = '1.2.840.113549.1.1.1'
const CONVERT = 'openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key'

/**
 * Reads a credential's key and certificates.
 *
 * @throws IdentityError `configuration` for a format that requires Node.js, and for an invalid key.
 */
export async function loadKeyMaterial(
  { certificate, privateKey, pfx }: CertificateCredential,
  name: string,
): Promise<KeyMaterial> {
  if (pfx !== undefined) {
    throw unsupported(
      `${name}.pfx requires Node.js. Set ${name}.certificate and ${name}.privateKey to PEM strings`,
      'openssl pkcs12 -in app.pfx -nodes -out app.pem',
    )
  }
  await pemOf(certificate, `${name}.certificate`)
  await pemOf(privateKey, `${name}.privateKey`)
  return fromPem({ name, certificate, privateKey }, toPkcs8)
}

/** Returns the same string for every credential, because this runtime does not read files. */
export async function fileVersion(_credential: CertificateCredential): Promise<string> {
  return ''
}

/** @throws IdentityError `configuration` in every case, because this runtime does not read files. */
export async function readTextFile(_path: string, name: string): Promise<string> {
  throw configurationError(
    `${name} is a file, and this runtime cannot read files. Pass a function that returns the assertion (a signed JWT) instead.`,
  )
}

function toPkcs8(block: PemBlock, name: string): Bytes {
  if (isEncrypted(block)) {
    throw unsupported(`The private key of ${name} is encrypted, which requires Node.js. Decrypt it`)
  }
  if (block.label === 'RSA PRIVATE KEY') {
    throw unsupported(
      `The private key of ${name} is PKCS#1 ("RSA PRIVATE KEY"), which requires Node.js. Convert it`,
    )
  }
  if (block.label !== 'PRIVATE KEY' || block.bytes === undefined) {
    throw unsupported(`The private key of ${name} cannot be read. It must be an RSA key in PKCS#8`)
  }
  return block.bytes
}

/** @throws IdentityError `configuration` if the value is not a PEM string, because this runtime does not read files. */
export async function pemOf(value: string | undefined, name: string): Promise<string | undefined> {
  if (value === undefined || isPem(value)) return value
  throw configurationError(
    `${name} is not a PEM string, and only Node.js can read files. Set it to a string that starts with "-----BEGIN".`,
  )
}

function unsupported(problem: string, command: string = CONVERT): IdentityError {
  return configurationError(`${problem}: ${command}`)
}

/**
 * Reads a certificate in DER.
 *
 * @throws MalformedDer when the bytes are not a certificate.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.1 | RFC 5280, section 4.1}
 */
export function readCertificate(bytes: Uint8Array): CertificateFacts {
  const fields = childrenOf(childrenOf(readDer(bytes))[0])
  // A certificate of version 1 omits the version.
  const start = fields[0]?.tag === TAG.explicit0 ? 1 : 0
  // serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo.
  const validity = childrenOf(fields[start + 3])
  const [algorithm, key] = childrenOf(fields[start + 5])
  return {
    modulus:
      oidOf(childrenOf(algorithm)[0]) === RSA
        ? // The first byte of a BIT STRING is the number of unused bits.
          toModulus(childrenOf(readDer(contentOf(key, TAG.bitString).subarray(1)))[0])
        : undefined,
    notAfter: timeOf(validity[1]),
  }
}

/**
 * Returns a private key's RSA modulus in hexadecimal, or `undefined` for a key that is not RSA.
 *
 * @throws MalformedDer when the bytes are not a private key.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5208#section-5 | RFC 5208, section 5}
 */
export function modulusOfPrivateKey(pkcs8: Uint8Array): string | undefined {
  const [, algorithm, key] = childrenOf(readDer(pkcs8))
  if (oidOf(childrenOf(algorithm)[0]) !== RSA) return undefined
  // RFC 8017, appendix A.1.2: version, modulus, …
  return toModulus(childrenOf(readDer(contentOf(key, TAG.octetString)))[1])
}

function toModulus(element: DerElement | undefined): string {
  return toHex(contentOf(element, TAG.integer)).replace(/^(00)+/, '')
}

// RFC 5280, section 4.1.2.5: YYMMDDHHMMSSZ until 2049, then YYYYMMDDHHMMSSZ.
function timeOf(element: DerElement | undefined): number {
  const digits = String.fromCharCode(...(element?.content.subarray(0, 16) ?? []))
  const full =
    element?.tag === TAG.utcTime
      ? `${Number(digits.slice(0, 2)) < 50 ? '20' : '19'}${digits}`
      : digits
  const iso = full.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  const time = iso === full ? Number.NaN : Date.parse(iso)
  if (Number.isNaN(time)) throw new MalformedDer()
  return time / 1000
}
