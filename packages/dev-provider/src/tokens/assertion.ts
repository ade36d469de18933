import type { ProviderRequest } from '../protocol/http.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import type { AppConfig } from '../config/config.js'
import {
  compactVerify,
  decodeJwt,
  decodeProtectedHeader,
  type CryptoKey,
  type JWTPayload,
  type KeyObject,
  type ProtectedHeaderParameters,
} from 'jose'
import type { ProviderContext } from '../state/context.js'
import { invalidClient } from './invalid-client.js'
import { invalidRequest, type OAuthError } from '../protocol/oauth-error.js'

/** The client that sends an assertion, with the request. */
export interface AssertionBearer {
  readonly app: AppConfig
  readonly profile: IssuerProfile
  readonly request: ProviderRequest
}

/** A JWT that a client sends instead of a secret. It is parsed but not verified. */
export interface Assertion {
  readonly jwt: string
  readonly header: ProtectedHeaderParameters & Readonly<Record<string, unknown>>
  readonly payload: JWTPayload
  readonly audiences: readonly string[]
}

// Entra ID allows clocks to differ by five minutes. It rejects assertions with a lifetime of more
// than a day.
const SKEW_SECONDS = 300
const MAX_LIFETIME_SECONDS = 24 * 3600

/**
 * Parses an assertion.
 *
 * @throws OAuthError AADSTS50027 when it is not a JWT.
 */
export function readAssertion(jwt: string): Assertion {
  try {
    const payload = decodeJwt(jwt)
    const audiences = [payload.aud ?? []].flat()
    return { jwt, header: decodeProtectedHeader(jwt), payload, audiences }
  } catch {
    throw malformedAssertion('the token is not a signed JWT')
  }
}

const JWT_REMEDY =
  'Send a signed JWT with the claims iss, sub, aud, jti and exp in client_assertion.'

/** Creates the error AADSTS50027. */
export function malformedAssertion(why: string): OAuthError {
  return invalidRequest(50027, `JWT token is invalid or malformed: ${why}.`, JWT_REMEDY)
}

/** Rejects an algorithm that the key does not support (RFC 8725, section 3.1). */
export function assertAlgorithm({ header }: Assertion, supported: readonly string[]): void {
  if (supported.includes(header.alg ?? '')) return
  const names = supported.map((name) => `'${name}'`).join(', ')
  throw invalidClient(
    5002738,
    `Invalid JWT token. '${header.alg ?? ''}' is not a supported signature algorithm. Supported signing algorithms are: ${names}.`,
    `Sign the assertion with ${supported.join(' or ')}.`,
  )
}

/** Returns whether the key created the signature. It does not check the claims. */
export async function isSignedBy(
  { jwt, header }: Assertion,
  key: CryptoKey | KeyObject,
): Promise<boolean> {
  try {
    await compactVerify(jwt, key, { algorithms: [header.alg ?? ''] })
    return true
  } catch {
    return false
  }
}

/**
 * Checks the times and the lifetime of an assertion.
 *
 * @throws OAuthError AADSTS700024 when it is not valid at this time, or its lifetime is too long.
 */
export function assertInTime(context: ProviderContext, { payload }: Assertion): void {
  const now = context.nowSeconds()
  const { exp, nbf = payload.iat ?? now } = payload
  if (typeof exp !== 'number' || typeof nbf !== 'number') {
    throw malformedAssertion("'exp' is missing, or 'exp' or 'nbf' is not a number")
  }
  const isInTime = nbf <= now + SKEW_SECONDS && exp > now - SKEW_SECONDS
  if (isInTime && exp - nbf <= MAX_LIFETIME_SECONDS) return
  throw invalidClient(
    700024,
    `Client assertion is not within its valid time range. Current time: ${toTime(now)}, assertion valid from ${toTime(nbf)}, expiry time of assertion ${toTime(exp)}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`,
    'Create a new assertion for each request, valid for a few minutes. Check the clock of the app.',
  )
}

function toTime(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString()
}
