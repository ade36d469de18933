/**
 * Functions that return HTML, which replaces the default pages. Escape all values that you insert. Every page gets the
 * language of the visitor, which is one of `languages`. Write it into the attribute `lang` of `<html>`.
 *
 * This library sends no content security policy and no frame protection with your HTML. Set these headers in a middleware
 * that runs before `new Auth(app)`.
 *
 * @example
 * ```ts
 * const pages: Pages = {
 *   loggedOut: ({ loginUrl }) => `<!doctype html><title>Bye</title><a href="${loginUrl}">Sign in again</a>`,
 * }
 * ```
 * @public
 */
export interface Pages {
  /**
   * The page for visitors who are not signed in. Without it, the guard redirects them to the provider immediately.
   *
   * @param page - `loginUrl` starts the sign-in.
   * @returns HTML.
   * @defaultValue not set
   * @example new Auth(app, { pages: { login: ({ loginUrl }) => `<a href="${loginUrl}">Sign in</a>` } })
   */
  readonly login?: ((page: LoginPage) => string | Promise<string>) | undefined
  /**
   * The page for errors.
   *
   * @param page - `message` is safe to show to the user, and `tryAgainUrl` starts the sign-in again.
   * @returns HTML.
   * @defaultValue the page of this library
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   pages: {
   *     error: ({ message, tryAgainUrl }) => `<p>${message}</p><a href="${tryAgainUrl}">Try again</a>`,
   *   },
   * })
   * ```
   */
  readonly error?: ((page: ErrorPage) => string | Promise<string>) | undefined
  /**
   * The page for users who are signed in and not allowed to see a page. It has the status 403.
   *
   * @param page - `message` is safe to show to the user, and `loginUrl` signs in with another account.
   * @returns HTML.
   * @defaultValue the page of this library
   * @example new Auth(app, { pages: { forbidden: ({ message }) => `<h1>Not allowed</h1><p>${escapeHtml(message)}</p>` } })
   */
  readonly forbidden?: (page: ForbiddenPage) => string | Promise<string>
  /**
   * The page after a sign-out, if the provider does not redirect to another one.
   *
   * @param page - `loginUrl` starts a new sign-in.
   * @returns HTML.
   * @defaultValue the page of this library
   * @example new Auth(app, { pages: { loggedOut: ({ loginUrl }) => `<a href="${loginUrl}">Sign in again</a>` } })
   */
  readonly loggedOut?: ((page: LoggedOutPage) => string | Promise<string>) | undefined
}

/** The values that every page gets. @public */
export interface PageBase {
  /** The language of the visitor (BCP 47), such as `de`. It is one of the option `languages`. */
  readonly language: string
  /** The option `appName`. Not set if the application does not have this option. */
  readonly appName?: string
}

/** The content of the page after a sign-out. @public */
export interface LoggedOutPage extends PageBase {
  /** The URL that starts a new sign-in. */
  readonly loginUrl: string
}

/** The content of the page for visitors who are not signed in. @public */
export interface LoginPage extends PageBase {
  /** The URL that starts the sign-in. */
  readonly loginUrl: string
  /** The URL at which a user of Azure AD B2C resets their password. Present only with `b2c.resetPasswordUserFlow`. */
  readonly resetPasswordUrl?: string
}

/** The content of an error page. All of it except `description` is safe to show to users. @public */
export interface ErrorPage extends PageBase {
  /** The error's code. */
  readonly code: string
  /** A heading for the user. */
  readonly title: string
  /** A message for the user, in their language. It never contains data from the provider or from a URL. */
  readonly message: string
  /** The URL that starts the sign-in again. */
  readonly tryAgainUrl: string
  /** The URL of the application's home page, see `homePath`. */
  readonly homeUrl: string
  /** The URL at which an administrator consents for the organization. Present only if that is necessary. */
  readonly adminConsentUrl?: string
  /** The URL at which a user of Azure AD B2C resets their password. Present only with `b2c.resetPasswordUserFlow`. */
  readonly resetPasswordUrl?: string
  /**
   * The provider's text about the error, for developers. It is untrusted: escape it, and do not use it for decisions. The
   * default page does not contain it in production.
   */
  readonly description?: string
  /** The ID of the failed request, for the provider's support. */
  readonly correlationId?: string
  /** The time of the error, in ISO 8601 and UTC. */
  readonly time: string
}

/** The content of the page for users who are not allowed. @public */
export interface ForbiddenPage extends PageBase {
  /** A heading for the user. */
  readonly title: string
  /** A message for the user, as plain text: that of {@link AccessDenied}, or a general one. Escape it. */
  readonly message: string
  /** The URL of the application's root. */
  readonly homeUrl: string
  /** The URL that signs in with another account and then returns to the page. */
  readonly loginUrl: string
}
