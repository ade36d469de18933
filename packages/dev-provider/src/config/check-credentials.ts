import { X509Certificate } from 'node:crypto'
import type { AppConfig } from './config.js'

/**
 * Checks the credentials of an app other than its secret. The value may come from a JSON file, so
 * the types are not enough.
 */
export function checkCredentials(
  app: AppConfig,
  report: (key: string, fault: string) => void,
): void {
  const { certificates = [], federatedCredentials = [], trustedSubjectNames = [] } = app
  if (!isListOf(certificates, isRsaCertificate)) {
    report('certificates', 'must list certificates with RSA keys, in PEM')
  }
  if (!isListOf(trustedSubjectNames, isText)) {
    report('trustedSubjectNames', 'must be a list of texts')
  }
  const isCredential = (entry: unknown): boolean => {
    const { issuer, subject, audience = 'any' } = (entry ?? {}) as Record<string, unknown>
    const url = isText(issuer) ? issuer.replace(/^\{origin\}/, 'http://localhost') : ''
    return URL.canParse(url) && isText(subject) && isText(audience)
  }
  if (!isListOf(federatedCredentials, isCredential)) {
    report('federatedCredentials', 'must each have an issuer (a URL, or {origin}/…) and a subject')
  }
}

function isRsaCertificate(pem: unknown): boolean {
  try {
    return isText(pem) && new X509Certificate(pem).publicKey.asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0
}

function isListOf(value: unknown, isEntry: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isEntry)
}
