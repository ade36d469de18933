// The result that only this file can make.
import type { IdentityError } from '../../errors.ts'
import { own } from '../../own.ts'
import type { RequestSession, Session } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'

/** The reasons why a guard does not accept a request with a session yet. */
export interface NotAccepted {
  /**
   * The error, if the user must interact: `login_required` if the session has ended, `interaction_required` if the user
   * must act before the provider issues a token, and `refresh_required` if this request cannot store a refresh.
   */
  readonly interactionRequired?: IdentityError | undefined
  /** The scopes that the session's tokens have. */
  readonly granted?: readonly string[] | undefined
  /**
   * `true` if the refresh of the session requires a step of the user at the provider, after which the session
   * continues. The code of `interactionRequired` is then `login_required`.
   */
  readonly isStepUp?: boolean | undefined
  /** The error, if the request came from another site. */
  readonly rejected?: IdentityError | undefined
}

/**
 * The session of a request, with the requested token or the reason why it is not accepted yet.
 *
 * It is a class, because only a result of this module may allow a request. In addition, a property that another package
 * adds to all objects must not become a property of the result.
 */
export class AuthenticationResult {
  readonly #reason: NotAccepted | undefined
  readonly current: RequestSession
  readonly token: AccessToken | undefined

  /** @param reason - The reason why the request is not accepted. Not set if the request is accepted. */
  constructor(current: RequestSession, token?: AccessToken, reason?: NotAccepted) {
    assertComplete(current.session, token)
    this.#reason = reason
    this.current = current
    this.token = token
  }

  /** Returns whether a value is a result. Other objects and prototypes cannot have the private field. */
  static is(result: AuthenticationResult | undefined): result is AuthenticationResult {
    const given: unknown = result
    return typeof given === 'object' && given !== null && #reason in given
  }

  /** Returns whether the request has a session, and the token that it needs. */
  static isAccepted(result: AuthenticationResult | undefined): result is AuthenticationResult {
    return AuthenticationResult.is(result) && result.#reason === undefined
  }

  /** Returns whether a request has a user. The user may still have to complete a step to get an access token. */
  static isSignedIn(result: AuthenticationResult | undefined): result is AuthenticationResult {
    if (!AuthenticationResult.is(result)) return false
    return (
      result.#reason === undefined || result.interactionRequired?.code === 'interaction_required'
    )
  }

  get interactionRequired(): IdentityError | undefined {
    return this.#reason && own(this.#reason, 'interactionRequired')
  }

  get granted(): readonly string[] | undefined {
    return this.#reason && own(this.#reason, 'granted')
  }

  get isStepUp(): boolean {
    return this.#reason !== undefined && own(this.#reason, 'isStepUp') === true
  }

  get rejected(): IdentityError | undefined {
    return this.#reason && own(this.#reason, 'rejected')
  }

  /** Returns this result with a session that has changed. */
  withCurrent(current: RequestSession): AuthenticationResult {
    return new AuthenticationResult(current, this.token, this.#reason)
  }
}

/** Throws if the session or the token is not complete. An incomplete session must never reach a handler. */
function assertComplete(session: Session, token: AccessToken | undefined): void {
  const { id, claims }: { readonly id: unknown; readonly claims: unknown } = session
  const isSession = typeof id === 'string' && typeof claims === 'object' && claims !== null
  const value: unknown = token === undefined ? '' : token.token
  if (isSession && Object.hasOwn(session, 'claims') && typeof value === 'string') return
  throw new TypeError('The session of the request is not complete.')
}
