// The options of pages: texts, color, logo, own pages.
import type { MissingRequirement } from '../events.ts'
import type { RegisteredUser } from '../registered-user.ts'
import type { Language, LanguageTag, PageTexts } from '../languages/language.ts'
import { A_FUNCTION, A_TEXT, isText, must } from './checks.ts'
import type { RowsOf } from './rows.ts'

/**
 * Options for the look and the languages of the default pages.
 *
 * @example
 * ```ts
 * const pages: PageOptions = { appName: 'Contoso Expenses', logo: '/logo.svg' }
 * ```
 * @public
 */
export interface PageOptions {
  /**
   * Your application's name, which the default pages show at the top and in the browser tab's title. If you set `logo`,
   * the pages show the logo instead, and screen readers read the name.
   *
   * @defaultValue not set: the pages do not show a name
   * @example new Auth(app, { appName: 'Contoso Expenses' })
   */
  readonly appName?: string | undefined
  /**
   * The URL of the logo at the top of the default pages: a path on this origin, an `https:` URL or a `data:image/` URL.
   * The content security policy of the pages allows only this image. For a `data:` URL, it allows all `data:` images.
   *
   * @defaultValue not set: the pages do not show a logo
   * @example new Auth(app, { appName: 'Contoso Expenses', logo: '/logo.svg' })
   */
  readonly logo?: string | undefined
  /**
   * The languages in which the pages are available. Each user gets the language that their browser asks for in
   * `Accept-Language`. If this list does not contain such a language, the user gets the first language of the list.
   *
   * Every language is an entry point, such as `identity-web/languages/de`, so that a bundle contains only the languages
   * that you import. You can also write your own {@link Language}.
   *
   * @defaultValue On Node.js: English, German, Spanish, French, Italian, Japanese, Dutch, Polish, Portuguese and Simplified
   *   Chinese. Elsewhere: English.
   * @example German, and English for users who prefer it
   * ```ts
   * import { german } from 'identity-web/languages/de'
   * import { english } from 'identity-web/languages/en'
   *
   * const auth = new Auth(app, { languages: [german, english] })
   * ```
   */
  readonly languages?: readonly Language[] | undefined
  /**
   * Your own texts, which replace those on the pages. Write them below a language tag, with the names in
   * {@link PageTexts}, and keep placeholders such as `{id}`.
   *
   * @defaultValue not set: the texts of the languages
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   texts: { en: { forbiddenMessage: 'Ask the help desk for access: 555-0100.' } },
   * })
   * ```
   */
  readonly texts?:
    | {
        readonly [Tag in LanguageTag]?:
          | { readonly [Key in keyof PageTexts]?: string | undefined }
          | undefined
      }
    | undefined
}

