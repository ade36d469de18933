// The steps that verify an access token.
import { own } from '../../own.ts'
import {
  assertKeyIssuer,
  assertPolicy,
  assertTenant,
  assertTimes,
  decodeToken,
  expectedIssuer,
  isSameKey,
  verifySignature,
  type IssuingAuthority,
  type ProviderKey,
  type ProviderMetadata,
  type SigningHeader,
} from '../../authority/index.ts'
import { IdentityError } from '../../errors.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { quote } from '../../text.ts'
import type { AccessTokenClaims } from './caller.ts'
import { assertTokenSyntax } from './bearer.ts'
import { atCaller, type TokenRules, rejectAccessToken, type Audiences } from './rules.ts'

/** A token's parts, which are not verified yet. */
export interface DecodedToken {
  readonly header: SigningHeader & { readonly typ?: unknown }
  readonly claims: Readonly<Record<string, unknown>>
}

/** A decoded token with the settings and the first checks' results. */
interface UnverifiedAccessToken extends DecodedToken {
  readonly rules: TokenRules
  readonly issuing: IssuingAuthority
  readonly token: string
  /** The error about the token's times, which is thrown only if the signature is valid. */
  readonly wrongTime: IdentityError | undefined
}

/** A verified token's claims, and its issuer. */
export interface VerifiedAccessToken {
  readonly claims: AccessTokenClaims
  readonly issuing: IssuingAuthority
  /** The revision of the issuer's keys and metadata that verified the token. See `IssuingAuthority.revision`. */
  readonly revision: number | undefined
}

/**
 * Verifies an access token.
 *
 * It first checks for mistakes that developers make (an ID token, a token for another API), so that the error names the
 * mistake. Then it checks the times, the issuer and the signature.
 *
 * @returns The claims. On Node.js, the result is not a promise if the provider's documents are cached.
 * @throws IdentityError `invalid_token` for a token that fails a check.
 * @throws IdentityError `invalid_request` for a value that is not a token.
 * @throws IdentityError `access_denied` for a tenant that is not allowed.
 * @throws IdentityError `provider_unavailable` if the keys were never fetched and the provider does not respond.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-tokens}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 | RFC 9068, section 4}
 */
export function verifyAccessToken(
  rules: TokenRules,
  token: string,
  { header, claims }: DecodedToken = readAccessToken(token),
): MaybePromise<VerifiedAccessToken> {
  assertAccessToken(rules, header, claims)
  rules.audiences.assertAudience(claims['aud'])
  const wrongTime = checkTimes(rules, claims)
  assertUnbound(claims)

  const issuing = issuerOf(rules, claims)
  const unverified = { rules, issuing, token, header, claims, wrongTime }
  return andThen(issuing.cachedMetadata() ?? issuing.metadata(), (metadata) =>
    verifyIssuer(unverified, metadata),
  )
}

/**
 * Checks a token's issuer and signature, and only then the rules that an attacker must not find out with forged tokens.
 */
function verifyIssuer(
  unverified: UnverifiedAccessToken,
  metadata: ProviderMetadata,
): MaybePromise<VerifiedAccessToken> {
  const { rules, issuing, claims, wrongTime } = unverified
  const issuer =
    (rules.options.authority.kind === 'adfs' ? metadata.access_token_issuer : undefined) ??
    expectedIssuer(issuing.authority, metadata, claims)
  if (claims['iss'] !== issuer) {
    throw rejectAccessToken(
      'issuer',
      `its issuer is ${quote(claims['iss'])}, but this API accepts tokens of ${quote(issuer)}`,
    )
  }
  const revision = issuing.revision()
  const accept = (): VerifiedAccessToken => {
    atCaller(claims, () => {
      assertTenant(issuing.authority, claims)
      assertPolicy(issuing.authority, claims)
    })
    // The application gets a usual object.
    const verified = Object.setPrototypeOf(claims, Object.prototype) as AccessTokenClaims
    return { claims: verified, issuing, revision }
  }
  return andThen(verifySignature(issuing, metadata, unverified), (key) => {
    if (typeof own(key, 'kty') !== 'string') throw new TypeError('The signature was not verified.')
    // Thrown only now, because anyone can write a wrong time into a token without a signature.
    if (wrongTime !== undefined) throw wrongTime
    return issuing === rules.issuers.version1
      ? andThen(assertVersion1Key(rules, key, unverified), accept)
      : accept()
  })
}

