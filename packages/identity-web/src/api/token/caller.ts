// Makes the user or the application of verified claims.
import { own } from '../../own.ts'
import { hasUserClaim, lacksUser, type AuthorityKind } from '../../authority/index.ts'
import { rejectAccessToken } from './rules.ts'

/**
 * An access token's verified claims, which are frozen, because requests with the same token share them.
 *
 * @public
 */
export interface AccessTokenClaims {
  /** The issuer of the token. */
  readonly iss: string
  /** The token's audience, which is this API. */
  readonly aud: string | readonly string[]
  /** The time at which the token expires, as Unix time in seconds. */
  readonly exp: number
  /** The time at which the token was issued, as Unix time in seconds. */
  readonly iat?: number
  /** The time from which the token is valid, as Unix time in seconds. */
  readonly nbf?: number
  /** The user's or the application's ID. At Entra ID, each API gets a different `sub` for the same user. */
  readonly sub?: string
  /** Entra ID: the user's or the application's object ID, which is the same everywhere in the tenant. */
  readonly oid?: string
  /** Entra ID: the tenant's ID. */
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

function toNonEmptyString(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The user for whom a client calls the API. @public */
export interface ApiUser {
  /** The user's ID. At Entra ID, each API gets a different `sub` for the same user. */
  readonly sub: string
  /** The token's issuer. `sub` is unique only within one issuer. */
  readonly iss: string
  /** Entra ID: the user's object ID, which is the same for every application in the tenant. */
  readonly oid: string | undefined
  /** Entra ID: the ID of the user's tenant, which you should include in every key under which you store users' data. */
  readonly tid: string | undefined
  /** The user's full name, for display only. */
  readonly name: string | undefined
  /** The user's sign-in name, for display only, because it can change, and another user can get it later. */
  readonly username: string | undefined
}

/** An application that calls the API without a user. @public */
export interface ApiApplication {
  /** The application's client ID. */
  readonly clientId: string
  /** The issuer of the token. */
  readonly iss: string
  /** Entra ID: the object ID of the application's service principal in the tenant. */
  readonly oid: string | undefined
  /** Entra ID: the ID of the tenant that the application calls from. */
  readonly tid: string | undefined
}

/** A request's caller: a user with a client, or an application. */
export type Caller = {
  /** The client that the token was issued to. */
  readonly clientId: string | undefined
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
} & (
  | { readonly user: ApiUser; readonly app?: undefined; readonly appPermissions?: undefined }
  | {
      readonly app: ApiApplication
      readonly appPermissions: readonly string[]
      readonly user?: undefined
    }
)

// Agents' app-only tokens at Entra ID contain it in `scp`. It is not a scope, because users do not consent to it.
const NO_SCOPE = '/'

/**
 * Reads the caller from a token's claims.
 *
 * @throws IdentityError `invalid_token` for a token without a caller. With Microsoft, also for a user's token without
 *   scopes, because every user of the tenant can get such a token.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-validation}
 */
export function toCaller(kind: AuthorityKind, claims: AccessTokenClaims): Caller {
  const isGeneric = kind === 'oidc'
  const clientId = toNonEmptyString(
    isGeneric
      ? // Okta names the client in `cid`.
        (own(claims, 'client_id') ??
          own(claims, 'azp') ??
          own(claims, 'appid') ??
          own(claims, 'cid'))
      : (own(claims, 'azp') ?? own(claims, 'appid')),
  )
  const scopes = isGeneric
    ? [...toStringList(own(claims, 'scope')), ...toStringList(own(claims, 'scp'))]
    : toStringList(own(claims, 'scp')).filter((scope) => scope !== NO_SCOPE)
  const roles = toStringList(own(claims, 'roles'))
  const { iss } = claims
  const textOf = (name: string): string | undefined => toNonEmptyString(own(claims, name))
  const [oid, tid, sub] = [textOf('oid'), textOf('tid'), textOf('sub')]
  const isApp = isGeneric ? isGenericApp(claims, clientId) : isMicrosoftApp(kind, claims, scopes)
  if (isApp) {
    if (clientId === undefined)
      throw rejectAccessToken('client', 'it does not contain a client ID (azp, appid or client_id)')
    // With other providers than Microsoft, an application's permissions are scopes.
    const appPermissions = isGeneric ? scopes : roles
    const app = { clientId, iss, oid, tid }
    return { clientId, scopes, roles, appPermissions, app, user: undefined }
  }
  if (sub === undefined) throw rejectAccessToken('user', 'it does not contain a user (sub)')
  const name = textOf('name')
  const username =
    textOf('preferred_username') ?? textOf('upn') ?? textOf('unique_name') ?? textOf('email')
  const user = { sub, iss, oid, tid, name, username }
  return { clientId, scopes, roles, user, app: undefined, appPermissions: undefined }
}

function isMicrosoftApp(
  kind: AuthorityKind,
  claims: AccessTokenClaims,
  scopes: readonly string[],
): boolean {
  if (scopes.length > 0 && own(claims, 'idtyp') !== 'app') return false
  if (lacksUser(kind, claims)) return true
  throw rejectAccessToken(
    'kind',
    'it has no scopes (scp) and is not an app-only token; ask for a scope of this API',
  )
}

/**
 * Returns whether a token from a provider other than Microsoft belongs to an application. An application's `sub` is its
 * client ID (Auth0 adds a suffix) or missing, but the other claims are checked too, because a user could have such a
 * `sub`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-5 | RFC 9068, section 5}
 */
function isGenericApp(claims: AccessTokenClaims, clientId: string | undefined): boolean {
  const sub = own(claims, 'sub')
  const isOwn = sub === undefined || sub === clientId || sub === `${clientId}@clients`
  return clientId !== undefined && isOwn && !hasUserClaim(claims)
}

/**
 * Adds the scopes that a caller's scopes imply, so that a client with a broader scope does not need to request a
 * narrower scope.
 *
 * @param implied - For each scope, all scopes that it implies, directly or through other scopes.
 */
export function withImpliedScopes(
  caller: Caller,
  implied: ReadonlyMap<string, readonly string[]> | undefined,
): Caller {
  if (implied === undefined) return caller
  const added = caller.scopes.flatMap((scope) => implied.get(scope) ?? [])
  return added.length === 0
    ? caller
    : { ...caller, scopes: [...new Set([...caller.scopes, ...added])] }
}
