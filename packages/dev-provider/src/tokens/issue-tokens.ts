import { randomBytes } from 'node:crypto'
import { deviatingSign } from '../controls/deviations.js'
import { toClientInfo } from '../profiles/client-info.js'
import type { ProviderContext } from '../state/context.js'
import type {
  AppSubject,
  ClientAuthMethod,
  Grant,
  IssuerProfile,
  TenantAccount,
  Subject,
} from '../profiles/issuer-profile.js'
import type { RequestedClaims } from '../protocol/requested-claims.js'
import {
  keyFor,
  listClaim,
  createAccessToken,
  createUserAccessToken,
  subjectOf,
  timedClaims,
} from './access-token.js'
import { createSign } from '../profiles/sign-token.js'
import type { Authorization } from '../state/records.js'

// The 90 days of Entra ID (refresh-tokens).
const REFRESH_SECONDS = 90 * 24 * 3600

/** The contents of one token response. */
export interface TokenResponseContents {
  readonly profile: IssuerProfile
  readonly grant: Grant
  readonly authorization: Authorization
  readonly tenantAccount: TenantAccount
  /**
   * The nonce of the first ID token. An ID token from a refresh does not contain it (OpenID Connect
   * Core, section 12.2).
   */
  readonly nonce: string | undefined
  readonly clientInfo: boolean
  /**
   * The claims that the sign-in and the token request contained. The tokens satisfy all of them.
   */
  readonly requested: readonly RequestedClaims[]
  readonly authMethod: ClientAuthMethod
}

/**
 * Issues the access token of a user, and an ID token and a refresh token if the scopes request
 * them.
 */
export async function issueUserTokens(
  context: ProviderContext,
  contents: TokenResponseContents,
): Promise<Record<string, unknown>> {
  const { profile, grant, authorization } = contents
  const idToken = grant.identity.includes('openid')
    ? await createIdToken(context, contents, subjectOf(contents))
    : undefined
  const accessToken = await createUserAccessToken(context, contents)
  const body = {
    ...tokenFields(context, profile.formatScope(grant)),
    access_token: accessToken,
    ...(grant.identity.includes('offline_access') && {
      refresh_token: createRefreshToken(context, authorization),
    }),
    ...(idToken !== undefined && { id_token: idToken }),
    ...(contents.clientInfo && { client_info: toClientInfo(profile, authorization.user) }),
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
    access_token: await createAccessToken(context, {
      profile,
      grant,
      subject,
      requested: [{ ...claims, acrs: [] }],
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

/** Returns the claims of an ID token. */
export function idTokenClaims(
  context: ProviderContext,
  contents: TokenResponseContents,
  subject: Subject,
): Record<string, unknown> {
  const { profile, tenantAccount, authorization } = contents
  const { clientId } = authorization.app
  return {
    aud: clientId,
    ...timedClaims(context, profile, tenantAccount.tenantId, context.behaviour.idTokenSeconds),
    ...(contents.nonce !== undefined && { nonce: contents.nonce }),
    sub: profile.subjectOf(tenantAccount, clientId),
    ...profile.idTokenClaims(subject),
    ...listClaim(
      'acrs',
      contents.requested.flatMap((requested) => requested.idTokenAcrs),
    ),
    ...authorization.idTokenClaims,
  }
}

async function createIdToken(
  context: ProviderContext,
  contents: TokenResponseContents,
  subject: Subject,
): Promise<string | undefined> {
  const { profile, tenantAccount } = contents
  const claims = idTokenClaims(context, contents, subject)
  const key = await keyFor(context, profile, tenantAccount.tenantId)
  const sign = deviatingSign(context, 'idToken', createSign(key))
  return context.tamper.idToken === undefined ? sign(claims) : context.tamper.idToken(claims, sign)
}

function createRefreshToken(context: ProviderContext, authorization: Authorization): string {
  const token = `1.${randomBytes(64).toString('base64url')}`
  context.store.refreshTokens.set(token, { authorization, used: false }, REFRESH_SECONDS)
  return token
}
