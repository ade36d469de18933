import type { ClaimsRequest } from '../../errors.ts'
import type { Claims } from '../../session/index.ts'
import type { ProviderOptions } from '../../settings/provider-options.ts'
import type { SessionStore } from '../../store.ts'
import type { BrowserOptions, PathOptions } from './browser-options.ts'
import type { PageOptions } from './page-options.ts'
import type { PlatformSignIn } from './platform.ts'
import type { UserHooks } from './user-hooks.ts'

/**
 * The page that the provider shows at sign-in, even if the user has a session there.
 *
 * - `login`: the user enters their credentials again.
 * - `none`: no page. If the user must interact, the sign-in fails.
 * - `consent`: the consent page.
 * - `select_account`: the account picker.
 * - `create`: the form to sign up.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code | prompt at Entra ID}
 * @public
 */
export type Prompt = 'login' | 'none' | 'consent' | 'select_account' | 'create'

/**
 * The parameters of a sign-in. Options of `Auth` apply to every sign-in. Parameters of `auth.login()` apply to one
 * sign-in.
 *
 * @public
 */
export interface SignInParameters {
  /**
   * The page that the provider shows.
   *
   * @defaultValue not set: a user with a session at the provider signs in without a page
   * @example new Auth(app, { prompt: 'select_account' })
   */
  readonly prompt?: Prompt | undefined
  /**
   * The user's name at the provider, for example `ann@contoso.com`, so that they need not type it.
   *
   * @defaultValue not set
   * @example new Auth(app, { loginHint: 'ann@contoso.com' })
   */
  readonly loginHint?: string | undefined
  /**
   * The organization of the user: a domain, `organizations` or `consumers`. The provider then does not ask for it.
   *
   * @defaultValue not set
   * @example new Auth(app, { domainHint: 'contoso.com' })
   */
  readonly domainHint?: string | undefined
  /**
   * The maximum time since the user last authenticated, in seconds. After this time, the user must authenticate again.
   * With `0`, the user must authenticate at every sign-in. The library checks the ID token.
   *
   * @defaultValue not set
   * @example new Auth(app, { maxAgeSeconds: 3600 })
   */
  readonly maxAgeSeconds?: number | undefined
  /**
   * The claims that the provider must include, for example the `claimsRequest` of an `interaction_required` error. It is
   * the `claims` parameter of OpenID Connect.
   *
   * @defaultValue not set
   * @example new Auth(app, { claimsRequest: { id_token: { acrs: { essential: true, value: 'c1' } } } })
   * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter | OpenID Connect Core, section 5.5}
   */
  readonly claimsRequest?: ClaimsRequest | undefined
  /**
   * Additional parameters of the authorization request, for example `{ ui_locales: 'de' }`.
   *
   * They cannot replace the parameters that this library sets: `redirect_uri`, `scope`, `state`, `nonce`, PKCE, and the
   * parameters of options that you set. At providers other than Microsoft, `resource` (RFC 8707) also goes to the token
   * endpoint, at sign-in and at each refresh. Entra ID accepts `resource` (RFC 8707) only if it is an Application ID URI of
   * the API and all scopes of the API start with it. Otherwise, omit `resource`.
   *
   * @defaultValue not set
   * @example new Auth(app, { extraParams: { ui_locales: 'de' } })
   */
  readonly extraParams?: Readonly<Record<string, string>> | undefined
}

