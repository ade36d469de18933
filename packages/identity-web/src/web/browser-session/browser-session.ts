/**
 * The session of a user, as the session endpoint and `auth.browserSession()` return it.
 *
 * All times are relative, so that a wrong clock of the visitor does not matter.
 *
 * @typeParam View - The type that `sessionView` returns.
 * @public
 */
export interface SignedInBrowserSession<View = object> {
  /** The part of the user that `sessionView` returned. */
  readonly user: View
  /** The number of seconds until the session ends, if the user sends no other request. */
  readonly expiresInSeconds: number
  /** The number of seconds until the session ends in any case. */
  readonly absoluteExpiresInSeconds: number
  /**
   * The path that starts a sign-in, for example with another account. To return to a page of this origin, add its path as
   * the parameter `return_to`. With `easyAuth()`, the parameter is `post_login_redirect_uri`, which the path contains already.
   */
  readonly loginUrl: string
  /** The path that signs the user out. Navigate to it, because the provider shows a page. */
  readonly logoutUrl: string
}

/** The session of a visitor who is not signed in, or whose session has ended. @public */
export interface SignedOutBrowserSession {
  /** `null`, because no user is signed in. */
  readonly user: null
  /**
   * The path that starts a sign-in. To return to a page of this origin, add its path as the parameter `return_to`, for
   * example `/auth/login?return_to=%2Forders%3Fpage%3D2`. With `easyAuth()`, the parameter is `post_login_redirect_uri`,
   * which the path contains already.
   */
  readonly loginUrl: string
}

/**
 * The session as a script in the browser sees it. It is the body of the session endpoint, and the result of
 * `auth.browserSession()`.
 *
 * @typeParam View - The type that `sessionView` returns.
 * @example
 * ```ts
 * const session: BrowserSession<SessionViewOf<typeof sessionView>> = await auth.browserSession(req)
 * const name = session.user === null ? 'visitor' : session.user.name
 * ```
 * @public
 */
export type BrowserSession<View = object> = SignedInBrowserSession<View> | SignedOutBrowserSession
