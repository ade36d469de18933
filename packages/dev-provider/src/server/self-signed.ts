import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  BasicConstraints,
  Certificate as X509,
  Extension,
  Extensions,
  GeneralName,
  id_ce_basicConstraints,
  id_ce_subjectAltName,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Time,
  Validity,
  Version,
} from '@peculiar/asn1-x509'
import {
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
  type KeyPairKeyObjectResult,
} from 'node:crypto'

/** A private key and its certificate, as PEM strings. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** Creates a certificate for `localhost`. A client trusts it only if you add it to the client's trusted authorities. */
export function createSelfSignedCertificate(nowMs: number = Date.now()): Certificate {
  return selfSign(generateKeyPairSync('ec', { namedCurve: 'P-256' }), {
    algorithm: new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 }),
    commonName: 'localhost',
    extensions: localhostExtensions(),
    nowMs,
  })
}

/** A certificate that an app signs client assertions with, and its thumbprints. */
export interface ClientCertificate extends Certificate {
  /** SHA-1 of the certificate in hexadecimal, as the portal shows it. */
  readonly thumbprint: string
  /** SHA-256 in hexadecimal, MSAL's `thumbprintSha256`. */
  readonly thumbprintSha256: string
}

/**
 * Creates an RSA certificate for an app. It replaces a call of `openssl`.
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
  const certificate = selfSign(generateKeyPairSync('rsa', { modulusLength: 2048 }), {
    algorithm: new AlgorithmIdentifier({ algorithm: RSA_WITH_SHA256, parameters: null }),
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

interface CertificateContent {
  readonly algorithm: AlgorithmIdentifier
  readonly commonName: string
  readonly extensions?: Extensions
  readonly nowMs: number
}

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'
const RSA_WITH_SHA256 = '1.2.840.113549.1.1.11'
const COMMON_NAME = '2.5.4.3'
const DAY_MS = 24 * 3600 * 1000

// @peculiar/x509 and selfsigned sign with WebCrypto and return promises. createClientCertificate is synchronous,
// so this function uses the ASN.1 schema below @peculiar/x509 and signs with node:crypto.
function selfSign(
  { privateKey, publicKey }: KeyPairKeyObjectResult,
  { algorithm, commonName, extensions, nowMs }: CertificateContent,
): Certificate {
  const name = new Name([
    new RelativeDistinguishedName([
      new AttributeTypeAndValue({
        type: COMMON_NAME,
        value: new AttributeValue({ utf8String: commonName }),
      }),
    ]),
  ])
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: toArrayBuffer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    signature: algorithm,
    issuer: name,
    validity: validityOf(nowMs - DAY_MS, nowMs + 365 * DAY_MS),
    subject: name,
    subjectPublicKeyInfo: AsnConvert.parse(
      publicKey.export({ type: 'spki', format: 'der' }),
      SubjectPublicKeyInfo,
    ),
    ...(extensions !== undefined && { extensions }),
  })
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), privateKey)
  const der = AsnConvert.serialize(
    new X509({
      tbsCertificate,
      signatureAlgorithm: algorithm,
      signatureValue: toArrayBuffer(signature),
    }),
  )
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: new X509Certificate(Buffer.from(der)).toString(),
  }
}

function validityOf(notBeforeMs: number, notAfterMs: number): Validity {
  const validity = new Validity()
  validity.notBefore = new Time(new Date(notBeforeMs))
  validity.notAfter = new Time(new Date(notAfterMs))
  return validity
}

/** The certificate is an authority, so that you can add it to a list of trusted authorities. */
function localhostExtensions(): Extensions {
  const names = new SubjectAlternativeName([
    new GeneralName({ dNSName: 'localhost' }),
    new GeneralName({ iPAddress: '127.0.0.1' }),
    new GeneralName({ iPAddress: '::1' }),
  ])
  return new Extensions([
    extension(id_ce_basicConstraints, new BasicConstraints({ cA: true }), true),
    extension(id_ce_subjectAltName, names),
  ])
}

function extension(extnID: string, value: object, critical = false): Extension {
  return new Extension({
    extnID,
    critical,
    extnValue: new OctetString(AsnConvert.serialize(value)),
  })
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
