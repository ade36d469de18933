import type { TokenChanges } from '../controls/access-token-request.js'
import type { Sign } from '../controls/tamper.js'
import { CONSUMERS_TENANT_ID } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'
import type {
  AppSubject,
  ClientProof,
  Grant,
  IssuerProfile,
  Seat,
  Subject,
} from '../profiles/issuer-profile.js'
import type { SigningKey } from '../profiles/key-ring.js'
import type { RequestedClaims } from '../protocol/requested-claims.js'
import type { Authorization } from '../state/records.js'
import { rememberAsked } from './claims-challenge.js'
import { signForGraph } from './graph-nonce.js'
import { createSign, keyOf } from '../profiles/sign-token.js'
import { rememberOrigin } from './token-origins.js'

/** The contents of an access token. */
export interface AccessTokenOrder {
  readonly profile: IssuerProfile
  readonly grant: Grant
  readonly subject: Subject | AppSubject
  /**
   * The claims that the sign-in and the token request contained. The token satisfies all of them.
   */
  readonly asked: readonly RequestedClaims[]
  readonly changes?: TokenChanges
}

/** The contents of a user's access token. */
export interface UserTokenOrder extends Omit<AccessTokenOrder, 'subject'> {
  readonly authorization: Authorization
  readonly seat: Seat
  readonly proof: ClientProof
}

/** Creates the access token of a user, which an API can exchange later. */
export async function makeUserAccessToken(
  context: ProviderContext,
  order: UserTokenOrder,
): Promise<string> {
  const token = await makeAccessToken(context, { ...order, subject: subjectOf(order) })
  rememberOrigin(context, token, order.authorization)
  return token
}

/** Returns the user whom the tokens identify. */
export function subjectOf({
  authorization,
  seat,
  grant,
  proof,
}: Pick<UserTokenOrder, 'authorization' | 'seat' | 'grant' | 'proof'>): Subject {
  return { ...authorization, seat, identity: grant.identity, proof }
}

/** Creates an access token. All access tokens for APIs come from this function. */
export async function makeAccessToken(
  context: ProviderContext,
  { profile, grant, subject, asked, changes = {} }: AccessTokenOrder,
): Promise<string> {
  const tenantId = subject.seat?.tenantId ?? (subject as AppSubject).tenantId
  const { resource } = grant.target
  const lifetime = changes.expiresIn ?? context.behaviour.accessTokenSeconds
  const claims = {
    aud: resource.audience,
    ...timedClaims(context, profile, tenantId, lifetime),
    ...(subject.seat !== undefined && {
      // The `sub` claim is pairwise. APIs get the value of the API, and Graph gets the value of the
      // client.
      sub: profile.subjectOf(subject.seat, resource.app?.clientId ?? subject.app.clientId),
    }),
    ...profile.accessTokenClaims(subject, grant),
    ...askedClaims(profile, grant, asked),
    ...changes.claims,
  }
  const key = keyFor(context, profile, tenantId)
  const own = { ...profile.accessTokenHeader(grant, key.kid), ...changes.header }
  const ownKey = await keyOf(context.keys, changes.key)
  const base = resource.isGraph ? signForGraph(createSign(key)) : createSign(key)
  const sign: Sign = (body, header, otherKey = ownKey) =>
    base(body, { ...own, ...header }, otherKey)
  const token = await (context.tamper.accessToken === undefined
    ? sign(claims)
    : context.tamper.accessToken(claims, sign))
  rememberAsked(context, token, asked)
  return token
}

/** Returns the claims that the protocol defines. */
export function timedClaims(
  context: ProviderContext,
  profile: IssuerProfile,
  tenantId: string,
  lifetimeSeconds: number,
): Record<string, unknown> {
  const exp = context.issueSeconds() + lifetimeSeconds
  // An expired token was valid before, so `iat` is earlier than `exp`.
  const iat = lifetimeSeconds > 0 ? context.issueSeconds() : exp - 3600
  return { iss: profile.issuerOf(tenantId), iat, nbf: iat, exp }
}

/** Returns the signing key. Tokens of personal accounts have a separate key. */
export function keyFor(
  context: ProviderContext,
  profile: IssuerProfile,
  tenantId: string,
): SigningKey {
  return profile.kind === 'entra' && tenantId === CONSUMERS_TENANT_ID
    ? context.keys.consumers()
    : context.keys.main()
}

/** Returns a claim with a list, or an empty object when the list is empty. */
export function listClaim(name: string, values: readonly string[]): Record<string, unknown> {
  return values.length === 0 ? {} : { [name]: [...new Set(values)] }
}

/**
 * Returns the requested claims that the resource receives. An API receives only those that its
 * registration lists (claims-challenge), Graph receives all of them.
 */
function askedClaims(
  profile: IssuerProfile,
  { target: { resource } }: Grant,
  asked: readonly RequestedClaims[],
): Record<string, unknown> {
  if (profile.kind !== 'entra') return {}
  const sees = (claim: 'acrs' | 'xms_cc'): boolean =>
    resource.isGraph || resource.app?.optionalClaims?.includes(claim) === true
  return {
    ...(sees('acrs') &&
      listClaim(
        'acrs',
        asked.flatMap(({ acrs }) => acrs),
      )),
    ...(sees('xms_cc') &&
      listClaim(
        'xms_cc',
        asked.flatMap(({ xmsCc }) => xmsCc),
      )),
  }
}
