import { randomBytes } from 'node:crypto'
import { toClientInfo } from '../profiles/client-info.js'
import type { ProviderContext } from '../state/context.js'
import type {
  AppSubject,
  ClientProof,
  Grant,
  IssuerProfile,
  Seat,
  Subject,
} from '../profiles/issuer-profile.js'
import type { RequestedClaims } from '../protocol/requested-claims.js'
import {
  keyFor,
  listClaim,
  makeAccessToken,
  makeUserAccessToken,
  subjectOf,
  timedClaims,
} from './access-token.js'
import { createSign } from '../profiles/sign-token.js'
import type { Authorization } from '../state/records.js'

// The 90 days of Entra ID (refresh-tokens).
const REFRESH_SECONDS = 90 * 24 * 3600

/** The contents of one token response. */
export interface TokenOrder {
  readonly profile: IssuerProfile
  readonly grant: Grant
  readonly authorization: Authorization
  readonly seat: Seat
  /**
   * The nonce of the first ID token. An ID token from a refresh does not contain it (OpenID Connect
   * Core, section 12.2).
   */
  readonly nonce: string | undefined
  readonly clientInfo: boolean
  /**
   * The claims that the sign-in and the token request contained. The tokens satisfy all of them.
   */
  readonly asked: readonly RequestedClaims[]
  readonly proof: ClientProof
}

/**
 * Issues the access token of a user, and an ID token and a refresh token if the scopes request
 * them.
 */
export async function issueUserTokens(
  context: ProviderContext,
  order: TokenOrder,
): Promise<Record<string, unknown>> {
  const { profile, grant, authorization } = order
  const idToken = grant.identity.includes('openid')
    ? await makeIdToken(context, order, subjectOf(order))
    : undefined
  const accessToken = await makeUserAccessToken(context, order)
  const body = {
    ...tokenFields(context, profile.scopeText(grant)),
    access_token: accessToken,
    ...(grant.identity.includes('offline_access') && {
      refresh_token: makeRefreshToken(context, authorization),
    }),
    ...(idToken !== undefined && { id_token: idToken }),
    ...(order.clientInfo && { client_info: toClientInfo(profile, authorization.user) }),
  }
  return { ...profile.shapeTokens(body, grant, context.issueSeconds()) }
}

/** Issues an app-only token. */
export async function issueAppToken(
  context: ProviderContext,
  profile: IssuerProfile,
  grant: Grant,
  { claims, ...subject }: AppSubject & { readonly claims: RequestedClaims },
): Promise<Record<string, unknown>> {
  const { scope: _scope, ...fields } = tokenFields(context, '')
  const body = {
    ...fields,
    // An authentication context requires a user.
    access_token: await makeAccessToken(context, {
      profile,
      grant,
      subject,
      asked: [{ ...claims, acrs: [] }],
    }),
  }
  return { ...profile.shapeTokens(body, grant, context.issueSeconds()) }
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
    sub: profile.subjectOf(seat, clientId),
    ...profile.idTokenClaims(subject),
    ...listClaim(
      'acrs',
      order.asked.flatMap((asked) => asked.idTokenAcrs),
    ),
  }
  const sign = createSign(keyFor(context, profile, seat.tenantId))
  return context.tamper.idToken === undefined ? sign(claims) : context.tamper.idToken(claims, sign)
}

function makeRefreshToken(context: ProviderContext, authorization: Authorization): string {
  const token = `1.${randomBytes(64).toString('base64url')}`
  context.store.refreshTokens.set(token, { authorization, used: false }, REFRESH_SECONDS)
  return token
}
