import type { TenantPolicy } from '../authority/index.ts'
import type { Claims } from '../session/index.ts'

/** Whether to show a picker, a password prompt or a consent page at sign-in. @public */
export type Prompt = 'login' | 'none' | 'consent' | 'select_account' | 'create'

/** Receives what happens, never a token or a secret. `console` fits. @public */
export interface Logger {
  /** What developers look at. */
  debug?(message: string, details?: object): void
  /** What went as it should: sign-ins, refusals by users. */
  info?(message: string, details?: object): void
  /** What somebody should look at, with code, hint and correlation id. */
  warn?(message: string, details?: object): void
  /** Faults of the configuration and of the application's own functions. */
  error?(message: string, details?: object): void
}

/** The tokens of a sign-in, as {@link AuthOptions.onLogin} gets them. @public */
export interface LoginTokens {
  /** For the API of the sign-in's scopes. */
  readonly accessToken: string
  /** As it came, verified. */
  readonly idToken: string
  /** Keep it safe, if at all: it is good for weeks. */
  readonly refreshToken?: string
}

/** What a sign-in asks the provider for, beyond the options of the application. @public */
export interface SignInParameters {
  /** None by default: a user with an active session at the provider signs in without a question. */
  readonly prompt?: Prompt | undefined
  /** The user's name, so that they need not type it. */
  readonly loginHint?: string | undefined
  /** Skips the provider's search for the user's organization: a domain, `organizations` or `consumers`. */
  readonly domainHint?: string | undefined
  /** Seconds since the user last authenticated; beyond, they do so again. The answer is checked. */
  readonly maxAge?: number | undefined
  /** A claims request, as JSON text. */
  readonly claims?: string | undefined
  /** Further parameters of the authorization request. */
  readonly extraParams?: Readonly<Record<string, string>> | undefined
}

/** How sessions are kept. @public */
export interface SessionOptions {
  /**
   * Seals the cookies: 32 characters or more, such as `openssl rand -base64 32` prints. Of an array the
   * first seals and all open, so that a secret can be replaced without signing anybody out.
   *
   * @defaultValue `IDENTITY_SESSION_SECRET`; in development a random one that ends with the process
   */
  readonly secret?: string | readonly (string | undefined)[] | undefined
  /** The cookie's attributes. */
  readonly cookie?: SessionCookieOptions | undefined
  /** Seconds without a request after which a session ends. @defaultValue 86400 (a day) */
  readonly idle?: number | undefined
  /** Seconds after sign-in at which a session ends, whatever happens. @defaultValue 604800 (a week) */
  readonly absolute?: number | undefined
}

/** The attributes of the session's cookie; `Secure` and the `__Host-` prefix follow from `redirectUri`. @public */
export interface SessionCookieOptions {
  /** Different names let several `Auth` live at one address. @defaultValue `'identity'` */
  readonly name?: string | undefined
  /** Shares the session with the subdomains of a domain. @defaultValue this host only */
  readonly domain?: string | undefined
  /**
   * `'none'` is for an application in a frame of another site. There is no `'strict'`: browsers leave such a cookie
   * out when the provider sends them back, and the sign-in would begin again for ever.
   *
   * @defaultValue `'lax'`
   */
  readonly sameSite?: 'lax' | 'none' | undefined
}

/** Functions that render HTML in place of the default pages. Escape what you put in. @public */
export interface Pages {
  /** Shown to a page visitor who is not signed in, in place of going to the provider at once. */
  readonly login?: (page: { readonly loginUrl: string }) => string | Promise<string>
  /** Shown when a sign-in went wrong; `message` is a fixed text for the user, `tryAgainUrl` a way on. */
  readonly error?: (page: ErrorPage) => string | Promise<string>
  /** Shown after a sign-out that the provider doesn't redirect from. */
  readonly loggedOut?: (page: { readonly loginUrl: string }) => string | Promise<string>
}

