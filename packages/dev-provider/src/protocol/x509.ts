import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Certificate as X509,
  Extension,
  Extensions,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Time,
  Validity,
  Version,
} from '@peculiar/asn1-x509'
import { createHash, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto'

/** A private key and its certificate, as PEM strings. */
export interface Certificate {
  readonly key: string
  readonly cert: string
  /** The certificate of the authority that issued `cert`. Clients trust this certificate. */
  readonly ca?: string
}

/** A certificate's contents. */
export interface CertificateContent {
  readonly keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
  readonly commonName: string
  readonly extensions?: readonly Extension[]
  readonly nowMs: number
  /** The authority that signs the certificate. Without it, the certificate is self-signed. */
  readonly issuer?: { readonly commonName: string; readonly privateKey: KeyObject }
}

const COMMON_NAME = '2.5.4.3'
const DAY_MS = 24 * 3600 * 1000

/**
 * Creates a certificate for one year.
 *
 * `@peculiar/x509` and `selfsigned` sign with WebCrypto and return promises. `createClientCertificate` is synchronous, so
 * this function uses the ASN.1 schema below `@peculiar/x509` and signs with `node:crypto`.
 */
export function createCertificate(content: CertificateContent): Certificate {
  const { keys, commonName, extensions, nowMs, issuer } = content
  const { privateKey, publicKey } = keys
  const signingKey = issuer?.privateKey ?? privateKey
  const algorithm = algorithmOf(signingKey)
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: toArrayBuffer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    signature: algorithm,
    issuer: nameOf(issuer?.commonName ?? commonName),
    validity: validityOf(nowMs - DAY_MS, nowMs + 365 * DAY_MS),
    subject: nameOf(commonName),
    subjectPublicKeyInfo: toPublicKeyInfo(publicKey),
    ...(extensions !== undefined && { extensions: new Extensions([...extensions]) }),
  })
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), signingKey)
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

/** Returns the key identifier of a public key (RFC 5280, section 4.2.1.2). */
export function keyIdentifier(publicKey: KeyObject): ArrayBuffer {
  const { subjectPublicKey } = toPublicKeyInfo(publicKey)
  return toArrayBuffer(createHash('sha1').update(Buffer.from(subjectPublicKey)).digest())
}

/** Creates a certificate extension. */
export function createExtension(extnID: string, value: object, critical = false): Extension {
  return new Extension({
    extnID,
    critical,
    extnValue: new OctetString(AsnConvert.serialize(value)),
  })
}

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'
const RSA_WITH_SHA256 = '1.2.840.113549.1.1.11'

function algorithmOf(key: KeyObject): AlgorithmIdentifier {
  return key.asymmetricKeyType === 'rsa'
    ? new AlgorithmIdentifier({ algorithm: RSA_WITH_SHA256, parameters: null })
    : new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 })
}

function toPublicKeyInfo(publicKey: KeyObject): SubjectPublicKeyInfo {
  return AsnConvert.parse(publicKey.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo)
}

function nameOf(commonName: string): Name {
  const value = new AttributeValue({ utf8String: commonName })
  return new Name([
    new RelativeDistinguishedName([new AttributeTypeAndValue({ type: COMMON_NAME, value })]),
  ])
}

function validityOf(notBeforeMs: number, notAfterMs: number): Validity {
  const validity = new Validity()
  validity.notBefore = new Time(new Date(notBeforeMs))
  validity.notAfter = new Time(new Date(notAfterMs))
  return validity
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
