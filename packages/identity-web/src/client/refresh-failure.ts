import { withChanges, type IdentityError } from '../errors.ts'
import { isEmptyRejection } from './endpoint-request.ts'
import { isStepUp } from './step-up-error.ts'

/** The application or its registration is wrong. Another sign-in would not help. */
const CONFIGURATION: ReadonlySet<string> = new Set([
  'invalid_client',
  'unauthorized_client',
  'invalid_scope',
  'invalid_target',
  'invalid_resource',
  'unsupported_grant_type',
])

/** The provider cannot respond now. */
const TRANSIENT: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable'])

/**
 * Returns the error of a refresh with the code that says who must act: `interaction_required` for the user, `configuration` for
 * the developer, and `provider_unavailable` or `invalid_response` if a later attempt can work.
 *
 * If the provider rejected the refresh token, the error has the reason `refresh_rejected`. Providers use different codes
 * for that, so every other OAuth error means it.
 */
export function toRefreshError(error: IdentityError): IdentityError {
  const { oauthError, microsoftCodes = [] } = error
  if (isEmptyRejection(error)) return toRejectedRefresh(error)
  if (oauthError === undefined || TRANSIENT.has(oauthError)) return error
  // Microsoft says that the token of one API was denied, for example because an administrator must consent to it.
  if (error.code === 'access_denied' && microsoftCodes.length > 0) return error
  if (isStepUp(error)) return withChanges(error, { code: 'interaction_required' })
  const isConfiguration =
    CONFIGURATION.has(oauthError) || (oauthError === 'invalid_request' && microsoftCodes.length > 0)
  return isConfiguration ? withChanges(error, { code: 'configuration' }) : toRejectedRefresh(error)
}

function toRejectedRefresh(error: IdentityError): IdentityError {
  return withChanges(error, { code: 'interaction_required', reason: 'refresh_rejected' })
}
