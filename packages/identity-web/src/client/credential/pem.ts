import { fromBase64 } from '../../base64.ts'
import { IdentityError } from '../../errors.ts'
import type { Bytes, KeyMaterial } from './types.ts'

/** One block of a PEM text. */
export interface PemBlock {
  /** Such as `CERTIFICATE` or `RSA PRIVATE KEY`. */
  readonly label: string
  /** With its lines BEGIN and END. */
  readonly text: string
  /** `undefined` for a block with headers (an encrypted key of the old kind) and for what is no base64. */
  readonly bytes: Bytes | undefined
}

/** The texts of a certificate credential, read from its files. */
export interface PemTexts {
  /** The option, for messages. */
  readonly name: string
  readonly certificate: string | undefined
  readonly privateKey: string | undefined
}

/** Turns the block of a private key into PKCS#8. */
export type ToPkcs8 = (block: PemBlock, name: string) => Bytes

/** Whether a value is a PEM text, and no path. */
export function isPem(value: string): boolean {
  return value.includes('-----BEGIN ')
}

/** Whether a block is a private key, of whatever kind. */
export function isPrivateKey({ label }: PemBlock): boolean {
  return label.endsWith('PRIVATE KEY')
}

/** Whether a block is a private key that needs a passphrase. */
export function isEncrypted({ label, text }: PemBlock): boolean {
  return label === 'ENCRYPTED PRIVATE KEY' || text.includes('Proc-Type: 4,ENCRYPTED')
}

/** The blocks of a PEM text. Environment variables and YAML break lines in many ways: all of them are read. */
export function pemBlocks(text: string): PemBlock[] {
  return text
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
          text: `-----BEGIN ${label}-----${body}-----END ${label}-----\n`,
          bytes: body.includes(':') ? undefined : fromBase64(body),
        },
      ]
    })
}

/** @throws IdentityError `configuration` for texts without a private key or with one that can't be read. */
export function fromPem(
  { name, certificate, privateKey }: PemTexts,
  toPkcs8: ToPkcs8,
): KeyMaterial {
  const ofCertificate = pemBlocks(certificate ?? '')
  const ofKey = pemBlocks(privateKey ?? '')
  const key = [...ofKey, ...ofCertificate].find((block) => isPrivateKey(block))
  if (key === undefined) {
    throw new IdentityError(
      'configuration',
      privateKey === undefined
        ? `${name}.certificate holds no private key. Set ${name}.privateKey to its PEM text or file.`
        : `${name}.privateKey holds no private key: no line "-----BEGIN PRIVATE KEY-----" with its end is in it.`,
    )
  }
  const certificates = certificate === undefined ? ofKey : ofCertificate
  const found = certificates.filter(({ label }) => label === 'CERTIFICATE')
  if (certificate !== undefined && found.length === 0) {
    throw new IdentityError(
      'configuration',
      `${name}.certificate holds no certificate: no line "-----BEGIN CERTIFICATE-----" with its end is in it.`,
    )
  }
  return {
    privateKey: toPkcs8(key, name),
    certificates: found.map(({ bytes }) => bytes ?? new Uint8Array()),
  }
}
