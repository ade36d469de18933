import type { Claims } from '../../session/index.ts'
import type { ProviderOptions } from '../../settings/provider-options.ts'
import type { SessionStore } from '../../store.ts'

/**
 * What the provider shows at sign-in whatever its session says: the password (`login`), nothing (`none`), the consent
 * page, a picker of accounts, or the form to sign up (`create`).
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code | prompt at Entra ID}
 * @public
 */
export type Prompt = 'login' | 'none' | 'consent' | 'select_account' | 'create'

/**
 * The tokens of a sign-in, as {@link AuthOptions.onLogin} gets them: to look something up at an API before the user is
 * let in.
 *
 * @public
 */
export interface LoginTokens {
  /** For the API of the sign-in's scopes. */
  readonly accessToken: string
  /** As it came, verified. */
  readonly idToken: string
  /** Keep it safe, if at all: it is good for weeks. */
  readonly refreshToken?: string
}

/**
 * What a sign-in asks the provider for: as options of `Auth` at each, as parameters of `auth.login()` at one.
 *
 * @public
 */
export interface SignInParameters {
  /**
   * What the provider shows. Without one, a user with an active session there signs in without a question.
   *
   * @defaultValue none
   */
  readonly prompt?: Prompt | undefined
  /** The user's name at the provider, so that they need not type it, such as `ann@contoso.com`. @defaultValue none */
  readonly loginHint?: string | undefined
  /**
   * Skips the provider's search for the user's organization: a domain, `organizations` or `consumers`.
   *
   * @defaultValue none
   */
  readonly domainHint?: string | undefined
  /**
   * Seconds since the user last authenticated; beyond, they do so again, with 0 always. The answer is checked.
   *
   * @defaultValue none
   */
  readonly maxAge?: number | undefined
  /**
   * A claims request, as JSON text, such as the `claims` of an error that says `interaction_required`.
   *
   * @defaultValue none
   * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter | OpenID Connect Core, section 5.5}
   */
  readonly claims?: string | undefined
  /**
   * Further parameters of the authorization request, such as `{ ui_locales: 'de' }`.
   *
   * They can't override what this library sets: `redirect_uri`, `scope`, `state`, `nonce`, PKCE, and any other option
   * that is set. `resource` (RFC 8707) is refused by Entra ID
   * (AADSTS901002): there the scopes name the API.
   *
   * @defaultValue none
   */
  readonly extraParams?: Readonly<Record<string, string>> | undefined
}

/** Where sessions live, for how long, and how they are sealed. @public */
export interface SessionOptions {
  /**
   * Seals the cookies and what is stored: 32 characters or more, such as `openssl rand -base64 32` prints. Of an array the
   * first seals and all open, so that a secret can be replaced without signing anybody out.
   *
   * @defaultValue `IDENTITY_SESSION_SECRET`; in development a random one that ends with the process
   */
  readonly secret?: string | readonly (string | undefined)[] | undefined
  /**
   * Keeps sessions, for all servers of the application; the browser has a random id. Redis by `redisStore()` of
   * `identity-web/redis`, an express-session store by `fromExpressStore()`, a `Keyv` with `throwOnErrors: true`.
   *
   * @defaultValue none: sessions live in the browser's cookies, sealed
   */
  readonly store?: SessionStore | undefined
  /**
   * For sessions in cookies: a small store of those that ended before their time, so that a sign-out reaches copies of a
   * cookie, and back-channel logout, front-channel logout and `revokeSessions` work. Each request asks it.
   *
   * @defaultValue none: a copy of a cookie is good until it expires
   */
  readonly denyList?: SessionStore | undefined
  /** Seconds that the store has to answer; then the request is answered 503. @defaultValue `1` */
  readonly storeTimeout?: number | undefined
  /** The cookie's name and attributes. @defaultValue those of each of its fields */
  readonly cookie?: SessionCookieOptions | undefined
  /** Seconds without a request after which a session ends. @defaultValue `86400`, a day */
  readonly idle?: number | undefined
  /** Seconds after sign-in at which a session ends, whatever happens. @defaultValue `604800`, a week */
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

/**
 * Functions that render HTML in place of the default pages. Escape what you put in.
 *
 * Their HTML brings no content security policy and no frame protection of ours: set your own headers, by a middleware
 * that comes before `new Auth(app)`.
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
   * Shown to a page visitor who is not signed in, in place of going to the provider at once.
   *
   * @param page - `loginUrl` begins the sign-in.
   * @returns HTML.
   * @defaultValue a redirect to the provider
   */
  readonly login?: (page: { readonly loginUrl: string }) => string | Promise<string>
  /**
   * Shown without a `redirectUri`: the code that the user types at the provider. The page polls, see
   * {@link DevicePage.pollUrl}.
   *
   * @param page - The code, and where it goes.
   * @returns HTML.
   * @defaultValue the page of this library
   */
  readonly device?: (page: DevicePage) => string | Promise<string>
  /**
   * Shown when a sign-in went wrong.
   *
   * @param page - `message` is a fixed text for the user, `tryAgainUrl` a way on.
   * @returns HTML.
   * @defaultValue the page of this library
   */
  readonly error?: (page: ErrorPage) => string | Promise<string>
  /**
   * Shown after a sign-out that the provider doesn't redirect from.
   *
   * @param page - `loginUrl` begins another sign-in.
   * @returns HTML.
   * @defaultValue the page of this library
   */
  readonly loggedOut?: (page: { readonly loginUrl: string }) => string | Promise<string>
}