const REQUIRED_TIMES = ['exp'] as const

/**
 * Checks a token's times. If this server's clock may be wrong, it returns the error instead of throwing it, because the
 * token may be forged.
 */
function checkTimes(
  rules: TokenRules,
  claims: Readonly<Record<string, unknown>>,
): IdentityError | undefined {
  try {
    const { now, tolerance } = rules.clock()
    assertTimes(claims, { now, tolerance, required: REQUIRED_TIMES, reject: rejectAccessToken })
    return undefined
  } catch (error) {
    if (IdentityError.is(error) && error.reason === 'clock') return error
    throw error
  }
}

/** Decodes a token. @throws IdentityError `invalid_token`, or `invalid_request` for a value that is not a token. */
export function readAccessToken(token: string): DecodedToken {
  const parts = decodeToken(token)
  if (parts === undefined) throw notJwt(token)
  const { alg, kid, typ, crit } = parts.header
  if (typeof alg !== 'string')
    throw rejectAccessToken('format', 'it does not contain an algorithm (alg)')
  if (kid !== undefined && typeof kid !== 'string')
    throw rejectAccessToken('format', 'its key ID (kid) is not a string')
  return { header: { alg, kid, typ, crit }, claims: parts.claims }
}

function notJwt(token: string): IdentityError {
  assertTokenSyntax(token)
  return rejectAccessToken(
    'format',
    token.split('.', 6).length === 5
      ? 'it is encrypted; remove the token encryption from the app registration of the API'
      : 'it is not a JSON Web Token',
  )
}

/** Selects the expected issuer: at Entra ID by the token's version, at Azure AD B2C by its policy. */
function issuerOf(
  { issuers }: TokenRules,
  claims: Readonly<Record<string, unknown>>,
): IssuingAuthority {
  const { main, version1, userFlows } = issuers
  if (version1 !== undefined) {
    if (claims['ver'] === '2.0') return main
    if (claims['ver'] === '1.0') return version1
    throw rejectAccessToken('format', 'its version (ver) is not 1.0 or 2.0')
  }
  const policy = String(claims['tfp'] ?? claims['acr']).toLowerCase()
  return userFlows.find(({ authority }) => authority.policy?.toLowerCase() === policy) ?? main
}

/**
 * Checks that a key is allowed to sign version 1 tokens from the token's issuer, because the key for personal accounts
 * must not sign an organization's tokens.
 *
 * Version 1's key set does not say which issuer a key belongs to. However, version 2's key set contains the same keys
 * with their issuers, so a key that it does not contain is rejected.
 */
function assertVersion1Key(
  { issuers: { main } }: TokenRules,
  key: ProviderKey,
  { header, claims }: DecodedToken,
): MaybePromise<void> {
  return andThen(main.cachedMetadata() ?? main.metadata(), (metadata) => {
    const iss = expectedIssuer(main.authority, metadata, claims)
    return andThen(main.signingKeys(metadata, header), (candidates) => {
      const version2Keys = candidates.filter((candidate) => isSameKey(candidate, key))
      if (version2Keys.length === 0) {
        throw rejectAccessToken(
          'key',
          'its key is not in the key set of version 2, so its issuer is unknown',
        )
      }
      for (const version2Key of version2Keys)
        assertKeyIssuer(version2Key, metadata, { ...claims, iss })
    })
  })
}

