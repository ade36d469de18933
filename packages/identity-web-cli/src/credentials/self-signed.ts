import { generateKeyPair, randomBytes, sign, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

/** A new private key and its certificate, as PEM strings. */
export interface NewCertificate {
  readonly key: string
  readonly cert: string
}

const DAY_MS = 24 * 3600 * 1000

/** Creates an RSA key with 2048 bits and a certificate that it signs itself. Entra ID accepts no other kind of key. */
export async function createSelfSigned(name: string, days: number): Promise<NewCertificate> {
  const keys = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const start = new Date()
  const end = new Date(start.getTime() + days * DAY_MS)
  const subject = sequence(set(sequence(COMMON_NAME, utf8(name))))
  const content = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serialNumber()),
    SHA256_WITH_RSA,
    subject,
    sequence(time(start), time(end)),
    subject,
    publicKeyInfo(keys.publicKey),
  )
  const signature = sign('sha256', content, keys.privateKey)
  const certificate = sequence(content, SHA256_WITH_RSA, bitString(signature))
  return {
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: toPem(certificate),
  }
}

// The few types of DER (ITU-T X.690) that a certificate (RFC 5280) needs.

function encode(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content])
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}

const sequence = (...parts: readonly Buffer[]): Buffer => encode(0x30, Buffer.concat(parts))
const set = (part: Buffer): Buffer => encode(0x31, part)
const integer = (value: Buffer): Buffer => encode(0x02, value)
const utf8 = (text: string): Buffer => encode(0x0c, Buffer.from(text, 'utf8'))
const bitString = (value: Buffer): Buffer => encode(0x03, Buffer.concat([Buffer.from([0]), value]))
const explicit = (number: number, part: Buffer): Buffer => encode(0xa0 + number, part)

/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11. */
const SHA256_WITH_RSA = sequence(
  encode(0x06, Buffer.from('2a864886f70d01010b', 'hex')),
  encode(0x05, Buffer.alloc(0)),
)
/** commonName, 2.5.4.3. */
const COMMON_NAME = encode(0x06, Buffer.from('550403', 'hex'))

/** Returns a positive number of 16 bytes. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes
}

/** Encodes a date: as UTCTime until 2049, and as GeneralizedTime after that year (RFC 5280, section 4.1.2.5). */
function time(date: Date): Buffer {
  const digits = `${date.toISOString().slice(0, 19).replaceAll(/\D/g, '')}Z`
  return date.getUTCFullYear() < 2050
    ? encode(0x17, Buffer.from(digits.slice(2)))
    : encode(0x18, Buffer.from(digits))
}

function publicKeyInfo(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
