import type { TokenChanges } from './access-token-request.js'

/** Whose sessions to end. Without either, everybody's. */
export interface SignOutOptions {
  /** The user, by user name or first name. */
  readonly as?: string
  /** One session, by the `sid` of its ID tokens. */
  readonly sid?: string
}

/** What became of a logout token that was sent to an app. */
export interface LogoutDelivery {
  readonly clientId: string
  /** The app's `backChannelLogoutUri`. */
  readonly uri: string
  /** The session that ended. */
  readonly sid: string
  /** The answer's status; missing when there was none. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Why there was no answer, for example `TimeoutError` or `ECONNREFUSED`. */
  readonly failure?: string
}

/**
 * A logout token to make, without sending it. It speaks of the user and the session that are named, so one of `as`, `sub`
 * and `sid` is needed.
 */
export interface LogoutTokenRequest extends TokenChanges {
  /** The user, by user name or first name, with `sid` of their latest session with the app if they have one. */
  readonly as?: string
  /** In place of `as`: the subject as the app knows it. */
  readonly sub?: string
  /** The session, by the `sid` of its ID tokens. */
  readonly sid?: string
  /** Client id of the app that it is for. @defaultValue the default app */
  readonly app?: string
}