/** What a page of the device code flow may show, and how it learns what comes of it. @public */
export interface DevicePage {
  /** What the user types at the provider. Show it large, with a way to copy it. */
  readonly userCode: string
  /** Where they type it. Open it in a tab of its own, with `rel="noopener noreferrer"`. */
  readonly verificationUri: string
  /** The same with the code filled in, where the provider has that. */
  readonly verificationUriComplete?: string
  /** Seconds for which the code is good. */
  readonly expiresIn: number
  /** Seconds to wait before the first poll. */
  readonly interval: number
  /**
   * Where to post, as the form field `device`, the value of `device`. A script is answered with JSON: `{ status:
   * 'pending', interval }` (seconds until the next poll), `{ status: 'done', location }` (where to go on), or `{ status:
   * 'expired' | 'declined' | 'failed', message }` (a text for the user; offer `newCodeUrl`). A form without a script is
   * answered with this page again, or led on.
   *
   * @example
   * ```js
   * const body = new URLSearchParams({ device: page.device })
   * const answer = await (await fetch(page.pollUrl, { method: 'POST', body })).json()
   * if (answer.status === 'done') location.replace(answer.location)
   * ```
   */
  readonly pollUrl: string
  /** The sealed sign-in. It is of use in this browser alone. */
  readonly device: string
  /** Begins anew, with another code. */
  readonly newCodeUrl: string
  /** A form was posted, and the user is not done at the provider yet. */
  readonly isRepeated: boolean
}

/** What an error page may show: texts that are fit for users, and ways on. @public */
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
  /** Where an administrator consents for everybody, when only that helps. */
  readonly adminConsentUrl?: string
  /** What the provider's support asks for. */
  readonly correlationId?: string
  /** When it happened, ISO 8601, UTC. */
  readonly time: string
}

/**
 * The options of `Auth`. Those not given are read from the environment, under the variable that each names.
 *
 * All durations are seconds. What is missing or wrong is logged at start and shown on the login page, all at once.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 * @public
 */
export interface AuthOptions<User = Claims> extends ProviderOptions, SignInParameters {
  /**
   * Where the provider sends users back to. The callback has its path; login and logout live beside it. It is
   * the only source of the application's own address: no request header is trusted with that.
   *
   * Without one, users sign in by the device code flow, on a page of this library (`pages.device` for one of your
   * own): fit for first steps and for applications that the provider can't send a browser back to. Codes can be
   * phished, and many organizations forbid the flow, so set a redirect URI where you can. The registration must allow
   * public client flows, or the application have a `clientCredential`.
   *
   * @defaultValue `IDENTITY_REDIRECT_URI`
   */
  readonly redirectUri?: string | undefined
  /**
   * Where users land after sign-out; register it at the provider.
   *
   * @defaultValue the root of the application's origin
   */
  readonly postLogoutRedirectUri?: string | undefined
  /**
   * Scopes to ask for at sign-in, beyond those of OpenID Connect, as a list or separated by spaces.
   *
   * @defaultValue `IDENTITY_SCOPE`, or none
   */
  readonly scopes?: string | readonly string[] | undefined
  /** The same as `scopes`. Set one of the two. @defaultValue `IDENTITY_SCOPE` */
  readonly scope?: string | readonly string[] | undefined
  /** The API that `context.fetch()` calls when given no URL. @defaultValue `IDENTITY_ENDPOINT` */
  readonly endpoint?: string | undefined
  /**
   * How the provider answers. `form_post` keeps the code out of URLs and logs; its cookie needs https or loopback.
   *
   * @defaultValue `'query'`
   */
  readonly responseMode?: 'query' | 'form_post' | undefined
  /** How sessions are kept. @defaultValue those of each of its fields */
  readonly session?: SessionOptions | undefined
  /**
   * Called when a user signed in, after every check. What it returns becomes `context.user`; it is kept in the
   * session as JSON. Throw an `IdentityError('access_denied', …)` to turn the user away.
   *
   * @param claims - Those of the ID token.
   * @param tokens - Those of the sign-in.
   * @returns The application's own user.
   *
   * @defaultValue none: the claims are the user
   */
  readonly onLogin?: ((claims: Claims, tokens: LoginTokens) => User | Promise<User>) | undefined
  /**
   * Called when a user signs out, here or elsewhere (front-channel with the cookie), before the session is deleted. What
   * it throws is logged, and the session ends nevertheless. Back-channel logout and `revokeSessions` end sessions that
   * are not there to be told of.
   *
   * @param user - What `onLogin` returned; the ID token's claims without it.
   *
   * @defaultValue none
   */
  readonly onLogout?: ((user: User) => void | Promise<void>) | undefined
  /** Pages of the application's own. @defaultValue those of this library */
  readonly pages?: Pages | undefined
  /**
   * Mounts the routes for login, logout and the callback. With `false` the application calls `completeLogin`, `login`
   * and `logout` itself; without a `redirectUri`, `login` must then take both GET and POST at `loginPath`, which the page
   * with the code polls.
   *
   * @defaultValue `true`
   */
  readonly routes?: boolean | undefined
}
