import { X509Certificate } from 'node:crypto'
import type { AppConfig } from './config.js'
import { isListOf, isNonEmptyString } from './value-checks.js'

/**
 * Checks an app's certificates and federated credentials. The value may come from a JSON file, so TypeScript cannot
 * check it.
 */
export function checkCredentials(
  app: AppConfig,
  report: (key: string, problem: string) => void,
): void {
  const { certificates = [], federatedCredentials = [], trustedSubjectNames = [] } = app
  if (!isListOf(certificates, isRsaCertificate)) {
    report('certificates', 'must be a list of certificates with RSA keys, as PEM strings')
  }
  if (!isListOf(trustedSubjectNames, isNonEmptyString)) {
    report('trustedSubjectNames', 'must be a list of non-empty strings')
  }
  const isCredential = (entry: unknown): boolean => {
    const { issuer, subject, audience = 'any' } = (entry ?? {}) as Record<string, unknown>
    const url = isNonEmptyString(issuer) ? issuer.replace(/^\{origin\}/, 'http://localhost') : ''
    return URL.canParse(url) && isNonEmptyString(subject) && isNonEmptyString(audience)
  }
  if (!isListOf(federatedCredentials, isCredential)) {
    report(
      'federatedCredentials',
      'must be a list of objects with issuer (a URL or {origin}/…) and subject',
    )
  }
}

function isRsaCertificate(pem: unknown): boolean {
  try {
    return isNonEmptyString(pem) && new X509Certificate(pem).publicKey.asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}
