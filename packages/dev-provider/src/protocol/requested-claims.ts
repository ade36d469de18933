import { isDeepStrictEqual } from 'node:util'
import { invalidRequest } from './oauth-error.js'

/** The parts of a `claims` parameter that the provider uses. */
export interface RequestedClaims {
  /** The client capabilities. `cp1` means that the client can handle claims challenges. */
  readonly xmsCc: readonly string[]
  /** The authentication contexts for a step-up, `c1` to `c99`, in the access token. */
  readonly acrs: readonly string[]
  /** The authentication contexts in the ID token. */
  readonly idTokenAcrs: readonly string[]
  /** The `access_token` member without changes. */
  readonly accessToken: Readonly<Record<string, unknown>>
}

/** The claims of a request without a `claims` parameter. */
export const noClaims: RequestedClaims = { xmsCc: [], acrs: [], idTokenAcrs: [], accessToken: {} }

/**
 * Parses the `claims` parameter (OpenID Connect Core, section 5.5). Entra ID uses `xms_cc` and
 * `acrs`.
 */
export function parseRequestedClaims(claimsParam: string | undefined): RequestedClaims {
  if (claimsParam === undefined) return noClaims
  const claims = parseClaims(claimsParam)
  const accessToken = member(claims, 'access_token')
  return {
    xmsCc: valuesOf(member(accessToken, 'xms_cc')),
    acrs: valuesOf(member(accessToken, 'acrs')),
    idTokenAcrs: valuesOf(member(member(claims, 'id_token'), 'acrs')),
    accessToken: isRecord(accessToken) ? accessToken : {},
  }
}

/**
 * Returns whether a request contains all access token claims of a challenge, with the same values.
 */
export function requestsAllClaims(
  requested: Pick<RequestedClaims, 'accessToken'>,
  challenge: Pick<RequestedClaims, 'accessToken'>,
): boolean {
  return Object.entries(challenge.accessToken).every(([name, entry]) =>
    isDeepStrictEqual(member(requested.accessToken, name), entry),
  )
}

function parseClaims(claimsParam: string): unknown {
  try {
    const claims: unknown = JSON.parse(claimsParam)
    if (isRecord(claims)) return claims
  } catch {
    // The error below also covers JSON that is not an object.
  }
  throw invalidRequest(
    900235,
    "The 'claims' parameter is not a JSON object.",
    'Send the parameter "claims" as a JSON object, for example {"access_token":{"acrs":{"value":"c1"}}}.',
  )
}

function member(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function valuesOf(entry: unknown): string[] {
  const values = member(entry, 'values')
  const list: unknown[] = Array.isArray(values) ? values : [member(entry, 'value')]
  return list.filter((value) => typeof value === 'string')
}
