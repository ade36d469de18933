/**
 * The verified claims of an access token. They are frozen, because requests with the same token share them.
 *
 * @public
 */
export interface AccessTokenClaims {
  /** The issuer of the token. */
  readonly iss: string
  /** The API that the token is for: this one. */
  readonly aud: string | readonly string[]
  /** The time at which the token expires, as Unix time in seconds. */
  readonly exp: number
  /** The time at which the token was issued, as Unix time in seconds. */
  readonly iat?: number
  /** The time from which the token is valid, as Unix time in seconds. */
  readonly nbf?: number
  /** The ID of the user or the application. At Entra ID, each API gets a different `sub` for the same user. */
  readonly sub?: string
  /** Entra ID: the object ID of the user or the application, which is the same everywhere in the tenant. */
  readonly oid?: string
  /** Entra ID: the ID of the tenant. */
  readonly tid?: string
  /** Any other claim, as the provider sent it. */
  readonly [claim: string]: unknown
}

/** Converts a claim with several values, a list or a space-separated string, to a list of strings. */
export function toStringList(value: unknown): readonly string[] {
  const names: readonly unknown[] =
    typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : []
  return names.filter((name) => toNonEmptyString(name) !== undefined) as string[]
}

/** Returns a claim if it is a string that is not empty. */
export function toNonEmptyString(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
