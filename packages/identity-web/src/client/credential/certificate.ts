import { toHex } from './bytes.ts'
import { childrenOf, contentOf, MalformedDer, oidOf, readDer, TAG, type DerElement } from './der.ts'
import type { CertificateFacts } from './types.ts'

// Certificates and keys without Node.js. WebCrypto does not read certificates.

const RSA = '1.2.840.113549.1.1.1'

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
 * Returns the RSA modulus of a private key in hexadecimal, or `undefined` for a key that is not RSA.
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
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full)
  if (parts === null) throw new MalformedDer()
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000
}
