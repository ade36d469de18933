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
   * The page that shows the code in the device code flow (`flow: 'device-code'`). The user types the code at the
   * provider, and the page polls {@link DevicePage.pollUrl}.
   *
   * @param page - The code, and the URL at which the user enters it.
   * @returns HTML.
   * @defaultValue the page of this library
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   flow: 'device-code',
   *   pages: {
   *     device: ({ userCode, verificationUri, pollUrl, device }) => `
   *       <p>Type ${userCode} at <a href="${escapeHtml(verificationUri)}">${escapeHtml(verificationUri)}</a>.</p>
   *       <form method="post" action="${pollUrl}">
   *         <input type="hidden" name="device" value="${device}"><button>I typed it</button>
   *       </form>`,
   *   },
   * })
   * ```
   */
  readonly device?: ((page: DevicePage) => string | Promise<string>) | undefined
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

/** The content of the page that shows the device code, and the data for the request that returns the result. @public */
export interface DevicePage extends PageBase {
  /** The code that the user types at the provider. Show it in large letters, with a button to copy it. */
  readonly userCode: string
  /** The URL at which the user types the code. Open it in a new tab, with `rel="noopener noreferrer"`. */
  readonly verificationUri: string
  /** The same URL with the code. Only some providers return it. */
  readonly verificationUriComplete?: string
  /** The number of seconds until the code expires. */
  readonly expiresInSeconds: number
  /** The number of seconds to wait before the first poll. */
  readonly intervalSeconds: number
  /**
   * The URL to poll. Post the form field `device` with the value of {@link DevicePage.device}.
   *
   * A script gets JSON with one of these values of `status`:
   *
   * - `'pending'`: poll again after `interval` seconds.
   * - `'done'`: go to `location`.
   * - `'expired'`, `'declined'` or `'failed'`: show `message` to the user, with a link to `newCodeUrl`. It is in the
   *   language of the user.
   *
   * If the browser posts the form without a script, it gets this page again, or a redirect.
   *
   * @example
   * ```js
   * const body = new URLSearchParams({ device: page.device })
   * const result = await (await fetch(page.pollUrl, { method: 'POST', body })).json()
   * if (result.status === 'done') location.replace(result.location)
   * ```
   */
  readonly pollUrl: string
  /** The encrypted sign-in. It works in this browser only. */
  readonly device: string
  /** The URL that starts the sign-in again, with a new code. */
  readonly newCodeUrl: string
  /** Whether the user posted the form before they finished at the provider. */
  readonly isRepeated: boolean
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