/**
 * The default pages' color and support link, and functions that return HTML, which replaces these pages.
 *
 * Escape all values that you insert. Every page gets the visitor's language, which is one of `languages`. Write it into
 * the `lang` attribute of `<html>`.
 *
 * Your HTML does not get a content security policy or frame protection, so set these headers in a middleware that runs
 * before `new Auth(app)`.
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
   * The color of the primary button on the default pages, as `#rrggbb` or `#rgb`. Each color works in light and in dark
   * mode, because the button's text becomes white or black, whichever is readable.
   *
   * @defaultValue a blue: `#2352c0` in light mode, `#94b4ff` in dark mode
   * @example new Auth(app, { logo: '/logo.svg', pages: { color: '#7a1f5c' } })
   */
  readonly color?: string | undefined
  /**
   * The URL at which users get help, for the link "Contact support" of the default pages: an `https:` or `mailto:` URL.
   *
   * After the host, it can contain the placeholders `{id}` for the failed request's correlation ID, `{code}` for the
   * error code and `{time}` for the time of the error in UTC. A `mailto:` URL without a query gets a subject with these
   * three values, which do not contain tokens and do not say who the user is.
   *
   * @defaultValue not set: the pages ask users to tell the people who run the application
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   pages: { supportUrl: 'https://help.contoso.com/new?error={code}&reference={id}' },
   * })
   * ```
   */
  readonly supportUrl?: string | undefined
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
   *     error: ({ message, tryAgainUrl }) =>
   *       `<p>${escapeHtml(message)}</p><a href="${escapeHtml(tryAgainUrl)}">Try again</a>`,
   *   },
   * })
   * ```
   */
  readonly error?: ((page: ErrorPage) => string | Promise<string>) | undefined
  /**
   * The page for users who are signed in but not allowed to see a page. The response has the status 403.
   *
   * @param page - `message` is safe to show to the user, and `loginUrl` signs in with another account. `user` and
   *   `requirement` say who lacks what.
   * @returns HTML.
   * @defaultValue the page of this library
   * @example new Auth(app, { pages: { forbidden: ({ message }) => `<h1>Not allowed</h1><p>${escapeHtml(message)}</p>` }
   *   })
   */
  readonly forbidden?: (page: ForbiddenPage) => string | Promise<string>
  /**
   * The page after a sign-out, if the provider does not redirect to another page.
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
  /** The visitor's language (BCP 47), such as `de`. It is one of those in the option `languages`. */
  readonly language: string
  /** The option `appName`, if your application sets it. */
  readonly appName?: string
}

/** The data for the page after a sign-out. @public */
export interface LoggedOutPage extends PageBase {
  /** The URL that starts a new sign-in. */
  readonly loginUrl: string
}

/** The data for the page that visitors see if they are not signed in. @public */
export interface LoginPage extends PageBase {
  /** The URL that starts the sign-in. */
  readonly loginUrl: string
  /** The URL at which an Azure AD B2C user resets their password, if you set `b2c.resetPasswordUserFlow`. */
  readonly resetPasswordUrl?: string
}

/** The data for an error page. All properties except `description` are safe to show to users. @public */
export interface ErrorPage extends PageBase {
  /** The error code. */
  readonly code: string
  /** A heading for the user. */
  readonly title: string
  /** A message for the user, in their language. It never contains data from the provider or from a URL. */
  readonly message: string
  /** The URL that starts the sign-in again. */
  readonly tryAgainUrl: string
  /** The URL of the application's home page, from `homePath`. */
  readonly homeUrl: string
  /** The URL at which an administrator consents for the organization, if such a consent is necessary. */
  readonly adminConsentUrl?: string
  /** The URL at which an Azure AD B2C user resets their password, if you set `b2c.resetPasswordUserFlow`. */
  readonly resetPasswordUrl?: string
  /**
   * The provider's text about the error, for developers. It is untrusted, so escape it, and do not use it for
   * decisions. In production, the default page does not show it.
   */
  readonly description?: string
  /** The failed request's ID: the provider's, or an own one if your log contains the error with this ID. */
  readonly correlationId?: string
  /** The time at which the error occurred, in ISO 8601 and UTC. */
  readonly time: string
  /** The URL at which users get help, with the values for this error, if you set `pages.supportUrl`. */
  readonly supportUrl?: string | undefined
}

/** The data for the page that users see if they are not allowed to see the requested one. @public */
export interface ForbiddenPage extends PageBase {
  /** A heading for the user. */
  readonly title: string
  /**
   * A message for the user: the message of {@link AccessDenied}, or a general message. It is plain text, so escape it.
   */
  readonly message: string
  /**
   * The signed-in user: the value that `onLogin` returned, or else the ID token's claims. `undefined` if the session has
   * ended or did not start, because `onRefresh` or `onLogin` rejected the user.
   */
  readonly user?: RegisteredUser
  /** The requirement of the route that the user does not meet. `undefined` after an {@link AccessDenied}. */
  readonly requirement?: MissingRequirement | undefined
  /** The URL of the application's home page, from `homePath`. */
  readonly homeUrl: string
  /** The URL that signs in with another account and then returns to the page. */
  readonly loginUrl: string
  /** The URL at which users get help, if you set `pages.supportUrl`. */
  readonly supportUrl?: string | undefined
}

// The ID can come from a URL, so a placeholder in the host would let an attacker choose the site.
const SUPPORT_URL =
  /^(https:\/\/[^\s{}/?#]+([/?#]|$)|mailto:[^\s{}?]+@[^\s{}?]+(\?|$))([^\s{}]|\{(id|code|time)\})*$/i
const COLOR = /^#([\da-f]{3}){1,2}$/i
const PAGE = { example: '(page) => html(page)', check: A_FUNCTION } as const

export const PAGES_ROWS: RowsOf<Pages> = {
  color: {
    example: "'#7a1f5c'",
    check: must((value) => isText(value) && COLOR.test(value), 'a color as #rrggbb or #rgb'),
  },
  supportUrl: {
    example: "'mailto:help@contoso.com'",
    check: must(
      (value) => isText(value) && SUPPORT_URL.test(value) && URL.canParse(value),
      'an https: or mailto: URL, optionally with {id}, {code} and {time} after the host',
    ),
  },
  login: PAGE,
  error: PAGE,
  forbidden: PAGE,
  loggedOut: PAGE,
}

export const PAGE_ROWS: RowsOf<PageOptions> = {
  appName: { example: "'Contoso'", check: A_TEXT },
  logo: {
    example: "'/logo.svg'",
    check: must(isLogoUrl, 'a path of this origin, an https:// URL or a data:image/ URL'),
  },
  languages: { example: '[german]', check: 'resolver' },
  texts: { example: "{ en: { signIn: 'Log in' } }", check: 'resolver', depth: 2 },
}

// Without TypeScript, an application can pass any value.
export function isLogoUrl(url: unknown): url is string {
  if (typeof url !== 'string' || !URL.canParse(url, 'https://localhost')) return false
  // Browsers read `//host` and `/\host` as the URL of another origin.
  return /^(\/(?![/\\])|https:\/\/|data:image\/[a-z+.-]+[;,])/i.test(url)
}
