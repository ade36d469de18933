import { isDeepStrictEqual } from 'node:util'
import { OAuthError } from './oauth-error.js'

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
export function parseRequestedClaims(text: string | undefined): RequestedClaims {
  if (text === undefined) return noClaims
  const claims = parse(text)
  const accessToken = member(claims, 'access_token')
  return {
    xmsCc: valuesOf(member(accessToken, 'xms_cc')),
    acrs: valuesOf(member(accessToken, 'acrs')),
    idTokenAcrs: valuesOf(member(member(claims, 'id_token'), 'acrs')),
    accessToken: isObject(accessToken) ? accessToken : {},
  }
}

/**
 * Returns whether a request contains all access token claims of a challenge, with the same values.
 */
export function asksForAll(
  asked: Pick<RequestedClaims, 'accessToken'>,
  challenge: Pick<RequestedClaims, 'accessToken'>,
): boolean {
  return Object.entries(challenge.accessToken).every(([name, entry]) =>
    isDeepStrictEqual(member(asked.accessToken, name), entry),
  )
}

function parse(text: string): unknown {
  try {
    const claims: unknown = JSON.parse(text)
    if (isObject(claims)) return claims
  } catch {
    // The error below also covers JSON that is not an object.
  }
  throw new OAuthError('invalid_request', 900235, "The 'claims' parameter is not a JSON object.")
}

function member(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function valuesOf(entry: unknown): string[] {
  const values = member(entry, 'values')
  const list: unknown[] = Array.isArray(values) ? values : [member(entry, 'value')]
  return list.filter((value) => typeof value === 'string')
}
