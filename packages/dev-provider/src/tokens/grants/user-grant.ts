import { grantedOf, recordConsent } from '../../state/consents.js'
import type { ProviderContext } from '../../state/context.js'
import { param } from '../../protocol/http.js'
import { issueUserTokens } from '../issue-tokens.js'
import type { IssuerProfile, TenantAccount } from '../../profiles/issuer-profile.js'
import { interactionRequired, OAuthError, invalidGrant } from '../../protocol/oauth-error.js'
import {
  requestsAllClaims,
  parseRequestedClaims,
  type RequestedClaims,
} from '../../protocol/requested-claims.js'
import { fullName } from '../../profiles/resources.js'
import type { AppConfig } from '../../config/config.js'
import type { ScopeTarget } from '../../profiles/scope-request.js'
import type { Authorization } from '../../state/records.js'
import { inviteRemedy, notInTenant } from '../../profiles/tenants.js'
import type { TokenRequest } from './token-request.js'

/** The contents of the tokens that a grant requests for a user. */
export interface UserGrant {
  readonly authorization: Authorization
  readonly target: ScopeTarget
  readonly identity: readonly string[]
  readonly nonce?: string | undefined
}

/**
 * Completes every grant with a user. It checks the tenant, the consent and the claims, and issues
 * the tokens.
 */
export function completeUserGrant(
  context: ProviderContext,
  request: TokenRequest,
  { authorization, target, identity, nonce }: UserGrant,
): Promise<Record<string, unknown>> {
  const { profile, form } = request
  const { app, user } = authorization
  const tenantAccount = requireTenantAccount(profile, authorization)
  const requiresConsent = profile.asksConsent && context.behaviour.consent === 'ask'
  if (!requiresConsent && !target.isDefault) {
    recordConsent(context, tenantAccount, app, [{ target, names: target.names }])
  }
  const names = grantedOf(context, tenantAccount, app, target)
  const isGranted = target.isDefault
    ? names.length > 0
    : target.names.every((name) => names.includes(name))
  if (!isGranted) {
    throw invalidGrant(
      65001,
      `The user or administrator has not consented to use the application with ID '${app.clientId}' named '${app.name}'. Send an interactive authorization request for this user and resource.`,
      consentRemedy(app, target),
      'consent_required',
    )
  }
  const claimsParam = param(form, 'claims')
  const claims = parseRequestedClaims(claimsParam)
  if (needsUser(context, authorization, claims)) {
    const error = profile.kind === 'entra' ? 'invalid_grant' : 'interaction_required'
    throw interactionRequired(target.resource.audience, claimsParam, error)
  }
  const isRevoked = authorization.sequence <= (context.store.revokedUpTo.get(user.username) ?? 0)
  if (isRevoked) throw revoked()
  return issueUserTokens(context, {
    profile,
    grant: { identity, target, names },
    authorization,
    tenantAccount,
    nonce,
    clientInfo: form.get('client_info') === '1',
    requested: [authorization.claims, claims],
    authMethod: request.client.authMethod,
  })
}

/** Returns whether the request contains claims that the sign-in did not satisfy. */
function needsUser(
  { behaviour }: ProviderContext,
  { claims: satisfied }: Authorization,
  claims: RequestedClaims,
): boolean {
  const contexts = [...satisfied.acrs, ...satisfied.idTokenAcrs]
  const isStepUp = [...claims.acrs, ...claims.idTokenAcrs].some((acr) => !contexts.includes(acr))
  if (isStepUp || !behaviour.graphClaimsNeedUser) return isStepUp
  const challenge = parseRequestedClaims(behaviour.graphClaims)
  return requestsAllClaims(claims, challenge) && !requestsAllClaims(satisfied, challenge)
}

function requireTenantAccount(profile: IssuerProfile, { user }: Authorization): TenantAccount {
  const tenantAccount = profile.tenantAccountOf(user)
  if (tenantAccount !== undefined) return tenantAccount
  throw invalidGrant(50020, notInTenant(user.username, profile.title), inviteRemedy(profile))
}

/** Creates the error AADSTS50173, for a user whose sessions were revoked after the grant. */
export function revoked(): OAuthError {
  return invalidGrant(
    50173,
    'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    'Start a new sign-in, because the refresh tokens of this user were revoked.',
    'bad_token',
  )
}

/** Creates the error AADSTS70000, for a code or a refresh token of another app. */
export function issuedToAnotherApp(what: 'code' | 'refresh token'): OAuthError {
  return invalidGrant(
    70000,
    `Provided grant is invalid or malformed: the ${what} was issued to another application.`,
    `Send the client ID of the app that started the sign-in. A ${what} belongs to one app.`,
    'bad_token',
  )
}

function consentRemedy(app: AppConfig, { resource, names, isDefault }: ScopeTarget): string {
  if (isDefault) {
    return `Start a new sign-in with this scope, so that the user can consent. Check that the list permissions of "${app.name}" contains the scopes of ${resource.name}.`
  }
  const scopes = names.map((name) => fullName(resource, name)).join(' ')
  return `Start a new sign-in that requests ${scopes}, so that the user can consent. To request the scope without consent, add it to preauthorized of "${app.name}".`
}
