// Splits PEM strings into keys and certificates.
import { fromBase64 } from '../../base64.ts'
import { configurationError } from '../../errors.ts'
import type { Bytes } from './der.ts'

export interface KeyMaterial {
  /** The private key, as PKCS#8 in DER. */
  readonly privateKey: Bytes
  /** The certificates in DER, starting with the one that probably belongs to the key. */
  readonly certificates: readonly Bytes[]
}

export interface CertificateFacts {
  /** The RSA modulus of the certificate's public key in hexadecimal, or `undefined` for a key that is not RSA. */
  readonly modulus: string | undefined
  /** The time at which the certificate expires, as Unix time in seconds. */
  readonly notAfter: number
}

export interface PemBlock {
  /** The block's label, for example `CERTIFICATE` or `RSA PRIVATE KEY`. */
  readonly label: string
  /** The whole block with its first and its last line. */
  readonly pem: string
  /**
   * The decoded content, or `undefined` for a block with headers (the traditional encrypted format) and for content
   * that is not base64.
   */
  readonly bytes: Bytes | undefined
}

/** A certificate credential's PEM strings, after its files were read. */
export interface PemStrings {
  /** The option's name, for messages. */
  readonly name: string
  readonly certificate: string | undefined
  readonly privateKey: string | undefined
}

/** Returns whether a value is a PEM string and not a path. */
export function isPem(value: string): boolean {
  return value.includes('-----BEGIN ')
}

export function isPrivateKey({ label }: PemBlock): boolean {
  return label.endsWith('PRIVATE KEY')
}

export function isEncrypted({ label, pem }: PemBlock): boolean {
  return label === 'ENCRYPTED PRIVATE KEY' || pem.includes('Proc-Type: 4,ENCRYPTED')
}

/** Returns the blocks of a PEM string. It accepts the line breaks that files, environment variables and YAML use. */
export function pemBlocks(pem: string): PemBlock[] {
  return pem
    .replaceAll(String.raw`\r`, '')
    .replaceAll(String.raw`\n`, '\n')
    .split('-----BEGIN ')
    .slice(1)
    .flatMap((part) => {
      const [label = '', body] = part.split('-----', 2)
      if (body === undefined || !part.includes(`-----END ${label}-----`)) return []
      return [
        {
          label,
          pem: `-----BEGIN ${label}-----${body}-----END ${label}-----\n`,
          bytes: body.includes(':') ? undefined : fromBase64(body),
        },
      ]
    })
}

/**
 * Reads the private key and the certificates in PEM strings.
 *
 * @throws IdentityError `configuration` if the private key is missing or cannot be read.
 */
export function fromPem(
  { name, certificate, privateKey }: PemStrings,
  toPkcs8: (block: PemBlock, name: string) => Bytes,
): KeyMaterial {
  const certificateBlocks = pemBlocks(certificate ?? '')
  const keyBlocks = pemBlocks(privateKey ?? '')
  const key = [...keyBlocks, ...certificateBlocks].find((block) => isPrivateKey(block))
  if (key === undefined) {
    throw configurationError(
      privateKey === undefined
        ? `${name}.certificate does not contain a private key. Set ${name}.privateKey to a PEM string or file.`
        : `${name}.privateKey does not contain a private key. Set it to the lines from "-----BEGIN PRIVATE KEY-----" to "-----END PRIVATE KEY-----".`,
    )
  }
  const blocks = certificate === undefined ? keyBlocks : certificateBlocks
  const found = blocks.filter(({ label }) => label === 'CERTIFICATE')
  if (certificate !== undefined && found.length === 0) {
    throw configurationError(
      `${name}.certificate does not contain a certificate. Set it to the lines from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----".`,
    )
  }
  return {
    privateKey: toPkcs8(key, name),
    certificates: found.map(({ bytes }) => bytes ?? new Uint8Array()),
  }
}
