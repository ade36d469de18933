import { own } from '../own.ts'
import type { AuthorityKind } from './authority.ts'

type TokenClaims = Readonly<Record<string, unknown>>

/**
 * Whether the claims of a token belong to an application without a user.
 *
 * The claim `idtyp` names the kind of the token, but it is optional. Without it, the other claims decide. At Entra ID and
 * External ID, the `sub` of an application is its `oid`, and the `sub` of a user is different for each API. At AD FS, only the
 * token of an application does not contain a claim about a user. At Azure AD B2C, a policy issues tokens only for users, and
 * their `sub` is their `oid`. Other providers do not define `oid`.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/optional-claims-reference | idtyp}
 */
export function lacksUser(kind: AuthorityKind, claims: TokenClaims): boolean {
  const type = own(claims, 'idtyp')
  if (type !== undefined) return type === 'app'
  if (kind === 'b2c' || kind === 'oidc') return false
  // At AD FS, the token of an application has this claim as well.
  if (kind === 'adfs') return !hasUserClaim({ ...claims, auth_time: undefined })
  const oid = own(claims, 'oid')
  return oid !== undefined && oid === own(claims, 'sub')
}

/** Whether a token contains a claim about a user or a sign-in. An app-only token never contains such a claim. */
export function hasUserClaim(claims: TokenClaims): boolean {
  return USER_CLAIMS.some((name) => own(claims, name) !== undefined)
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