/** How sessions are stored and encrypted, and when they expire. @public */
export interface SessionOptions {
  /**
   * The secret that encrypts cookies and stored sessions. It has at least 32 characters: use the output of
   * `openssl rand -base64 32`. To replace it without signing users out, pass an array. The first secret encrypts, and all
   * of them decrypt.
   *
   * @defaultValue `IDENTITY_SESSION_SECRET`. In development, a random secret that is lost when the process ends.
   * @example
   * ```ts
   * const { SESSION_SECRET, OLD_SESSION_SECRET } = process.env
   * const auth = new Auth(app, { session: { secret: [SESSION_SECRET, OLD_SESSION_SECRET] } })
   * ```
   */
  readonly secret?: string | readonly (string | undefined)[] | undefined
  /**
   * A store for sessions, which all servers of the application share. The cookie then contains only a random ID.
   *
   * For Redis, use `redisStore()` of `identity-web/redis`. On Cloudflare Workers, use `durableObjectStore()` of
   * `identity-web/durable-object`. For an express-session store, use `fromExpressStore()`. A `Keyv` works unchanged if it has
   * `throwOnErrors: true`.
   *
   * @defaultValue not set: sessions are in encrypted cookies
   * @example
   * ```ts
   * import { redisStore } from 'identity-web/redis'
   *
   * const auth = new Auth(app, { session: { store: redisStore(redis) } })
   * ```
   */
  readonly store?: SessionStore | undefined
  /**
   * A small store of ended sessions, for sessions in cookies. Every request reads it. If it loses its data, sessions that
   * started before are rejected.
   *
   * With it, a sign-out also ends copies of a cookie, and back-channel logout, front-channel logout and `revokeSessions`
   * work.
   *
   * @defaultValue not set: a copy of a cookie stays valid until it expires
   * @example
   * ```ts
   * import { redisStore } from 'identity-web/redis'
   *
   * const auth = new Auth(app, { session: { denyList: redisStore(redis) } })
   * ```
   */
  readonly denyList?: SessionStore | undefined
  /**
   * The maximum time for a response of the store, in seconds. If the store is slower, the request fails with status
   * 503.
   *
   * @defaultValue `1`
   * @example new Auth(app, { session: { storeTimeoutSeconds: 3 } })
   */
  readonly storeTimeoutSeconds?: number | undefined
  /**
   * The number of sessions that each process keeps decrypted in its memory. A request of another session decrypts it
   * first. The cache keeps this number of sessions, and at most twice as many. Tokens have a cache of the same size.
   *
   * Set it to the number of users who are active within a few minutes in one process. `docs/scale.md` contains the memory
   * of an entry.
   *
   * @defaultValue `1000`
   * @example new Auth(app, { session: { cacheEntries: 10_000 } })
   */
  readonly cacheEntries?: number | undefined
  /**
   * The name and the attributes of the cookie.
   *
   * @defaultValue the default of each field
   * @example new Auth(app, { session: { cookie: { name: 'shop', domain: 'contoso.com' } } })
   */
  readonly cookie?: SessionCookieOptions | undefined
  /**
   * A session ends after this time without a request, in seconds. A longer time does not restore a session that ended.
   *
   * @defaultValue `86400`, a day
   * @example new Auth(app, { session: { idleTimeoutSeconds: 8 * 3600 } })
   */
  readonly idleTimeoutSeconds?: number | undefined
  /**
   * The maximum age of a session, in seconds. It ends then, even if the user is active.
   *
   * @defaultValue `604800`, a week
   * @example new Auth(app, { session: { absoluteTimeoutSeconds: 30 * 86400 } })
   */
  readonly absoluteTimeoutSeconds?: number | undefined
}

/**
 * The attributes of the session's cookie. `redirectUri` decides whether the cookie is `Secure` and has the prefix
 * `__Host-`.
 * @public
 */
export interface SessionCookieOptions {
  /**
   * The name. Set different names if several `Auth` objects use the same host.
   *
   * @defaultValue `'identity'`. On localhost, `identity-` and the port of `redirectUri`, because browsers share the cookies
   *   of localhost between all ports.
   * @example new Auth(app, { session: { cookie: { name: 'shop' } } })
   */
  readonly name?: string | undefined
  /**
   * The domain whose subdomains share the session, if they also have the same secret, client ID and cookie name. Without
   * it, a session opens only at the origin of `redirectUri`. Every application on these subdomains can also replace the
   * cookie of the session.
   *
   * @defaultValue not set: this host only
   * @example new Auth(app, { session: { cookie: { domain: 'contoso.com' } } })
   */
  readonly domain?: string | undefined
  /**
   * The `SameSite` attribute. Use `'none'` for an application in an iframe of another site.
   *
   * `'strict'` is not possible. Browsers would not send the cookie when the provider redirects back, and the sign-in
   * would start again and again.
   *
   * @defaultValue `'lax'`
   * @example new Auth(app, { session: { cookie: { sameSite: 'none' } } })
   */
  readonly sameSite?: 'lax' | 'none' | undefined
  /**
   * Whether browsers keep the session separately for each site whose iframes contain your application (CHIPS). Set it, together
   * with `sameSite: 'none'`, for an application in an iframe of another site, because browsers block other cookies there.
   *
   * It also applies to the cookies of a sign-in.
   *
   * @defaultValue `false`
   * @example new Auth(app, { session: { cookie: { sameSite: 'none', partitioned: true } } })
   * @see {@link https://developer.mozilla.org/docs/Web/Privacy/Guides/Privacy_sandbox/Partitioned_cookies | Partitioned cookies}
   */
  readonly partitioned?: boolean | undefined
}

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

