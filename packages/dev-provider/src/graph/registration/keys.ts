import { randomUUID, X509Certificate } from 'node:crypto'
import type { AppConfig } from '../../config/config.js'
import type { KeyRecord } from '../../config/registration-records.js'
import { isObject } from '../../config/value-checks.js'
import { keysOf } from '../directory/application-entity.js'
import { badRequest, type GraphError } from '../errors.js'

/**
 * Returns the certificates of `keyCredentials` in a request. An entry without `key` keeps the certificate with its
 * `keyId`, and a certificate that the list does not contain is removed.
 *
 * @throws GraphError for an entry that is not an RSA certificate, and for an unknown `keyId` without `key`.
 */
export function toKeys(app: AppConfig, value: unknown): KeyRecord[] {
  if (!Array.isArray(value)) throw invalidKey('keyCredentials is not a list.')
  const current = keysOf(app)
  return value.map((entry: unknown) => {
    if (!isObject(entry)) throw invalidKey('An entry is not an object.')
    const { keyId, key, displayName } = entry
    const kept = current.find((each) => each.keyId === keyId)
    if (key === undefined || key === null) {
      if (kept !== undefined) return kept
      throw invalidKey('An entry needs a key, or the keyId of a key that exists.')
    }
    return {
      keyId: typeof keyId === 'string' ? keyId : randomUUID(),
      pem: toPem(key, entry),
      displayName: typeof displayName === 'string' ? displayName : null,
    }
  })
}

function toPem(key: unknown, { type, usage }: Readonly<Record<string, unknown>>): string {
  if (type !== 'AsymmetricX509Cert' || usage !== 'Verify') {
    throw invalidKey('Set type to AsymmetricX509Cert and usage to Verify for a certificate.')
  }
  const certificate = parse(String(key))
  if (certificate?.publicKey.asymmetricKeyType === 'rsa') return certificate.toString()
  throw invalidKey('The key must be the base64 string of a DER certificate with an RSA key.')
}

function parse(base64: string): X509Certificate | undefined {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'))
  } catch {
    return undefined
  }
}

function invalidKey(remedy: string): GraphError {
  return badRequest('Key credential is not valid.', 'KeyCredentialsInvalid', remedy)
}
