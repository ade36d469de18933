// The errors of the client: LoginRequired and SessionError.
/**
 * `session.fetch()` rejects with this error if the user must sign in, or sign in again, before the request can succeed.
 *
 * @example
 * ```ts
 * try {
 *   await session.fetch('/api/todos')
 * } catch (error) {
 *   if (error instanceof LoginRequired) await session.login({ loginUrl: error.loginUrl })
 *   else throw error
 * }
 * ```
 * @public
 */
export class LoginRequired extends Error {
  /** The URL that starts the sign-in, after which the user returns to the page that sent the request. */
  declare readonly loginUrl: string
  /**
   * The reason: `login_required` if no user is signed in, and `interaction_required` if the user is signed in but must
   * consent or meet another requirement of the route.
   */
  declare readonly code: string

  /**
   * Creates the error, which an application needs only in its tests. The constructor does not throw.
   *
   * @param loginUrl - The URL that starts the sign-in.
   * @param code - The reason.
   * @example new LoginRequired('/login?return_to=%2F', 'login_required')
   */
  constructor(loginUrl: string, code: string) {
    super(`${code}: call session.login(error)`)
    this.name = 'LoginRequired'
    this.loginUrl = loginUrl
    this.code = code
  }
}

/**
 * The reason why the session is not known.
 *
 * - `offline`: the request did not reach the server.
 * - `unavailable`: the server cannot tell at the moment.
 * - `configuration`: the response does not come from a session endpoint. The error's message tells you what to change.
 *
 * @public
 */
export type SessionErrorCode = 'offline' | 'unavailable' | 'configuration'

/**
 * The session endpoint did not return a session, so the client keeps the last known state.
 *
 * @example
 * ```ts
 * const { error } = session.current
 * if (error?.code === 'offline') showBanner('You are offline.')
 * ```
 * @public
 */
export class SessionError extends Error {
  /** The reason why the session is not known. */
  declare readonly code: SessionErrorCode

  /**
   * Creates the error, which an application needs only in its tests. The constructor does not throw.
   *
   * @param code - The reason why the session is not known.
   * @param message - The setting to change.
   * @example new SessionError('offline', 'The session endpoint cannot be reached.')
   */
  constructor(code: SessionErrorCode, message: string) {
    super(message)
    this.name = 'SessionError'
    this.code = code
  }
}
