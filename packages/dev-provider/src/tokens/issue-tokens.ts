import { randomBytes } from 'node:crypto'
import { toClientInfo } from '../profiles/client-info.js'
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
import { rememberAsked } from './claims-challenge.js'
import type { RequestedClaims } from '../protocol/requested-claims.js'
import { rememberOrigin } from './token-origins.js'
import type { SigningKey } from '../profiles/key-ring.js'
import { createSign } from './sign-token.js'
import type { Authorization } from '../state/records.js'

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
  /** What the sign-in and the request asked of the tokens; all of it is satisfied. */
  readonly asked: readonly RequestedClaims[]
  readonly proof: ClientProof
}

/** Issues the tokens of a user: access token, and what else the scopes ask for. */
export async function issueUserTokens(
  context: ProviderContext,
  order: TokenOrder,
): Promise<Record<string, unknown>> {
  const { profile, grant, authorization, seat, proof } = order
  const subject: Subject = { ...authorization, seat, identity: grant.identity, proof }
  const idToken = grant.identity.includes('openid')
    ? await makeIdToken(context, order, subject)
    : undefined
  const accessToken = await makeAccessToken(context, {
    profile,
    grant,
    subject,
    asked: order.asked,
  })
  rememberOrigin(context, accessToken, authorization)
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

/** Issues the token of an app that acts for itself. */
export async function issueAppToken(
  context: ProviderContext,
  profile: IssuerProfile,
  grant: Grant,
  { claims, ...subject }: AppSubject & { readonly claims: RequestedClaims },
): Promise<Record<string, unknown>> {
  const { scope: _scope, ...fields } = tokenFields(context, '')
  const body = {
    ...fields,
    // Nobody was there to satisfy an authentication context.
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

interface AccessTokenOrder {
  readonly profile: IssuerProfile
  readonly grant: Grant
  readonly subject: Subject | AppSubject
  readonly asked: readonly RequestedClaims[]
}

async function makeAccessToken(
  context: ProviderContext,
  { profile, grant, subject, asked }: AccessTokenOrder,
): Promise<string> {
  const tenantId = subject.seat?.tenantId ?? (subject as AppSubject).tenantId
  const claims = {
    aud: grant.target.resource.audience,
    ...timedClaims(context, profile, tenantId, context.behaviour.accessTokenSeconds),
    ...(subject.seat !== undefined && {
      // A user is known to an API by the API's own pairwise name, to Graph by the client's.
      sub: profile.subjectOf(
        subject.seat,
        grant.target.resource.app?.clientId ?? subject.app.clientId,
      ),
    }),
    ...profile.accessTokenClaims(subject, grant),
    ...listClaim(
      'acrs',
      asked.flatMap(({ acrs }) => acrs),
    ),
    ...listClaim(
      'xms_cc',
      asked.flatMap(({ xmsCc }) => xmsCc),
    ),
  }
  const key = keyFor(context, profile, tenantId)
  const token = await createSign(key)(claims, profile.accessTokenHeader(grant, key.kid))
  rememberAsked(context, token, asked)
  return token
}

function listClaim(name: string, values: readonly string[]): Record<string, unknown> {
  return values.length === 0 ? {} : { [name]: [...new Set(values)] }
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
