import type { IdentityError } from '../../errors.ts'
import type { RequestSession } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'

/** The session of a request, with the requested token or the reason why the user must interact first. */
export interface AuthenticationResult {
  readonly current: RequestSession
  readonly token?: AccessToken
  /** The scopes that the session's tokens have. */
  readonly granted?: readonly string[]
  /**
   * Set if the user must interact: `login_required` if the session has ended, `interaction_required` if the provider
   * needs the user to issue a token, `refresh_required` if this request cannot store a refresh.
   */
  readonly interactionRequired?: IdentityError
  /**
   * Whether the session continues after a step of the user at the provider, which its refresh requires. The code of
   * `interactionRequired` is then `login_required`.
   */
  readonly isStepUp?: boolean
  /** Present if the request came from another site. */
  readonly rejected?: IdentityError
}

/** Whether a request has a user. They may still have to complete a step for an access token. */
export function isSignedIn(
  result: AuthenticationResult | undefined,
): result is AuthenticationResult {
  if (result === undefined || result.rejected !== undefined) return false
  const code = result.interactionRequired?.code
  return code !== 'login_required' && code !== 'refresh_required'
}
