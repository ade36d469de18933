import type { IdentityError } from '../../errors.ts'
import { own } from '../../own.ts'
import type { RequestSession, Session } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'

/** Why a guard does not accept a request with a session yet. */
export interface NotAccepted {
  /**
   * Set if the user must interact: `login_required` if the session has ended, `interaction_required` if the provider
   * needs the user to issue a token, `refresh_required` if this request cannot store a refresh.
   */
  readonly interactionRequired?: IdentityError | undefined
  /** The scopes that the session's tokens have. */
  readonly granted?: readonly string[] | undefined
  /**
   * Whether the session continues after a step of the user at the provider, which its refresh requires. The code of
   * `interactionRequired` is then `login_required`.
   */
  readonly isStepUp?: boolean | undefined
  /** Set if the request came from another site. */
  readonly rejected?: IdentityError | undefined
}

const ACCEPTED: NotAccepted = {}

/**
 * The session of a request, with the requested token or the reason why it is not accepted yet.
 *
 * It is a class, because only a result that this module made may let a request pass, and because a property that another
 * package adds to all objects must not become one of the result.
 */
export class AuthenticationResult {
  readonly #current: RequestSession
  readonly token: AccessToken | undefined
  readonly granted: readonly string[] | undefined
  readonly interactionRequired: IdentityError | undefined
  readonly isStepUp: boolean
  readonly rejected: IdentityError | undefined

  constructor(current: RequestSession, token?: AccessToken, reason: NotAccepted = ACCEPTED) {
    assertComplete(current.session, token)
    this.#current = current
    this.token = token
    this.granted = own(reason, 'granted')
    this.interactionRequired = own(reason, 'interactionRequired')
    this.isStepUp = own(reason, 'isStepUp') === true
    this.rejected = own(reason, 'rejected')
  }

  get current(): RequestSession {
    return this.#current
  }

  /** Whether a value is a result. Neither a foreign object nor a prototype can have the private field. */
  static is(result: AuthenticationResult | undefined): result is AuthenticationResult {
    const given: unknown = result
    return typeof given === 'object' && given !== null && #current in given
  }
}

/** A session without claims has no user, and must never reach a handler. */
function assertComplete(session: Session, token: AccessToken | undefined): void {
  const claims: unknown = own(session, 'claims')
  const value: unknown = token?.token ?? ''
  if (typeof claims === 'object' && claims !== null && typeof value === 'string') return
  throw new TypeError('The session of the request is not complete.')
}

/** Whether a guard may accept a request: it has a session, and the token that it needs. */
export function isAccepted(
  result: AuthenticationResult | undefined,
): result is AuthenticationResult {
  return (
    AuthenticationResult.is(result) &&
    result.interactionRequired === undefined &&
    result.rejected === undefined
  )
}

/** Whether a request has a user. They may still have to complete a step for an access token. */
export function isSignedIn(
  result: AuthenticationResult | undefined,
): result is AuthenticationResult {
  if (!AuthenticationResult.is(result) || result.rejected !== undefined) return false
  const code = result.interactionRequired?.code
  return code !== 'login_required' && code !== 'refresh_required'
}
