import { importJWK, type CryptoKey, type JWK } from 'jose'
import { isObject } from '../config/value-checks.js'
import { invalidClient } from './invalid-client.js'
import type { OAuthError } from '../protocol/oauth-error.js'

const TIMEOUT_MS = 5000
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Fetches a public key of another issuer through its discovery document.
 *
 * It does not cache the key, because a test can restart the issuer with other keys.
 */
export async function fetchIssuerKey(issuer: string, kid: string): Promise<CryptoKey | undefined> {
  const metadata = await fetchDocument(issuer, `${issuer}/.well-known/openid-configuration`)
  if (metadata['issuer'] !== issuer)
    throw unreachable(issuer, 'its metadata contains another issuer')
  const keys = await fetchDocument(issuer, String(metadata['jwks_uri']))
  const list: unknown[] = Array.isArray(keys['keys']) ? keys['keys'] : []
  const jwk = list.find((entry): entry is JWK => isObject(entry) && entry['kid'] === kid)
  if (jwk === undefined || jwk.kty !== 'RSA') return undefined
  try {
    return (await importJWK(jwk, 'RS256')) as CryptoKey
  } catch {
    return undefined
  }
}

async function fetchDocument(issuer: string, url: string): Promise<Record<string, unknown>> {
  if (!isFetchable(url)) throw unreachable(issuer, 'its URLs must use https')
  let document: unknown
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (response.ok) document = await response.json()
  } catch {
    // The error below also covers a response that is not a JSON object.
  }
  if (isObject(document)) return document
  throw unreachable(issuer, 'the response is not a JSON document')
}

/**
 * Returns whether a URL uses https or this machine. Over another connection, an attacker could
 * replace the keys.
 */
function isFetchable(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname))
}

function unreachable(issuer: string, why: string): OAuthError {
  return invalidClient(
    50166,
    `Request to External OIDC endpoint failed: '${issuer}', ${why}.`,
    'Check that the issuer runs and that its URL is right. The URL must use https, or http on this machine.',
  )
}
