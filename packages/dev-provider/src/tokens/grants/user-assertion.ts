import type { JWTPayload } from 'jose'
import { verifyProviderToken } from '../bearer.js'
import { CONSUMERS_TENANT_ID, type AppConfig } from '../../config/config.js'
import type { ProviderContext } from '../../state/context.js'
import { v1IssuerOf } from '../../profiles/entra-v1.js'
import type { IssuerProfile, TenantAccount } from '../../profiles/issuer-profile.js'
import { idUrisOf } from '../../profiles/resources.js'
import { OAuthError, invalidRequest, invalidGrant } from '../../protocol/oauth-error.js'
import type { TokenRequest } from './token-request.js'

/** A user's token that an API sends to act for the user. */
export interface UserAssertion {
  readonly claims: JWTPayload
  readonly tenantAccount: TenantAccount
}

/**
 * Checks the token that an API received from its client (v2-oauth2-on-behalf-of-flow).
 *
 * The token must come from this issuer, be for this API and identify a user.
 */
export async function verifyUserAssertion(
  context: ProviderContext,
  { profile, client }: TokenRequest,
  token: string,
): Promise<UserAssertion> {
  const result = await verifyProviderToken(context, token)
  if (result.kind === 'invalid') throw invalidTokenError(result.reason)
  const { claims, use } = result
  const tenantId = claims['tid']
  const isOfIssuer =
    typeof tenantId === 'string' &&
    [profile.issuerOf(tenantId), v1IssuerOf(tenantId)].includes(claims.iss ?? '') &&
    (tenantId === CONSUMERS_TENANT_ID) === (use === 'consumers')
  if (!isOfIssuer) throw invalidAssertion('the issuer of the token does not match this endpoint')
  assertFor(client.app, claims)
  return { claims, tenantAccount: findTenantAccount(context, profile, claims) }
}

function assertFor(app: AppConfig, claims: JWTPayload): void {
  const { aud } = claims
  // Every access token contains its client. An ID token only contains it as the audience.
  const isIdToken = claims['azp'] === undefined && claims['appid'] === undefined
  if (aud !== app.clientId && (isIdToken || !idUrisOf(app).includes(String(aud)))) {
    if (isIdToken) {
      throw invalidGrant(
        240002,
        "Input id_token cannot be used as 'urn:ietf:params:oauth:grant-type:jwt-bearer' grant.",
        'Send the access token that the API received, not an ID token.',
      )
    }
    throw invalidGrant(
      500131,
      `Assertion audience does not match the Client app presenting the assertion. The audience in the assertion was '${String(aud)}' and the expected audience is '${app.clientId}' or one of the Application Uris of this application with App ID '${app.clientId}'(${app.name}). The downstream client must request a token for the expected audience (the application that made the OBO request) and this application should use that token as the assertion.`,
      `The client must request a scope of "${app.name}". Send the access token of that request.`,
    )
  }
  if (isIdToken || claims['scp'] !== undefined) return
  throw invalidGrant(
    7000114,
    `Application '${app.clientId}' is not allowed to make application on-behalf-of calls.`,
    'Send the access token of a user. For an app-only token, use the grant client_credentials instead.',
  )
}

function findTenantAccount(
  context: ProviderContext,
  profile: IssuerProfile,
  claims: JWTPayload,
): TenantAccount {
  const tenantAccount = context.store.users
    .all()
    .map((user) => profile.tenantAccountOf(user))
    .find((entry) => entry?.tenantId === claims['tid'] && entry?.oid === claims['oid'])
  if (tenantAccount !== undefined) return tenantAccount
  throw invalidAssertion(`it does not identify a user of '${profile.title}'`)
}

function invalidTokenError(reason: 'malformed' | 'signature' | 'expired'): OAuthError {
  if (reason === 'expired') {
    return invalidGrant(
      500133,
      'Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.',
      'The client must request a new access token for this API.',
    )
  }
  if (reason === 'malformed') {
    return invalidRequest(
      50027,
      'JWT token is invalid or malformed: the assertion is not a signed JWT.',
      'Send the access token that the API received, without changes. The name of the parameter is "assertion".',
    )
  }
  return invalidGrant(
    50013,
    'Assertion failed signature validation. [Reason - The key was not found, or the signature is not of that key.]',
    'Send an access token of this provider. Its keys change when it restarts.',
  )
}

/** Creates the error AADSTS50013, whose message contains the reason. */
function invalidAssertion(why: string): OAuthError {
  return invalidGrant(
    50013,
    `Assertion is not valid: ${why}.`,
    'Send the request to the tenant that issued the access token.',
  )
}
