import { OAuthError } from './oauth-error.js'

/** What of a `claims` parameter the provider acts on. */
export interface RequestedClaims {
  /** Client capabilities, of which `cp1` means "can answer claims challenges". */
  readonly xmsCc: readonly string[]
  /** Authentication contexts for a step-up, `c1` to `c99`. */
  readonly acrs: readonly string[]
}

/** Reads the `claims` parameter (OpenID Connect Core, 5.5), of which Entra uses `xms_cc` and `acrs`. */
export function parseRequestedClaims(text: string | undefined): RequestedClaims {
  if (text === undefined) return { xmsCc: [], acrs: [] }
  const accessToken = member(parse(text), 'access_token')
  return {
    xmsCc: valuesOf(member(accessToken, 'xms_cc')),
    acrs: valuesOf(member(accessToken, 'acrs')),
  }
}

function parse(text: string): unknown {
  try {
    const claims: unknown = JSON.parse(text)
    if (typeof claims === 'object' && claims !== null) return claims
  } catch {
    // Told below, together with JSON that is no object.
  }
  throw new OAuthError('invalid_request', 900235, "The 'claims' parameter is not a JSON object.")
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

function valuesOf(entry: unknown): string[] {
  const values = member(entry, 'values')
  const list: unknown[] = Array.isArray(values) ? values : [member(entry, 'value')]
  return list.filter((value) => typeof value === 'string')
}
