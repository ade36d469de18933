import { toHex } from './bytes.ts'
import { childrenOf, contentOf, MalformedDer, oidOf, readDer, TAG, type DerElement } from './der.ts'

/** What this library needs to know of a certificate. */
export interface CertificateFacts {
  /** The RSA modulus of its key, in hexadecimal; `undefined` for a key of another kind. */
  readonly modulus: string | undefined
  /** Unix time in seconds. */
  readonly notAfter: number
}

const RSA = '1.2.840.113549.1.1.1'

/**
 * @throws MalformedDer when the bytes are no certificate.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.1 | RFC 5280, section 4.1}
 */
export function readCertificate(bytes: Uint8Array): CertificateFacts {
  const fields = childrenOf(childrenOf(readDer(bytes))[0])
  // The version is missing in certificates of version 1.
  const start = fields[0]?.tag === TAG.explicit0 ? 1 : 0
  // serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo.
  const validity = childrenOf(fields[start + 3])
  const [algorithm, key] = childrenOf(fields[start + 5])
  return {
    modulus:
      oidOf(childrenOf(algorithm)[0]) === RSA
        ? // The first byte of a BIT STRING counts the bits that it doesn't use.
          toModulus(childrenOf(readDer(contentOf(key, TAG.bitString).subarray(1)))[0])
        : undefined,
    notAfter: timeOf(validity[1]),
  }
}

/**
 * The RSA modulus of a private key, in hexadecimal; `undefined` for a key of another kind.
 *
 * @throws MalformedDer when the bytes are no key.
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
  const text = String.fromCharCode(...(element?.content.subarray(0, 16) ?? []))
  const full =
    element?.tag === TAG.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full)
  if (parts === null) throw new MalformedDer()
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000
}
