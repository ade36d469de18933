import {
  createSign,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
  type KeyObject,
} from 'node:crypto'

/** A private key and its certificate, both PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/**
 * Makes a certificate for this machine's own names, which only those trust who are told to.
 *
 * Node signs, but it cannot write certificates, so the few fields of X.509 (RFC 5280) are spelled out here.
 */
export function createSelfSignedCertificate(nowMs: number = Date.now()): Certificate {
  return selfSign({
    ...generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    algorithm: sequence(OID.ecdsaWithSha256),
    commonName: 'localhost',
    extensions: sequence(basicConstraints(), alternativeNames()),
    nowMs,
  })
}

/** A certificate that an app signs client assertions with, and what a registration and a header call it. */
export interface ClientCertificate extends Certificate {
  /** SHA-1 of the certificate in hexadecimal, as the portal shows it. */
  readonly thumbprint: string
  /** SHA-256 in hexadecimal, MSAL's `thumbprintSha256`. */
  readonly thumbprintSha256: string
}

/**
 * Makes an RSA certificate for an app, in place of `openssl`.
 *
 * @example Register it
 * ```ts
 * const certificate = createClientCertificate()
 * const [app] = defaultConfig.apps
 * const provider = await startDevProvider({
 *   config: { apps: [{ ...app!, certificates: [certificate.cert] }] },
 * })
 * ```
 */
export function createClientCertificate(
  commonName: string = 'identity-web-dev client',
  nowMs: number = Date.now(),
): ClientCertificate {
  const certificate = selfSign({
    ...generateKeyPairSync('rsa', { modulusLength: 2048 }),
    algorithm: sequence(OID.rsaWithSha256, OID.null),
    commonName,
    nowMs,
  })
  const { fingerprint, fingerprint256 } = new X509Certificate(certificate.cert)
  return {
    ...certificate,
    thumbprint: fingerprint.replaceAll(':', ''),
    thumbprintSha256: fingerprint256.replaceAll(':', ''),
  }
}

interface Signing {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly algorithm: Buffer
  readonly commonName: string
  readonly extensions?: Buffer
  readonly nowMs: number
}

function selfSign(signing: Signing): Certificate {
  const { privateKey, publicKey, algorithm, commonName, extensions, nowMs } = signing
  const name = sequence(set(sequence(OID.commonName, tagged(0x0c, Buffer.from(commonName)))))
  const day = 24 * 3600 * 1000
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name,
    sequence(time(nowMs - day), time(nowMs + 365 * day)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions === undefined ? [] : [tagged(0xa3, extensions)]),
  )
  const signature = createSign('sha256').update(body).sign(privateKey)
  const der = sequence(body, algorithm, bitString(signature))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  }
}

const OID = {
  ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
  rsaWithSha256: Buffer.from('06092a864886f70d01010b', 'hex'),
  null: Buffer.from('0500', 'hex'),
  commonName: Buffer.from('0603550403', 'hex'),
  basicConstraints: Buffer.from('0603551d13', 'hex'),
  subjectAltName: Buffer.from('0603551d11', 'hex'),
}

function alternativeNames(): Buffer {
  const names = sequence(
    tagged(0x82, Buffer.from('localhost')),
    tagged(0x87, Buffer.from([127, 0, 0, 1])),
    tagged(0x87, Buffer.from('00000000000000000000000000000001', 'hex')),
  )
  return sequence(OID.subjectAltName, tagged(0x04, names))
}

/** A certificate authority, so that a client may be told to trust it as one. */
function basicConstraints(): Buffer {
  const isCa = tagged(0x01, Buffer.from([0xff]))
  return sequence(OID.basicConstraints, isCa, tagged(0x04, sequence(isCa)))
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

function set(part: Buffer): Buffer {
  return tagged(0x31, part)
}

function integer(content: Buffer): Buffer {
  return tagged(0x02, content)
}

function bitString(content: Buffer): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([0]), content]))
}

function time(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')
  return tagged(0x18, Buffer.from(text))
}
