/** The session of a signed-in user, as the session endpoint describes it. @public */
export interface SignedInSession<View> {
  /** The part of the user that `sessionView` returned on the server. */
  readonly user: View
  /** The seconds until the session ends, if the user does not do anything. */
  readonly expiresInSeconds: number
  /** The seconds until the session ends in any case. */
  readonly absoluteExpiresInSeconds: number
  /** The path that starts a sign-in, without a return path. */
  readonly loginUrl: string
  /** The path that signs the user out. */
  readonly logoutUrl: string
}

/** The response of the session endpoint if no user is signed in. @public */
export interface SignedOutSession {
  /** `null`, because no user is signed in. */
  readonly user: null
  /** The path that starts a sign-in, without a return path. */
  readonly loginUrl: string
}

/**
 * The response of the session endpoint. On the server, `auth.browserSession(req)` returns the same object for the option
 * `initial`.
 *
 * @public
 */
export type BrowserSession<View> = SignedInSession<View> | SignedOutSession