// Accepting such a token as a bearer token would remove its binding's protection (RFC 9449, section 7.2; RFC 8705).
function assertUnbound({ cnf }: Readonly<Record<string, unknown>>): void {
  if (cnf !== undefined) {
    throw rejectAccessToken(
      'bound',
      'it is bound to a key or a certificate of its client (cnf), and this API does not support bound tokens',
    )
  }
}

type UnverifiedClaims = Readonly<Record<string, unknown>>

const ACCESS_TOKEN_TYPES: ReadonlySet<string> = new Set(['at+jwt', 'application/at+jwt'])

/**
 * Rejects tokens that are not access tokens, above all ID tokens. Clients send them by mistake, and every user who can
 * sign in to an application with the same client ID can get one.
 *
 * @throws IdentityError `invalid_token` for such a token.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-2.1 | RFC 9068, section 2.1}
 */
function assertAccessToken(
  { audiences, options }: TokenRules,
  { typ }: { readonly typ?: unknown },
  claims: UnverifiedClaims,
): void {
  const type = typeof typ === 'string' ? typ.toLowerCase() : undefined
  if (type !== undefined && ACCESS_TOKEN_TYPES.has(type)) return
  if (type !== undefined ? type !== 'jwt' : typ !== undefined) {
    throw rejectAccessToken(
      'kind',
      `its type (typ) is ${quote(typ)}, but access tokens do not have this type`,
    )
  }
  if (options.authority.kind === 'oidc') assertGenericAccessToken(claims, audiences)
  else if (isMicrosoftIdToken(claims)) throw idToken()
}

function idToken(): Error {
  return rejectAccessToken(
    'kind',
    'it is an ID token; send an access token for a scope of this API',
  )
}

// Access tokens name the client that they were issued to, as `azp` or (version 1, AD FS) `appid`, but ID tokens do not.
function isMicrosoftIdToken({ azp, appid }: UnverifiedClaims): boolean {
  return azp === undefined && appid === undefined
}

// Not every provider implements the token type from RFC 9068, so other claims decide. A token must say that it is an
// access token, because an ID token from a refresh can look like an access token without scopes.
function assertGenericAccessToken(claims: UnverifiedClaims, audiences: Audiences): void {
  const { typ, token_use: use } = claims
  const isIdToken =
    HASHES_AND_NONCE.some((name) => claims[name] !== undefined) ||
    typ === 'ID' || // Keycloak
    use === 'id' // Amazon Cognito
  if (isIdToken) throw idToken()
  if (claims['events'] !== undefined) throw rejectAccessToken('kind', 'it is a logout token')
  if (typ === 'Bearer' || use === 'access') return
  if (!['scope', 'scp', 'client_id', 'cid'].some((name) => claims[name] !== undefined)) {
    throw unknownType(
      'it does not contain scope or client_id',
      ', or add the claim client_id or scope to them',
    )
  }
  if (isForItsClient(claims, audiences)) {
    throw unknownType(
      'its audience is the client that requested the token, as in an ID token',
      ', or give the API its own audience and set the option audience (IDENTITY_AUDIENCE) to it',
    )
  }
}

const HASHES_AND_NONCE = ['nonce', 'at_hash', 'c_hash', 's_hash']
const CLIENT_CLAIMS = ['client_id', 'azp', 'cid', 'appid']

/**
 * Returns whether a token's audience is the client that the token was issued to, as in every ID token. Some ID tokens
 * contain `client_id` (ZITADEL) or `scope` and `cid` (Cloud Foundry), so these claims do not show that a token is an
 * access token.
 *
 * If a token does not contain its client, its audience can be the client, unless the audience is a URL, as for APIs.
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
    'kind',
    `it can be an ID token. Its type (typ) is not at+jwt, and ${reason}`,
    {
      hint: `Send the access token instead of the ID token. If you sent an access token, configure the provider so that it issues access tokens of RFC 9068${remedy}.`,
    },
  )
}
