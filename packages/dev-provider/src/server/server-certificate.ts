import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  ExtendedKeyUsage,
  GeneralName,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  type Extension,
} from '@peculiar/asn1-x509'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'
import {
  createCertificate,
  createExtension,
  keyIdentifier,
  type Certificate,
} from '../protocol/x509.js'

/** A certificate of a server, with the certificate of its authority. */
export type ServerCertificate = Required<Certificate>

/** The names that every server certificate contains. */
const LOCAL_NAMES: readonly string[] = ['localhost', '127.0.0.1', '::1']

/** The common name of the authority. */
export const CA_NAME = 'identity-web-dev CA'

/**
 * Creates an authority and a server certificate that it signs.
 *
 * The key of the authority is not returned or stored. A client that trusts the authority therefore trusts only this
 * server certificate, because no further certificate can be signed. Some clients reject a server certificate that is its
 * own authority.
 *
 * @param names - The host names and IP addresses of the server, in addition to `localhost`.
 */
export function createServerCertificate(
  names: readonly string[] = [],
  nowMs: number = Date.now(),
): ServerCertificate {
  const caKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const authority = createCertificate({
    keys: caKeys,
    commonName: CA_NAME,
    extensions: authorityExtensions(caKeys.publicKey),
    nowMs,
  })
  const server = createCertificate({
    keys,
    commonName: 'localhost',
    extensions: [
      ...serverExtensions(new Set([...LOCAL_NAMES, ...names])),
      ...keyExtensions(keys.publicKey, caKeys.publicKey),
    ],
    nowMs,
    issuer: { commonName: CA_NAME, privateKey: caKeys.privateKey },
  })
  return { ...server, ca: authority.cert }
}

// Python verifies with VERIFY_X509_STRICT, which requires the usage of the key and both key identifiers.
function authorityExtensions(publicKey: KeyObject): Extension[] {
  const usage = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign
  return [
    createExtension(
      id_ce_basicConstraints,
      new BasicConstraints({ cA: true, pathLenConstraint: 0 }),
      true,
    ),
    createExtension(id_ce_keyUsage, new KeyUsage(usage), true),
    ...keyExtensions(publicKey, publicKey),
  ]
}

function serverExtensions(names: ReadonlySet<string>): Extension[] {
  const generalNames = [...names].map((name) =>
    isIP(name) === 0 ? new GeneralName({ dNSName: name }) : new GeneralName({ iPAddress: name }),
  )
  return [
    createExtension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), true),
    createExtension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true),
    createExtension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
    createExtension(id_ce_subjectAltName, new SubjectAlternativeName(generalNames)),
  ]
}

function keyExtensions(own: KeyObject, issuer: KeyObject): Extension[] {
  const issuerId = new KeyIdentifier(keyIdentifier(issuer))
  return [
    createExtension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(own))),
    createExtension(
      id_ce_authorityKeyIdentifier,
      new AuthorityKeyIdentifier({ keyIdentifier: issuerId }),
    ),
  ]
}
