import { quote } from '../../text.ts'
import { type Audiences, type TokenRules, rejectAccessToken } from './rules.ts'

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
  { kind, audiences }: Pick<TokenRules, 'kind' | 'audiences'>,
  { typ }: { readonly typ?: unknown },
  claims: UnverifiedClaims,
): void {
  const type = typeof typ === 'string' ? typ.toLowerCase() : undefined
  if (type !== undefined && ACCESS_TOKEN_TYPES.has(type)) return
  if (type !== undefined ? type !== 'jwt' : typ !== undefined) {
    throw rejectAccessToken(`its type (typ) is ${quote(typ)}, which access tokens do not have`)
  }
  if (kind === 'oidc') assertGenericAccessToken(claims, audiences)
  else if (isMicrosoftIdToken(claims)) throw idToken()
}

function idToken(): Error {
  return rejectAccessToken('it is an ID token; send an access token for a scope of this API')
}

// Access tokens name the client that they were issued to, as `azp` or (version 1, AD FS) `appid`. ID tokens do not.
function isMicrosoftIdToken({ azp, appid }: UnverifiedClaims): boolean {
  return azp === undefined && appid === undefined
}

// Not every provider implements the token type of RFC 9068, so other claims decide. An ID token of a refresh can look like
// an access token without scopes. Therefore, a token must say that it is an access token.
function assertGenericAccessToken(claims: UnverifiedClaims, audiences: Audiences): void {
  const { typ, token_use: use } = claims
  const isIdToken =
    HASHES_AND_NONCE.some((name) => claims[name] !== undefined) ||
    typ === 'ID' || // Keycloak
    use === 'id' // Amazon Cognito
  if (isIdToken) throw idToken()
  if (claims['events'] !== undefined) throw rejectAccessToken('it is a logout token')
  if (typ === 'Bearer' || use === 'access') return
  if (!['scope', 'scp', 'client_id', 'cid'].some((name) => claims[name] !== undefined)) {
    throw unknownType(
      'it does not contain scope or client_id',
      ', or add the claim client_id or scope to them',
    )
  }
  if (isForItsClient(claims, audiences)) {
    throw unknownType(
      'it is for the client that it was issued to, as ID tokens are',
      ', or give the API its own audience and set the option audience (IDENTITY_AUDIENCE) to it',
    )
  }
}

const HASHES_AND_NONCE = ['nonce', 'at_hash', 'c_hash', 's_hash']
const CLIENT_CLAIMS = ['client_id', 'azp', 'cid', 'appid']

/**
 * Whether this API accepts a token because of the client that the token was issued to. Every ID token has this audience, and
 * some contain `client_id` (ZITADEL) or `scope` and `cid` (Cloud Foundry), so these claims do not show what the token is.
 *
 * A token that does not name its client can be for it, unless its audience is a URL, as those of APIs are.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDToken | OpenID Connect Core, section 2}
 */
function isForItsClient(claims: UnverifiedClaims, { isAccepted }: Audiences): boolean {
  const accepted = [claims['aud']].flat().filter(isAccepted)
  const clients = CLIENT_CLAIMS.map((name) => claims[name]).filter((name) => name !== undefined)
  return clients.length === 0
    ? accepted.some((name) => !name.includes('://'))
    : accepted.some((name) => clients.includes(name))
}

function unknownType(reason: string, remedy: string): Error {
  return rejectAccessToken(
    `it does not say that it is an access token: ${reason}, and its type (typ) is not at+jwt. It can be an ID token`,
    {
      hint: `Send the access token, and not the ID token. If this is the access token, let the provider issue access tokens of RFC 9068${remedy}.`,
    },
  )
}
