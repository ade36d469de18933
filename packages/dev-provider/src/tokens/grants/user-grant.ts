import { grantedOf, recordConsent } from '../../state/consents.js'
import type { ProviderContext } from '../../state/context.js'
import { param } from '../../protocol/http.js'
import { issueUserTokens } from '../issue-tokens.js'
import type { IssuerProfile, Seat } from '../../profiles/issuer-profile.js'
import { OAuthError } from '../../protocol/oauth-error.js'
import { parseRequestedClaims } from '../../protocol/requested-claims.js'
import type { ScopeTarget } from '../../profiles/scope-request.js'
import type { Authorization } from '../../state/records.js'
import { notInTenant } from '../../profiles/tenants.js'
import type { TokenRequest } from './token-request.js'

/** The tokens that a grant asks for on behalf of a user. */
export interface UserGrant {
  readonly authorization: Authorization
  readonly target: ScopeTarget
  readonly identity: readonly string[]
  readonly nonce?: string | undefined
}

/** The last step of every grant with a user: tenant, consent and claims are checked, tokens made. */
export function answerUserGrant(
  context: ProviderContext,
  request: TokenRequest,
  { authorization, target, identity, nonce }: UserGrant,
): Promise<Record<string, unknown>> {
  const { profile, form } = request
  const { app, user } = authorization
  const seat = requireSeat(profile, authorization)
  if (context.behaviour.consent === 'skip' && !target.isDefault) {
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
  if (claims.acrs.some((value) => !authorization.acrs.includes(value))) {
    throw new OAuthError(
      'interaction_required',
      50076,
      `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${target.resource.audience}'.`,
      { suberror: 'basic_action', ...(claimsText !== undefined && { claims: claimsText }) },
    )
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
    xmsCc: [...new Set([...authorization.xmsCc, ...claims.xmsCc])],
  })
}

function requireSeat(profile: IssuerProfile, { user }: Authorization): Seat {
  const seat = profile.seat(user)
  if (seat !== undefined) return seat
  throw new OAuthError('invalid_grant', 50020, notInTenant(user.username, profile.title))
}

/** AADSTS50173: the user's sessions were revoked after the grant. */
export function revoked(): OAuthError {
  return new OAuthError(
    'invalid_grant',
    50173,
    'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    { suberror: 'bad_token' },
  )
}
