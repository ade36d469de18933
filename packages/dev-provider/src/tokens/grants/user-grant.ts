import { grantedOf, recordConsent } from '../../state/consents.js'
import type { ProviderContext } from '../../state/context.js'
import { param } from '../../protocol/http.js'
import { issueUserTokens } from '../issue-tokens.js'
import type { IssuerProfile, Seat } from '../../profiles/issuer-profile.js'
import { interactionRequired, OAuthError } from '../../protocol/oauth-error.js'
import {
  asksForAll,
  parseRequestedClaims,
  type RequestedClaims,
} from '../../protocol/requested-claims.js'
import type { ScopeTarget } from '../../profiles/scope-request.js'
import type { Authorization } from '../../state/records.js'
import { notInTenant } from '../../profiles/tenants.js'
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
export function answerUserGrant(
  context: ProviderContext,
  request: TokenRequest,
  { authorization, target, identity, nonce }: UserGrant,
): Promise<Record<string, unknown>> {
  const { profile, form } = request
  const { app, user } = authorization
  const seat = requireSeat(profile, authorization)
  const isAsked = profile.asksConsent && context.behaviour.consent === 'ask'
  if (!isAsked && !target.isDefault) {
    recordConsent(context, seat, app, [{ target, names: target.names }])
  }
  const names = grantedOf(context, seat, app, target)
  const isGranted = target.isDefault
    ? names.length > 0
    : target.names.every((name) => names.includes(name))
  if (!isGranted) {
    throw new OAuthError(
      'invalid_grant',
      65001,
      `The user or administrator has not consented to use the application with ID '${app.clientId}' named '${app.name}'. Send an interactive authorization request for this user and resource.`,
      { suberror: 'consent_required' },
    )
  }
  const claimsText = param(form, 'claims')
  const claims = parseRequestedClaims(claimsText)
  if (needsUser(context, authorization, claims)) {
    throw interactionRequired(target.resource.audience, claimsText)
  }
  const isRevoked = authorization.order <= (context.store.revokedUpTo.get(user.username) ?? 0)
  if (isRevoked) throw revoked()
  return issueUserTokens(context, {
    profile,
    grant: { identity, target, names },
    authorization,
    seat,
    nonce,
    clientInfo: form.get('client_info') === '1',
    asked: [authorization.claims, claims],
    proof: request.client.proof,
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
  return asksForAll(claims, challenge) && !asksForAll(satisfied, challenge)
}

function requireSeat(profile: IssuerProfile, { user }: Authorization): Seat {
  const seat = profile.seat(user)
  if (seat !== undefined) return seat
  throw new OAuthError('invalid_grant', 50020, notInTenant(user.username, profile.title))
}

/** Creates the error AADSTS50173, for a user whose sessions were revoked after the grant. */
export function revoked(): OAuthError {
  return new OAuthError(
    'invalid_grant',
    50173,
    'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    { suberror: 'bad_token' },
  )
}
