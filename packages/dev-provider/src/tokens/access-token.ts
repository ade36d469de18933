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

/** An access token to be made. */
export interface AccessTokenOrder {
  readonly profile: IssuerProfile
  readonly grant: Grant
  readonly subject: Subject | AppSubject
  /** What the sign-in and the request asked of the token; all of it is satisfied. */
  readonly asked: readonly RequestedClaims[]
  readonly changes?: TokenChanges
}

/** A user's access token to be made. */
export interface UserTokenOrder extends Omit<AccessTokenOrder, 'subject'> {
  readonly authorization: Authorization
  readonly seat: Seat
  readonly proof: ClientProof
}

/** Makes the access token of a user, which an API may exchange later. */
export async function makeUserAccessToken(
  context: ProviderContext,
  order: UserTokenOrder,
): Promise<string> {
  const token = await makeAccessToken(context, { ...order, subject: subjectOf(order) })
  rememberOrigin(context, token, order.authorization)
  return token
}

/** Whom the tokens of an order speak of. */
export function subjectOf({
  authorization,
  seat,
  grant,
  proof,
}: Pick<UserTokenOrder, 'authorization' | 'seat' | 'grant' | 'proof'>): Subject {
  return { ...authorization, seat, identity: grant.identity, proof }
}

/** Makes an access token: the only place where one comes from. */
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
      // A user is known to an API by the API's own pairwise name, to Graph by the client's.
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

/** The claims of the protocol itself. */
export function timedClaims(
  context: ProviderContext,
  profile: IssuerProfile,
  tenantId: string,
  lifetimeSeconds: number,
): Record<string, unknown> {
  const exp = context.issueSeconds() + lifetimeSeconds
  // An expired token was once good, so it begins before it ends.
  const iat = lifetimeSeconds > 0 ? context.issueSeconds() : exp - 3600
  return { iss: profile.issuerOf(tenantId), iat, nbf: iat, exp }
}

/** Personal accounts have a key of their own, which may sign for nobody else. */
export function keyFor(
  context: ProviderContext,
  profile: IssuerProfile,
  tenantId: string,
): SigningKey {
  return profile.kind === 'entra' && tenantId === CONSUMERS_TENANT_ID
    ? context.keys.consumers()
    : context.keys.main()
}

/** A claim that is a list, left out when it is empty. */
export function listClaim(name: string, values: readonly string[]): Record<string, unknown> {
  return values.length === 0 ? {} : { [name]: [...new Set(values)] }
}

/** An API sees what was asked for only when its registration lists the claims (claims-challenge); Graph always does. */
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