/** What an error page may show. @public */
export interface ErrorPage {
  /** The error's code. */
  readonly code: string
  /** A heading for the user. */
  readonly title: string
  /** A fixed text for the user, by the code. */
  readonly message: string
  /** Begins the sign-in again. */
  readonly tryAgainUrl: string
  /** The application's root. */
  readonly homeUrl: string
  /** What the provider's support asks for. */
  readonly correlationId?: string
  /** When it happened, ISO 8601. */
  readonly time: string
}

/**
 * The options of `Auth`. Those not given are read from the environment, under the variable that each names.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 * @public
 */
export interface AuthOptions<User = Claims> extends SignInParameters {
  /** The application's client id. @defaultValue `IDENTITY_CLIENT_ID` */
  readonly clientId?: string | undefined
  /** The application's secret. @defaultValue `IDENTITY_CLIENT_SECRET` */
  readonly clientCredential?: string | undefined
  /** The same as `clientCredential`. */
  readonly clientSecret?: string | undefined
  /**
   * An Entra ID tenant, such as `https://login.microsoftonline.com/contoso.onmicrosoft.com`, or `common`,
   * `organizations` or `consumers` in the tenant's place.
   *
   * @defaultValue `IDENTITY_AUTHORITY`
   */
  readonly authority?: string | undefined
  /** Any OpenID Connect provider's issuer. @defaultValue `IDENTITY_OIDC_AUTHORITY` */
  readonly oidcAuthority?: string | undefined
  /**
   * Who may sign in through an authority of many tenants.
   *
   * @defaultValue `'any'`; `'work'` at `organizations`
   */
  readonly tenants?: TenantPolicy | undefined
  /**
   * Where the provider sends users back to. The callback has its path; login and logout live beside it. It is
   * the only source of the application's own address: no request header is trusted with that.
   *
   * @defaultValue `IDENTITY_REDIRECT_URI`
   */
  readonly redirectUri?: string | undefined
  /** Where users land after sign-out; register it at the provider. @defaultValue the root of the application's origin */
  readonly postLogoutRedirectUri?: string | undefined
  /** Scopes to ask for at sign-in, beyond those of OpenID Connect. @defaultValue `IDENTITY_SCOPE` */
  readonly scopes?: string | readonly string[] | undefined
  /** The same as `scopes`. */
  readonly scope?: string | readonly string[] | undefined
  /** The API that `context.fetch()` calls when given no URL. @defaultValue `IDENTITY_ENDPOINT` */
  readonly endpoint?: string | undefined
  /**
   * How the provider answers. `form_post` keeps the code out of URLs and logs; its cookie needs https or loopback.
   *
   * @defaultValue `'query'`
   */
  readonly responseMode?: 'query' | 'form_post' | undefined
  /** How sessions are kept. */
  readonly session?: SessionOptions | undefined
  /**
   * Called when a user signed in, after every check. What it returns becomes `context.user`; it is kept in the
   * session as JSON. Throw an `IdentityError('access_denied', …)` to turn the user away.
   */
  readonly onLogin?: ((claims: Claims, tokens: LoginTokens) => User | Promise<User>) | undefined
  /** Called when a user signs out, before the session is deleted. */
  readonly onLogout?: ((user: User) => void | Promise<void>) | undefined
  /** Pages of the application's own. */
  readonly pages?: Pages | undefined
  /** @defaultValue `true`; with `false` the application calls `completeLogin`, `login` and `logout` itself */
  readonly routes?: boolean | undefined
  /** @defaultValue silent, but for faults of the configuration */
  readonly logger?: Logger | undefined
  /** Reaches the provider, for proxies. @defaultValue the global `fetch` */
  readonly fetch?: typeof fetch | undefined
  /** Seconds that the provider has to answer. @defaultValue 10 */
  readonly timeout?: number | undefined
  /** The clock, for tests: milliseconds since 1970. @defaultValue `Date.now` */
  readonly now?: (() => number) | undefined
}

/** The variables of the environment, `process.env` on Node.js. */
export type Environment = Readonly<Record<string, string | undefined>>
