import type { TokenChanges } from '../controls/access-token-request.js'
import { deviatingSign } from '../controls/deviations.js'
import { CONSUMERS_TENANT_ID } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'
import type {
  AppSubject,
  ClientAuthMethod,
  Grant,
  IssuerProfile,
  TenantAccount,
  Subject,
} from '../profiles/issuer-profile.js'
import type { SigningKey } from '../profiles/key-ring.js'
import type { RequestedClaims } from '../protocol/requested-claims.js'
import type { Authorization } from '../state/records.js'
import { storeRequestedClaims } from './claims-challenge.js'
import { signForGraph } from './graph-nonce.js'
import { createSign, keyOf } from '../profiles/sign-token.js'
import { storeTokenOrigin } from './token-origins.js'

/** The contents of an access token. */
export interface AccessTokenContents {
  readonly profile: IssuerProfile
  readonly grant: Grant
  readonly subject: Subject | AppSubject
  /**
   * The claims that the sign-in and the token request contained. The token satisfies all of them.
   */
  readonly requested: readonly RequestedClaims[]
  readonly changes?: TokenChanges
}

/** The contents of a user's access token. */
export interface UserAccessTokenContents extends Omit<AccessTokenContents, 'subject'> {
  readonly authorization: Authorization
  readonly tenantAccount: TenantAccount
  readonly authMethod: ClientAuthMethod
}

/** Creates the access token of a user, which an API can exchange later. */
export async function createUserAccessToken(
  context: ProviderContext,
  contents: UserAccessTokenContents,
): Promise<string> {
  const token = await createAccessToken(context, { ...contents, subject: subjectOf(contents) })
  storeTokenOrigin(context, token, contents.authorization)
  return token
}

/** Returns the user whom the tokens identify. */
export function subjectOf({
  authorization,
  tenantAccount,
  grant,
  authMethod,
}: Pick<
  UserAccessTokenContents,
  'authorization' | 'tenantAccount' | 'grant' | 'authMethod'
>): Subject {
  return { ...authorization, tenantAccount, identity: grant.identity, authMethod }
}

/** Creates an access token. All access tokens for APIs come from this function. */
export async function createAccessToken(
  context: ProviderContext,
  { profile, grant, subject, requested, changes = {} }: AccessTokenContents,
): Promise<string> {
  const tenantId = subject.tenantAccount?.tenantId ?? (subject as AppSubject).tenantId
  const { resource } = grant.target
  const lifetime = changes.expiresIn ?? context.behaviour.accessTokenSeconds
  const claims = {
    aud: resource.audience,
    ...timedClaims(context, profile, tenantId, lifetime),
    ...(subject.tenantAccount !== undefined && {
      // The `sub` claim is pairwise. APIs get the value of the API, and Graph gets the value of the
      // client.
      sub: profile.subjectOf(subject.tenantAccount, resource.app?.clientId ?? subject.app.clientId),
    }),
    ...profile.accessTokenClaims(subject, grant),
    ...requestedClaims(profile, grant, requested),
    ...changes.claims,
  }
  const key = await keyFor(context, profile, tenantId)
  const tokenHeader = { ...profile.accessTokenHeader(grant, key.kid), ...changes.header }
  const overrideKey = await keyOf(context.keys, changes.key)
  const base = resource.isGraph ? signForGraph(createSign(key)) : createSign(key)
  const sign = deviatingSign(context, 'accessToken', (body, header, otherKey = overrideKey) =>
    base(body, { ...tokenHeader, ...header }, otherKey),
  )
  const token = await (context.tamper.accessToken === undefined
    ? sign(claims)
    : context.tamper.accessToken(claims, sign))
  storeRequestedClaims(context, token, requested)
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
): Promise<SigningKey> {
  return profile.kind === 'entra' && tenantId === CONSUMERS_TENANT_ID
    ? context.keys.consumers()
    : context.keys.main()
}

/** Returns a claim with a list, or an empty object when the list is empty. */
export function listClaim(name: string, values: readonly string[]): Record<string, unknown> {
  return values.length === 0 ? {} : { [name]: [...new Set(values)] }
}

/**
 * Returns the requested claims that the access token contains. A token for an API contains only
 * claims that the API's registration lists (claims-challenge). A token for Graph contains all of
 * them.
 */
function requestedClaims(
  profile: IssuerProfile,
  { target: { resource } }: Grant,
  requested: readonly RequestedClaims[],
): Record<string, unknown> {
  if (profile.kind !== 'entra') return {}
  const sees = (claim: 'acrs' | 'xms_cc'): boolean =>
    resource.isGraph || resource.app?.optionalClaims?.includes(claim) === true
  return {
    ...(sees('acrs') &&
      listClaim(
        'acrs',
        requested.flatMap(({ acrs }) => acrs),
      )),
    ...(sees('xms_cc') &&
      listClaim(
        'xms_cc',
        requested.flatMap(({ xmsCc }) => xmsCc),
      )),
  }
}