/**
 * The options of `Auth`. If you omit an option, it is read from its environment variable. The default of the option
 * names the variable.
 *
 * All durations are in seconds. `undefined` means that an option is not given, except for options that only restrict
 * (`tenants`, `maxAgeSeconds`, `session.denyList`): their key must hold a value. All problems are reported together. In
 * production they end the start of a server. In development, the pages show them.
 *
 * @typeParam User - The type that `onLogin` returns. Without `onLogin`, the claims of the ID token.
 * @public
 */
export interface AuthOptions<User = Claims>
  extends ProviderOptions, SignInParameters, UserHooks<User>, PageOptions {
  /**
   * The URL to which the provider sends users back. The routes for login and logout are in the same directory.
   *
   * The library also takes the origin of the application from it, because it does not trust request headers. It is
   * required, except with `flow: 'device-code'`.
   *
   * @defaultValue `IDENTITY_REDIRECT_URI`
   * @example
   * ```ts
   * const auth = new Auth(app, { redirectUri: 'http://localhost:3000/redirect' })
   * ```
   */
  readonly redirectUri?: string | undefined
  /**
   * The origin of this deployment, if the provider redirects users to another deployment of the application: a preview.
   * `redirectUri` stays the registered one. The deployment at `redirectUri` forwards the sign-in to this origin, if its
   * `previewOrigins` contains it.
   *
   * All deployments can have the same options: if it is the origin of `redirectUri`, or `undefined`, it changes nothing.
   *
   * @defaultValue the origin of `redirectUri`
   * @example A preview at https://pr-7.preview.example.com
   * ```ts
   * new Auth(app, {
   *   redirectUri: 'https://app.example.com/redirect',
   *   origin: process.env.DEPLOY_URL,
   *   previewOrigins: ['https://*.preview.example.com'],
   * })
   * ```
   */
  readonly origin?: string | undefined
  /**
   * The origins of preview deployments whose sign-ins this deployment forwards. Its `redirectUri` is registered at the
   * provider, and previews use the same one. Each value is an origin as browsers send it. The first label of the host can
   * contain one `*`, which stands for letters, digits and hyphens.
   *
   * It requires `previewSecret`.
   *
   * @defaultValue `[]`: sign-ins are not forwarded
   * @example new Auth(app, { previewOrigins: ['https://*.preview.example.com'] })
   */
  readonly previewOrigins?: readonly string[] | undefined
  /**
   * The secret that protects the sign-ins between previews and the deployment at `redirectUri`. All of them have the same
   * one. It has at least 32 characters and differs from `session.secret`: use the output of `openssl rand -base64 32`. To
   * replace it, pass an array. The first secret encrypts, and all of them decrypt.
   *
   * @defaultValue `IDENTITY_PREVIEW_SECRET`
   * @example new Auth(app, { previewSecret: process.env.PREVIEW_SECRET })
   */
  readonly previewSecret?: string | readonly (string | undefined)[] | undefined
  /**
   * How users sign in.
   *
   * - `'code'`: the authorization code flow. The provider redirects users back to `redirectUri`.
   * - `'device-code'`: the device code flow. Users type a code at the provider. The page of this library or of
   *   `pages.device` shows the code. Do not set `redirectUri` with it.
   *
   * Use the device code flow to try the library, and for applications that the provider cannot redirect to. Attackers
   * can use codes for phishing, and many organizations block the flow. It requires a registration that allows public
   * client flows, or a `clientCredential`.
   *
   * @defaultValue `'code'`
   * @example
   * ```ts
   * const auth = new Auth(app, { flow: 'device-code' })
   * ```
   */
  readonly flow?: 'code' | 'device-code' | undefined
  /**
   * The platform that signs users in before their requests reach the application. `easyAuth()` of `identity-web/easy-auth`
   * is the authentication of Azure App Service, Azure Functions and Azure Container Apps.
   *
   * The platform keeps the session and the tokens. Guards, contexts, roles and `getTokenForUser` work as without it.
   * `redirectUri`, `session.secret` and `session.store` are not needed. The guide `easy-auth.md` lists the differences.
   *
   * @defaultValue not set: this library signs users in
   * @example
   * ```ts
   * import { easyAuth } from 'identity-web/easy-auth'
   *
   * const auth = new Auth(app, { signIn: easyAuth() })
   * ```
   */
  readonly signIn?: PlatformSignIn | undefined
  /**
   * The path below which browsers see the whole application, for example `/expenses`. Set it if `redirectUri` contains a
   * directory, and the framework does not know that path. An empty string says that the application is at the root.
   *
   * A reverse proxy may remove this path from requests. The routes of sign-in then work without it.
   *
   * @defaultValue the path that the framework knows: `basePath` of Next.js, the mount path of Express, Koa or Hono, the
   *   prefix of Fastify, the global prefix of NestJS. Otherwise, an empty string.
   * @example An application at https://example.com/expenses
   * ```ts
   * const auth = new Auth(app, {
   *   redirectUri: 'https://example.com/expenses/redirect',
   *   basePath: '/expenses',
   * })
   * ```
   */
  readonly basePath?: string | undefined
  /**
   * The path of the page to which users return if no other page was requested: after sign-in, after sign-out, and from an
   * error page.
   *
   * @defaultValue `basePath` and a slash
   * @example
   * ```ts
   * const auth = new Auth(app, { homePath: '/dashboard' })
   * ```
   */
  readonly homePath?: string | undefined
  /**
   * The URL to which the provider redirects users after sign-out. Register it at the provider.
   *
   * @defaultValue the URL of `homePath`
   * @example new Auth(app, { postLogoutRedirectUri: 'https://app.contoso.com/goodbye' })
   */
  readonly postLogoutRedirectUri?: string | undefined
  /**
   * The scopes to request at sign-in, as an array or a space-separated string. The scopes of OpenID Connect are added.
   *
   * @defaultValue `IDENTITY_SCOPE`; otherwise no scopes
   * @example new Auth(app, { scopes: ['User.Read', 'Calendars.Read'] })
   */
  readonly scopes?: string | readonly string[] | undefined
  /**
   * Another name of `scopes`. Set only one of them.
   *
   * @defaultValue `IDENTITY_SCOPE`
   * @example new Auth(app, { scope: 'User.Read Calendars.Read' })
   */
  readonly scope?: string | readonly string[] | undefined
  /**
   * The URL that `context.fetch()` calls if you do not pass a URL.
   *
   * @defaultValue `IDENTITY_ENDPOINT`
   * @example new Auth(app, { endpoint: 'https://graph.microsoft.com/v1.0/me' })
   */
  readonly endpoint?: string | undefined
  /**
   * How the provider sends the authorization response. `form_post` keeps the code out of URLs and logs. It requires https
   * or localhost, because of its cookie.
   *
   * @defaultValue `'query'`
   * @example new Auth(app, { responseMode: 'form_post' })
   */
  readonly responseMode?: 'query' | 'form_post' | undefined
  /**
   * How sessions are stored.
   *
   * @defaultValue the default of each field
   * @example new Auth(app, { session: { idleTimeoutSeconds: 8 * 3600 } })
   */
  readonly session?: SessionOptions | undefined
  /**
   * Whether a sign-in reads the UserInfo endpoint of the provider. It adds the claims that the ID token does not contain to
   * `user` and `claims`. Many providers keep names and e-mail addresses out of the ID token.
   *
   * - `'auto'`: only if the ID token lacks them. That is, if `profile` was granted and all of `name`,
   *   `preferred_username`, `given_name` and `nickname` are missing, or if `email` was granted and is missing. The
   *   sign-in waits for three seconds, and continues without these claims if that fails. Claims of more than 1,000
   *   characters are left out, and so are `roles`, `groups` and `wids`.
   * - `true`: at every sign-in. The sign-in fails if UserInfo cannot be read.
   * - `false`: never.
   *
   * Refreshes of the session keep the added claims and do not read UserInfo again. With `true`, a user who lost a role at the
   * provider keeps it until the session ends, so put `roles` and `groups` into the ID token instead.
   *
   * @defaultValue `'auto'` with `oidcAuthority`, `false` at Microsoft
   * @example new Auth(app, { userInfo: true })
   */
  readonly userInfo?: boolean | 'auto' | undefined
  /**
   * A session ends after this time, in seconds, if the provider responds to its refresh with a status from 400 to 499 and
   * without an OAuth error. Such a response can come from a proxy during an outage, so the session continues until then.
   *
   * @defaultValue `28800`, eight hours
   * @example new Auth(app, { unreadableRefreshSeconds: 3600 })
   */
  readonly unreadableRefreshSeconds?: number | undefined
  /**
   * Functions that replace the default pages.
   *
   * @defaultValue the pages of this library
   * @example new Auth(app, { pages: { loggedOut: () => `<p>Goodbye</p>` } })
   */
  readonly pages?: Pages | undefined
  /**
   * Whether this library handles the routes for login, logout and the callback. With `false`, the application calls
   * `completeLogin`, `login` and `logout` itself.
   *
   * With `flow: 'device-code'`, such an application must call `login` for GET and POST at `loginPath`, because the page
   * with the code polls there.
   *
   * @defaultValue `true`
   * @example
   * ```ts
   * const auth = new Auth(app, { routes: false })
   * app.get('/redirect', (req, res) => auth.completeLogin(req, res))
   * ```
   */
  readonly routes?: boolean | undefined
  /**
   * Other origins whose pages may send requests with the session, for example a single-page application on another
   * subdomain. Write them as browsers send them: `https://app.example.com`, without a path. Such an origin can do everything
   * that its user can do here.
   *
   * Guards reject such requests (403) from all other origins, except GET, HEAD, OPTIONS and QUERY. This library sends no CORS
   * headers, so your application also needs a CORS layer in front of its guards.
   *
   * @defaultValue `[]`: only the origin of `redirectUri`
   * @example Allow the pages of https://app.example.com
   * ```ts
   * new Auth(app, { trustedOrigins: ['https://app.example.com'] })
   * ```
   */
  readonly trustedOrigins?: readonly string[]
  /**
   * The name of the header that clients other than browsers, and old browsers, send with the value `1`. It must start with
   * `x-`. Guards require it for requests without `Origin` and without `Sec-Fetch-Site`, except GET, HEAD, OPTIONS and QUERY.
   *
   * @defaultValue `'x-csrf'`
   * @example new Auth(app, { csrfHeader: 'x-shop-csrf' })
   */
  readonly csrfHeader?: string | undefined
  /**
   * The session that scripts in the browser may see. With it, the library serves the session endpoint for
   * `identity-web/browser`: `GET` returns the session, and `POST` starts its idle time again.
   *
   * Only scripts of your pages and of `trustedOrigins` may call the endpoint.
   *
   * @defaultValue not set: scripts have no session
   * @example
   * ```ts
   * new Auth(app, { browser: { sessionView: (user) => ({ name: user.name }) } })
   * ```
   */
  readonly browser?: BrowserOptions<User> | undefined
  /**
   * Paths of routes that do not follow from `redirectUri`.
   *
   * @defaultValue the default of each path
   * @example new Auth(app, { paths: { session: '/api/session' }, browser: { sessionView: ({ name }) => ({ name }) } })
   */
  readonly paths?: PathOptions | undefined
}
