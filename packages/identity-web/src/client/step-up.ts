// The OAuth errors that the user can solve.
import type { IdentityError } from '../errors.ts'

/**
 * The error codes which say that the user must do something at the provider, while the session and its refresh token
 * stay valid.
 */
const STEP_UP: ReadonlySet<string> = new Set([
  'interaction_required',
  'consent_required',
  'login_required',
])

/**
 * Microsoft's codes for `invalid_grant` which say that the user must act, for consent or for a Conditional Access
 * policy.
 */
const STEP_UP_CODES: ReadonlySet<string> = new Set([
  'AADSTS65001',
  'AADSTS50076',
  'AADSTS50078',
  'AADSTS50079',
  'AADSTS50158',
])

/**
 * Returns whether the user can solve an OAuth error at the provider, unlike a rejected code or refresh token.
 */
export function isStepUp(error: Partial<IdentityError>): boolean {
  const { oauthError = '', claimsRequest, suberror, microsoftCodes = [] } = error
  if (STEP_UP.has(oauthError)) return true
  if (oauthError !== 'invalid_grant') return false
  return (
    claimsRequest !== undefined ||
    (suberror !== undefined && !/^(bad_token|token_expired)$/.test(suberror)) ||
    microsoftCodes.some((code) => STEP_UP_CODES.has(code))
  )
}
