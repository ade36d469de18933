import type { AuthorityKind } from '../../authority/index.ts'
import { quote } from '../../quote.ts'
import { rejectAccessToken } from './rejection.ts'

type UnverifiedClaims = Readonly<Record<string, unknown>>

const ACCESS_TOKEN_TYPES: ReadonlySet<string> = new Set(['at+jwt', 'application/at+jwt'])

/**
 * Rejects tokens that are not access tokens, above all ID tokens. Clients send them by mistake, and every user who can
 * sign in to an application with the same client ID can get one.
 *
 * @throws IdentityError `invalid_token` for such a token.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-2.1 | RFC 9068, section 2.1}
 */
export function assertAccessToken(
  kind: AuthorityKind,
  { typ }: { readonly typ?: unknown },
  claims: UnverifiedClaims,
): void {
  const type = typeof typ === 'string' ? typ.toLowerCase() : undefined
  if (type !== undefined && ACCESS_TOKEN_TYPES.has(type)) return
  if (type !== undefined ? type !== 'jwt' : typ !== undefined) {
    throw rejectAccessToken(`its type (typ) is ${quote(typ)}, which access tokens do not have`)
  }
  const isIdToken = kind === 'oidc' ? isGenericIdToken(claims) : isMicrosoftIdToken(claims)
  if (isIdToken) {
    throw rejectAccessToken('it is an ID token; send an access token for a scope of this API')
  }
}

// Access tokens name the client that they were issued to, as `azp` or (version 1, AD FS) `appid`. ID tokens do not.
function isMicrosoftIdToken({ azp, appid }: UnverifiedClaims): boolean {
  return azp === undefined && appid === undefined
}

// Not every provider implements the token type of RFC 9068, so other claims decide. A token without scopes could be of
// either kind and counts as an ID token.
function isGenericIdToken(claims: UnverifiedClaims): boolean {
  if (['nonce', 'at_hash', 'c_hash', 's_hash'].some((name) => claims[name] !== undefined))
    return true
  if (claims['typ'] === 'ID') return true // Keycloak
  return claims['scope'] === undefined && claims['scp'] === undefined
}
