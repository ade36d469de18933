import type { AuthorityKind } from '../../authority/index.ts'
import { toNames, toText, type AccessTokenClaims } from './claims.ts'
import { reject } from './rejection.ts'

/** The user that a client calls for. @public */
export interface ApiUser {
  /** The user as this API knows them. */
  readonly sub: string
  /** The issuer that `sub` is unique at. */
  readonly iss: string
  /** Entra ID: the user's id in the tenant, the same for every application. */
  readonly oid: string | undefined
  /** Entra ID: the tenant. Make it part of every key under which data of users is kept. */
  readonly tid: string | undefined
  /** For display only. */
  readonly name: string | undefined
  /** For display only: it changes, and others may get it later. */
  readonly username: string | undefined
}

/** An application that calls for itself. @public */
export interface ApiApplication {
  /** Its client id. */
  readonly clientId: string
  /** The issuer of its token. */
  readonly iss: string
  /** Entra ID: the application's id (service principal) in the tenant. */
  readonly oid: string | undefined
  /** Entra ID: the tenant that it calls from. */
  readonly tid: string | undefined
}

/** Who calls: a user by a client, or an application itself. */
export type Caller = {
  /** The client that got the token. */
  readonly clientId: string | undefined
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
} & (
  | { readonly user: ApiUser; readonly app?: undefined }
  | { readonly app: ApiApplication; readonly user?: undefined }
)

/**
 * Tells from a token's claims who calls.
 *
 * @throws IdentityError `invalid_token` for a token that names nobody, and at Microsoft for one that neither has scopes
 *   nor is an application's: whoever has an account gets such a token.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-validation}
 */
export function toCaller(kind: AuthorityKind, claims: AccessTokenClaims): Caller {
  const isPlain = kind === 'oidc'
  const clientId = toText(
    isPlain ? (claims['client_id'] ?? claims['azp']) : (claims['azp'] ?? claims['appid']),
  )
  const scopes = isPlain
    ? [...toNames(claims['scope']), ...toNames(claims['scp'])]
    : toNames(claims['scp'])
  const roles = toNames(claims['roles'])
  const { iss } = claims
  const [oid, tid, sub] = [toText(claims.oid), toText(claims.tid), toText(claims.sub)]
  const isApp = isPlain ? isPlainApplication(claims, clientId) : isApplication(kind, claims, scopes)
  if (isApp) {
    if (clientId === undefined) throw reject('it names no client (azp, appid or client_id)')
    // Elsewhere than at Microsoft an application's permissions are scopes.
    const granted = isPlain ? [...roles, ...scopes] : roles
    return { clientId, scopes, roles: granted, app: { clientId, iss, oid, tid } }
  }
  if (sub === undefined) throw reject('it names no user (sub)')
  const name = toText(claims['name'])
  const username = ['preferred_username', 'upn', 'unique_name', 'email']
    .map((claim) => toText(claims[claim]))
    .find((text) => text !== undefined)
  return { clientId, scopes, roles, user: { sub, iss, oid, tid, name, username } }
}

function isApplication(
  kind: AuthorityKind,
  claims: AccessTokenClaims,
  scopes: readonly string[],
): boolean {
  if (claims['idtyp'] === 'app') return true
  if (scopes.length > 0) return false
  if (claims['idtyp'] === undefined && isWithoutUser(kind, claims)) return true
  throw reject(
    "it has no scopes (scp) and is not an application's own; ask for a scope of this API",
  )
}

// Where the registration doesn't ask for `idtyp`: at Entra ID a user's `sub` is another for each API, an application's
// is its `oid`. AD FS gives users' tokens scopes, always. A token of an Azure AD B2C policy is of a user.
function isWithoutUser(kind: AuthorityKind, claims: AccessTokenClaims): boolean {
  // AD FS says how and when applications authenticated, too.
  if (kind === 'adfs') return !speaksOfUser({ ...claims, auth_time: undefined })
  return kind !== 'b2c' && claims.oid !== undefined && claims.oid === claims.sub
}

// A token that says how or when somebody signed in is no application's own, whatever its `sub`.
function speaksOfUser(claims: AccessTokenClaims): boolean {
  return USER_CLAIMS.some((name) => claims[name] !== undefined)
}

const USER_CLAIMS = [
  'sid',
  'session_state',
  'auth_time',
  'preferred_username',
  'upn',
  'unique_name',
  'name',
  'email',
] as const

/**
 * The `sub` of an application is its client id (Auth0 adds a word), or missing.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-5 | RFC 9068, section 5}: a user may have got that `sub`
 */
function isPlainApplication(claims: AccessTokenClaims, clientId: string | undefined): boolean {
  const { sub } = claims
  const isOwn = sub === undefined || sub === clientId || sub === `${clientId}@clients`
  return clientId !== undefined && isOwn && !speaksOfUser(claims)
}
