import { randomBytes } from 'node:crypto'
import { toClientInfo } from '../profiles/client-info.js'
import { CONSUMERS_TENANT_ID } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'
import type { AppSubject, Grant, IssuerProfile, Seat, Subject } from '../profiles/issuer-profile.js'
import type { SigningKey } from '../profiles/key-ring.js'
import { createSign } from './sign-token.js'
import type { Authorization } from '../state/records.js'
import { pairwiseSubject } from '../profiles/subject.js'

// Entra's 90 days (refresh-tokens).
const REFRESH_SECONDS = 90 * 24 * 3600

/** What goes into one answer of the token endpoint. */
export interface TokenOrder {
  readonly profile: IssuerProfile
  readonly grant: Grant
  readonly authorization: Authorization
  readonly seat: Seat
  /** Only the first ID token carries the nonce; one from a refresh has none (OpenID Connect Core, 12.2). */
  readonly nonce: string | undefined
  readonly clientInfo: boolean
  readonly xmsCc: readonly string[]
}

/** Issues the tokens of a user: access token, and what else the scopes ask for. */
export async function issueUserTokens(
  context: ProviderContext,
  order: TokenOrder,
): Promise<Record<string, unknown>> {
  const { profile, grant, authorization, seat } = order
  const subject: Subject = { ...authorization, seat, identity: grant.identity }
  const idToken = grant.identity.includes('openid')
    ? await makeIdToken(context, order, subject)
    : undefined
  return {
    ...tokenFields(context, profile.scopeText(grant)),
    access_token: await makeAccessToken(context, profile, grant, subject, order),
    ...(grant.identity.includes('offline_access') && {
      refresh_token: makeRefreshToken(context, authorization),
    }),
    ...(idToken !== undefined && { id_token: idToken }),
    ...(order.clientInfo && { client_info: toClientInfo(authorization.user) }),
  }
}

/** Issues the token of an app that acts for itself. */
export async function issueAppToken(
  context: ProviderContext,
  profile: IssuerProfile,
  grant: Grant,
  subject: AppSubject,
): Promise<Record<string, unknown>> {
  const { scope: _scope, ...fields } = tokenFields(context, '')
  return {
    ...fields,
    access_token: await makeAccessToken(context, profile, grant, subject),
  }
}

function tokenFields(context: ProviderContext, scope: string): Record<string, unknown> {
  const { accessTokenSeconds, refreshInSeconds } = context.behaviour
  return {
    token_type: 'Bearer',
    scope,
    expires_in: accessTokenSeconds,
    ext_expires_in: accessTokenSeconds,
    ...(refreshInSeconds !== undefined && { refresh_in: refreshInSeconds }),
  }
}

async function makeIdToken(
  context: ProviderContext,
  order: TokenOrder,
  subject: Subject,
): Promise<string | undefined> {
  const { profile, seat, authorization } = order
  const { clientId } = authorization.app
  const claims = {
    aud: clientId,
    ...timedClaims(context, profile, seat.tenantId, context.behaviour.idTokenSeconds),
    ...(order.nonce !== undefined && { nonce: order.nonce }),
    sub: pairwiseSubject(seat, clientId),
    ...profile.idTokenClaims(subject),
  }
  const sign = createSign(keyFor(context, profile, seat.tenantId))
  return context.tamper.idToken === undefined ? sign(claims) : context.tamper.idToken(claims, sign)
}

function makeAccessToken(
  context: ProviderContext,
  profile: IssuerProfile,
  grant: Grant,
  subject: Subject | AppSubject,
  order?: TokenOrder,
): Promise<string> {
  const tenantId = subject.seat?.tenantId ?? (subject as AppSubject).tenantId
  const acrs = order?.authorization.acrs ?? []
  const xmsCc = order?.xmsCc ?? []
  const claims = {
    aud: grant.target.resource.audience,
    ...timedClaims(context, profile, tenantId, context.behaviour.accessTokenSeconds),
    ...(subject.seat !== undefined && {
      // A user is known to an API by the API's own pairwise name, to Graph by the client's.
      sub: pairwiseSubject(
        subject.seat,
        grant.target.resource.app?.clientId ?? subject.app.clientId,
      ),
    }),
    ...profile.accessTokenClaims(subject, grant),
    ...(acrs.length > 0 && { acrs }),
    ...(xmsCc.length > 0 && { xms_cc: xmsCc }),
  }
  return createSign(keyFor(context, profile, tenantId))(claims)
}

function makeRefreshToken(context: ProviderContext, authorization: Authorization): string {
  const token = `1.${randomBytes(64).toString('base64url')}`
  context.store.refreshTokens.set(token, { authorization, used: false }, REFRESH_SECONDS)
  return token
}

function timedClaims(
  context: ProviderContext,
  profile: IssuerProfile,
  tenantId: string,
  lifetimeSeconds: number,
): Record<string, unknown> {
  const iat = context.issueSeconds()
  return { iss: profile.issuerOf(tenantId), iat, nbf: iat, exp: iat + lifetimeSeconds }
}

/** Personal accounts have a key of their own, which may sign for nobody else. */
function keyFor(context: ProviderContext, profile: IssuerProfile, tenantId: string): SigningKey {
  return profile.kind === 'entra' && tenantId === CONSUMERS_TENANT_ID
    ? context.keys.consumers()
    : context.keys.main()
}
