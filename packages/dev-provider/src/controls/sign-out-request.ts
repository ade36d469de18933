import type { TokenChanges } from './access-token-request.js'

/**
 * Selects the sessions to end. Without `as` and `sid`, all sessions end.
 *
 * @example
 * ```ts
 * await provider.signOut({ as: 'alex' })
 * ```
 */
export interface SignOutOptions {
  /** The user, as a user name or a first name. */
  readonly as?: string
  /** The `sid` claim in the session's ID tokens. */
  readonly sid?: string
}

/**
 * The result of sending a logout token to an app.
 *
 * @example Check that all apps accepted the logout token
 * ```ts
 * const deliveries: readonly LogoutDelivery[] = await provider.signOut()
 * const isAccepted = deliveries.every(({ status }) => status === 200)
 * ```
 */
export interface LogoutDelivery {
  /** The app's client ID. */
  readonly clientId: string
  /** The app's `backChannelLogoutUri`. */
  readonly uri: string
  /** The `sid` of the session that ended. */
  readonly sid: string
  /** The response's HTTP status. Missing when the app did not respond. */
  readonly status?: number
  /** The response's headers. */
  readonly headers?: Readonly<Record<string, string>>
  /** The response's body. */
  readonly body?: string
  /** The reason why the app did not respond, for example `TimeoutError` or `ECONNREFUSED`. */
  readonly failure?: string
}

/**
 * Describes a logout token that the provider creates but does not send. At least one of `as`, `sub`
 * and `sid` is required.
 *
 * @example A logout token with a claim that is not allowed
 * ```ts
 * const token = await provider.logoutToken({ as: 'alex', claims: { nonce: 'n' } })
 * ```
 */
export interface LogoutTokenRequest extends TokenChanges {
  /**
   * The user, as a user name or a first name. The token also contains `sid` when the user has a session with the app.
   */
  readonly as?: string
  /** The `sub` claim, which identifies the user at the app. You can use it instead of `as`. */
  readonly sub?: string
  /** The `sid` claim, which identifies the session. */
  readonly sid?: string
  /**
   * The client ID of the app that receives the token.
   *
   * @defaultValue the default app
   */
  readonly app?: string
}
