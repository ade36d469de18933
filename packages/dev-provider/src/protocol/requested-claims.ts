import { isDeepStrictEqual } from 'node:util'
import { OAuthError } from './oauth-error.js'

/** What of a `claims` parameter the provider acts on. */
export interface RequestedClaims {
  /** Client capabilities, of which `cp1` means "can answer claims challenges". */
  readonly xmsCc: readonly string[]
  /** Authentication contexts for a step-up, `c1` to `c99`, to be shown to the API. */
  readonly acrs: readonly string[]
  /** The same, to be shown to the client itself. */
  readonly idTokenAcrs: readonly string[]
  /** What was asked of the access token, as it was written. */
  readonly accessToken: Readonly<Record<string, unknown>>
}

/** Nothing was asked for. */
export const noClaims: RequestedClaims = { xmsCc: [], acrs: [], idTokenAcrs: [], accessToken: {} }

/** Reads the `claims` parameter (OpenID Connect Core, 5.5), of which Entra uses `xms_cc` and `acrs`. */
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

/** Whether a request asked for everything that a challenge asks of the access token, with the same values. */
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
    // Told below, together with JSON that is no object.
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
