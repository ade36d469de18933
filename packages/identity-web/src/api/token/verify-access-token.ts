import {
  assertKeyIssuer,
  assertPolicy,
  assertTenant,
  assertTimes,
  expectedIssuer,
  parseObject,
  verifySignature,
  type IssuingAuthority,
  type SigningHeader,
} from '../../authority/index.ts'
import { stringFromBase64Url } from '../../base64.ts'
import type { IdentityError } from '../../errors.ts'
import { quote } from '../../quote.ts'
import type { AccessTokenClaims } from './claims.ts'
import { assertTokenSyntax } from './bearer.ts'
import { assertAccessToken } from './id-token.ts'
import type { TokenRules } from './issuers.ts'
import { reject } from './rejection.ts'

/** What of a token was read, and is to be verified. */
interface Unverified {
  readonly header: SigningHeader & { readonly typ?: unknown }
  readonly claims: Readonly<Record<string, unknown>>
}

/** A verified token's claims, and who answers for them. */
export interface VerifiedAccessToken {
  readonly claims: AccessTokenClaims
  readonly issuing: IssuingAuthority
  /** What the issuer's keys and rules were when the token was verified, see `IssuingAuthority.revision`. */
  readonly revision: number | undefined
}

/**
 * Verifies an access token. First what a developer gets wrong (an ID token, a token for another API), so that the
 * answer names the mistake; then its times, its issuer and its signature. All of them have to hold.
 *
 * @throws IdentityError `invalid_token`; `invalid_request` for what is no token at all; `access_denied` for a tenant that
 *   may not call; `provider_unavailable` when the keys were never to be had.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-tokens}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 | RFC 9068, section 4}
 */
export async function verifyAccessToken(
  rules: TokenRules,
  token: string,
): Promise<VerifiedAccessToken> {
  const { header, claims } = decode(token)
  assertAccessToken(rules.kind, header, claims)
  rules.audiences.assertForUs(claims['aud'])
  assertTimes(claims, { now: rules.now(), required: ['exp'], reject })
  assertPlainBearer(claims)

  const issuing = issuerOf(rules, claims)
  const metadata = issuing.peek() ?? (await issuing.metadata())
  const issuer =
    (rules.kind === 'adfs' ? metadata.access_token_issuer : undefined) ??
    expectedIssuer(issuing.authority, metadata, claims)
  if (claims['iss'] !== issuer) {
    throw reject(
      `its issuer is ${quote(claims['iss'])}, and tokens for this API are issued by ${quote(issuer)}`,
    )
  }
  const revision = issuing.revision()
  await verifySignature(issuing, metadata, { token, header, claims })
  if (issuing === rules.issuers.version1) await assertVersion1Key(rules, header, claims)
  assertTenant(issuing.authority, claims)
  assertPolicy(issuing.authority, claims)
  return { claims: claims as AccessTokenClaims, issuing, revision }
}

const BASE64URL = /^[\w-]*$/

function decode(token: string): Unverified {
  const [first = '', second = '', signature, more] = token.split('.', 4)
  // A token has one spelling. What is signed can't be written in another way; the signature could, with padding.
  const isPlain = signature !== undefined && more === undefined && BASE64URL.test(signature)
  if (!isPlain || !BASE64URL.test(first)) throw notJwt(token)
  const header = toObject(first)
  const claims = toObject(second)
  if (header === undefined || claims === undefined) throw notJwt(token)
  const { alg, kid, typ } = header
  if (typeof alg !== 'string') throw reject('it names no algorithm')
  if (kid !== undefined && typeof kid !== 'string') throw reject('its key id (kid) is no text')
  return { header: { alg, typ, ...(kid !== undefined && { kid }) }, claims }
}

function notJwt(token: string): IdentityError {
  assertTokenSyntax(token)
  return reject(
    token.split('.', 6).length === 5
      ? 'it is encrypted; take the token encryption out of the API registration'
      : 'it is not a JSON Web Token',
  )
}

// By jose it would cost half as much as the signature, by which jose reads all of it again.
function toObject(encoded: string): Readonly<Record<string, unknown>> | undefined {
  return parseObject(stringFromBase64Url(encoded) ?? '')
}

/** Who must have issued the token: by its version at Entra ID, by its policy at Azure AD B2C. */
function issuerOf(
  { issuers }: TokenRules,
  claims: Readonly<Record<string, unknown>>,
): IssuingAuthority {
  const { main, version1, userFlows } = issuers
  if (version1 !== undefined) {
    if (claims['ver'] === '2.0') return main
    if (claims['ver'] === '1.0') return version1
    throw reject('its version (ver) is neither 1.0 nor 2.0')
  }
  const policy = String(claims['tfp'] ?? claims['acr']).toLowerCase()
  return userFlows.find(({ authority }) => authority.policy?.toLowerCase() === policy) ?? main
}

/**
 * The keys of version 1 don't say whose they are, but they are those of version 2, which do: the key of personal
 * accounts must not sign for an organisation in either.
 */
async function assertVersion1Key(
  { issuers: { main } }: TokenRules,
  header: SigningHeader,
  claims: Readonly<Record<string, unknown>>,
): Promise<void> {
  const metadata = await main.metadata()
  const iss = expectedIssuer(main.authority, metadata, claims)
  for (const key of await main.signingKeys(metadata, header)) {
    assertKeyIssuer(key, metadata, { ...claims, iss })
  }
}

// Whoever took such a token for a plain one would undo what it is bound for (RFC 9449, section 7.2; RFC 8705).
function assertPlainBearer({ cnf }: Readonly<Record<string, unknown>>): void {
  if (cnf !== undefined) {
    throw reject(
      'it is bound to a key or a certificate of its client (cnf), which is not supported here',
    )
  }
}
