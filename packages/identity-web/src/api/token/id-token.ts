import type { AuthorityKind } from '../../authority/index.ts'
import { quote } from '../../quote.ts'
import { reject } from './rejection.ts'

type Claims = Readonly<Record<string, unknown>>

const ACCESS_TOKEN_TYPES: ReadonlySet<string> = new Set(['at+jwt', 'application/at+jwt'])

/**
 * Refuses what is no access token: above all ID tokens, which clients send by mistake and which anybody who may sign
 * in to an application of the same client id can get.
 *
 * @throws IdentityError `invalid_token`.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-2.1 | RFC 9068, section 2.1}
 */
export function assertAccessToken(
  kind: AuthorityKind,
  { typ }: { readonly typ?: unknown },
  claims: Claims,
): void {
  const type = typeof typ === 'string' ? typ.toLowerCase() : undefined
  if (type !== undefined && ACCESS_TOKEN_TYPES.has(type)) return
  if (type !== undefined ? type !== 'jwt' : typ !== undefined) {
    throw reject(`its type (typ) is ${quote(typ)}, and no access token's`)
  }
  const isIdToken = kind === 'oidc' ? isPlainIdToken(claims) : isMicrosoftIdToken(claims)
  if (isIdToken) {
    throw reject(
      'it is an ID token, which tells a client who signed in; send the access token for a scope of this API',
    )
  }
}

// Access tokens name the client that they were given to, by `azp` or (version 1, AD FS) `appid`; ID tokens never do.
function isMicrosoftIdToken({ azp, appid }: Claims): boolean {
  return azp === undefined && appid === undefined
}

// Where the type doesn't tell (RFC 9068 is not everywhere), what only one of the two has must: a token without
// scopes, which could be either, is taken for an ID token.
function isPlainIdToken(claims: Claims): boolean {
  if (['nonce', 'at_hash', 'c_hash', 's_hash'].some((name) => claims[name] !== undefined))
    return true
  if (claims['typ'] === 'ID') return true // Keycloak
  return claims['scope'] === undefined && claims['scp'] === undefined
}
