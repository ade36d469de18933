/**
 * The claims of an access token, verified. Frozen: requests with the same token share them.
 *
 * @public
 */
export interface AccessTokenClaims {
  /** Who issued the token. */
  readonly iss: string
  /** For whom: this API. */
  readonly aud: string | readonly string[]
  /** When it expires; Unix time in seconds. */
  readonly exp: number
  /** When it was issued; Unix time in seconds. */
  readonly iat?: number
  /** Before when it is not valid; Unix time in seconds. */
  readonly nbf?: number
  /** The user, as this API knows them, or the application. At Entra ID another API has another one for the same user. */
  readonly sub?: string
  /** Entra ID: the user or the application, the same everywhere in the tenant. */
  readonly oid?: string
  /** Entra ID: the tenant. */
  readonly tid?: string
  /** Any other claim, as the provider gave it. */
  readonly [claim: string]: unknown
}

/** Several values in one text, or a list. */
export function toNames(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(' ').filter((name) => name !== '')
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
}

/** A claim that is a text with something in it. */
export function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
