import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { createCertificate, type Certificate } from '../protocol/x509.js'

/** A certificate that an app signs client assertions with, and its thumbprints. */
export interface ClientCertificate extends Certificate {
  /** The certificate's SHA-1 in hexadecimal, as the portal shows it. */
  readonly thumbprint: string
  /** SHA-256 in hexadecimal, MSAL's `thumbprintSha256`. */
  readonly thumbprintSha256: string
}

/**
 * Creates an RSA certificate for an app, so that you don't need `openssl`.
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
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const certificate = createCertificate({ keys, commonName, nowMs })
  const { fingerprint, fingerprint256 } = new X509Certificate(certificate.cert)
  return {
    ...certificate,
    thumbprint: fingerprint.replaceAll(':', ''),
    thumbprintSha256: fingerprint256.replaceAll(':', ''),
  }
}
