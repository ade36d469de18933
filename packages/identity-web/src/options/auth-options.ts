// The options of Auth, with a row for each.
import { isSecureUrl } from '../authority/index.ts'
import type { PreviewRelay } from '../seams/previews.ts'
import { toReturnPath } from '../seams/return-to.ts'
import type { SignInMethod } from '../seams/sign-in-way.ts'
import type { Claims } from '../session/index.ts'
import { A_BOOLEAN, ORIGINS, isScopes, must, oneOf } from './checks.ts'
import { PAGE_ROWS, PAGES_ROWS, type PageOptions, type Pages } from './page-options.ts'
import { REDIRECT_URI_EXAMPLE } from './problems.ts'
import { PROVIDER_ROWS, type ProviderOptions } from './provider-options.ts'
import { group, optionTable, type OptionTable, type RowsOf } from './rows.ts'
import { SESSION_ROWS, type SessionOptions } from './session-options.ts'
import { SIGN_IN_ROWS, type SignInParameters } from './sign-in-parameters.ts'
import { HOOK_ROWS, type UserHooks } from './user-hooks.ts'

/** The second argument that `sessionView` receives. @public */
export interface SessionViewDetails {
  /** The claims from the newest ID token. */
  readonly claims: Claims
}

/**
 * Allows scripts in the browser to read the session. With this option, `Auth` serves the session endpoint that
 * `identity-web/browser` calls.
 *
 * @typeParam User - The return type of `onLogin`, or the ID token's claims.
 * @public
 */
export interface BrowserOptions<User = Claims> {
  /**
   * Returns the user data that scripts in the browser may see. Choose each property with care, because every script on
   * your pages can read it, even a script of an attacker. Tokens never reach the browser.
   *
   * The session endpoint calls this function for each request. The function cannot be async, so load data in `onLogin`
   * or `onRefresh` instead. It must return an object that JSON can express.
   *
   * @param user - The signed-in user.
   * @param details - The ID token's claims.
   * @returns The user data for the browser.
   * @defaultValue required
   * @example
   * ```ts
   * new Auth(app, { browser: { sessionView: (user) => ({ name: user.name, roles: user.roles ?? [] }) } })
   * ```
   */
  readonly sessionView: (user: NoInfer<User>, details: SessionViewDetails) => object
  /**
   * The session endpoint's path. Change it if your application needs the default path itself, and then pass the same
   * path to `createSession()`.
   *
   * @defaultValue `session` in the directory of `redirectUri`. For https://example.com/auth/redirect, it is
   *   `/auth/session`.
   * @example new Auth(app, { browser: { path: '/api/session', sessionView: ({ name }) => ({ name }) } })
   */
  readonly path?: string | undefined
}

const BROWSER_ROWS: RowsOf<BrowserOptions> = {
  sessionView: { example: '(user) => ({ name: user.name })', check: 'resolver' },
  path: { example: "'/api/session'", check: 'resolver' },
}

/**
 * The options of `Auth`. If you omit an option that also has an environment variable, `Auth` reads this variable. The
 * default of the option contains the variable's name.
 *
 * All durations are in seconds. An option with the value `undefined` counts as omitted, but options that only restrict
 * access (`tenants`, `maxAgeSeconds`, `session.denyList`) must have a value if they are present. `Auth` reports all
 * problems together. In production, a server with problems does not start. In development, the pages show the problems.
 *
 * @typeParam User - The type that `onLogin` returns, or the type of the claims if `onLogin` is not set.
 * @public
 */
export interface AuthOptions<User = Claims>
  extends ProviderOptions, SignInParameters, UserHooks<User>, PageOptions {
  /**
   * The URL to which the provider sends users back. The login and logout routes are in the same directory.
   *
   * `Auth` also takes your application's origin from this URL, because it does not trust request headers. `redirectUri`
   * is required, unless you set the option `signIn`.
   *
   * @defaultValue `IDENTITY_REDIRECT_URI`
   * @example
   * ```ts
   * const auth = new Auth(app, { redirectUri: 'http://localhost:3000/redirect' })
   * ```
   */
  readonly redirectUri?: string | undefined
  /**
   * The relay for preview deployments, whose URLs differ from `redirectUri`. Create it with `previewRelay()` from
   * `identity-web/previews`, and set it in all deployments of the application, with the same registered `redirectUri`.
   * The deployment at `redirectUri` then relays sign-ins and sign-outs to the previews. The guide
   * `preview-deployments.md` shows how.
   *
   * @defaultValue not set: users sign in only at the origin of `redirectUri`
   * @example
   * ```ts
   * import { previewRelay } from 'identity-web/previews'
   *
   * new Auth(app, {
   *   redirectUri: 'https://app.example.com/redirect',
   *   previews: previewRelay({
   *     origin: process.env.DEPLOY_URL,
   *     origins: ['https://*.preview.example.com'],
   *   }),
   * })
   * ```
   */
  readonly previews?: PreviewRelay | undefined
  /**
   * A way to sign users in without `redirectUri`.
   *
   * - `easyAuth()` from `identity-web/easy-auth`: Azure App Service, Azure Functions or Azure Container Apps signs
   *   users in before their requests reach the application. Because the platform also keeps the session and the tokens,
   *   `redirectUri`, `session.secret` and `session.store` are not needed. Guards, contexts, roles and `getTokenForUser`
   *   work as without `easyAuth()`. The guide `easy-auth.md` lists the differences.
   * - `deviceCode()` from `identity-web/device-code`: users type a code at the provider. Use it to try the library, or
   *   for applications that the provider cannot redirect to. Do not set `redirectUri` with it. The guide
   *   `sign-in-routes.md` explains the risks.
   *
   * @defaultValue not set: the provider redirects users back to `redirectUri`
   * @example
   * ```ts
   * import { easyAuth } from 'identity-web/easy-auth'
   *
   * const auth = new Auth(app, { signIn: easyAuth() })
   * ```
   */
  readonly signIn?: SignInMethod | undefined
  /**
   * The path below which browsers see the whole application, for example `/expenses`. Set it if `redirectUri` contains
   * a directory and the framework does not know that path. An empty string means that the application is at the root.
   *
   * If a reverse proxy removes this path from requests, the sign-in routes work without it.
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
   * The path of the page to which users return after sign-in, after sign-out, and from an error page, unless another
   * page was requested.
   *
   * @defaultValue `basePath` and a slash
   * @example
   * ```ts
   * const auth = new Auth(app, { homePath: '/dashboard' })
   * ```
   */
  readonly homePath?: string | undefined
  /**
   * The URL to which the provider redirects users after sign-out. If it is not registered, they stay on a page of
   * the provider.
   *
   * @defaultValue the URL of `homePath`
   * @example new Auth(app, { postLogoutRedirectUri: 'https://app.contoso.com/goodbye' })
   */
  readonly postLogoutRedirectUri?: string | undefined
  /**
   * The scopes to request at sign-in, as an array or a space-separated string. `Auth` adds the scopes of OpenID
   * Connect.
   *
   * @defaultValue `IDENTITY_SCOPE`; otherwise no scopes
   * @example new Auth(app, { scopes: ['User.Read', 'Calendars.Read'] })
   */
  readonly scopes?: string | readonly string[] | undefined
  /**
   * Decides how the provider sends the authorization response. With `'form_post'`, URLs and logs do not contain the
   * code, but the sign-in cookie then requires https or localhost.
   *
   * @defaultValue `'query'`
   * @example new Auth(app, { responseMode: 'form_post' })
   */
  readonly responseMode?: 'query' | 'form_post' | undefined
  /**
   * Settings that decide where sessions are stored and when they end.
   *
   * @defaultValue each field's default
   * @example new Auth(app, { session: { idleTimeoutSeconds: 8 * 3600 } })
   */
  readonly session?: SessionOptions | undefined
  /**
   * Decides whether a sign-in reads the provider's UserInfo endpoint. If the ID token does not contain a claim,
   * UserInfo adds this claim to `user` and `claims`. This is useful because the ID tokens of many providers lack names
   * and e-mail addresses.
   *
   * - `'auto'`: only if the ID token lacks claims. This is the case if the scope `profile` was granted, but the claims
   *   `name`, `preferred_username`, `given_name` and `nickname` are all missing. It is also the case if the scope
   *   `email` was granted, but the claim `email` is missing. The sign-in waits for at most three seconds, and continues
   *   without these claims if the request fails. However, the sign-in fails if the response is about another user.
   *   Claims with more than 1,000 characters, and `roles`, `groups` and `wids`, are left out.
   * - `true`: at every sign-in. The sign-in fails if UserInfo cannot be read.
   * - `false`: never.
   *
   * Refreshing the session keeps the added claims and does not read UserInfo again. With `true`, a user who lost a role
   * at the provider keeps it until the session ends, so put `roles` and `groups` into the ID token instead.
   *
   * @defaultValue `'auto'` with `oidcAuthority`, `false` at Microsoft
   * @example new Auth(app, { userInfo: true })
   */
  readonly userInfo?: boolean | 'auto' | undefined
  /**
   * Functions that replace the default pages, and the color and the support link of the default pages.
   *
   * @defaultValue the pages of this library
   * @example new Auth(app, { pages: { loggedOut: () => `<p>Goodbye</p>` } })
   */
  readonly pages?: Pages | undefined
  /**
   * With `true`, `Auth` handles the routes for login, logout and the callback. With `false`, your application calls
   * `completeLogin`, `login` and `logout` itself.
   *
   * With `routes: false` and `signIn: deviceCode()`, your application must call `login` for GET and POST requests to
   * `auth.paths.login`, because the page with the code polls this path.
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
   * subdomain. Write each origin as browsers send it: `https://app.example.com`, without a path. Pages from these
   * origins can do everything in your application that the user can do.
   *
   * Guards reject requests from all other origins with the status 403, except GET, HEAD, OPTIONS and QUERY requests. A
   * program that does not send `Origin` must send the header `x-csrf: 1`. `Auth` does not send CORS headers, so your
   * application also needs a CORS layer in front of its guards.
   *
   * @defaultValue `[]`: only the origin of `redirectUri`
   * @example Allow the pages of https://app.example.com
   * ```ts
   * new Auth(app, { trustedOrigins: ['https://app.example.com'] })
   * ```
   */
  readonly trustedOrigins?: readonly string[]
  /**
   * Allows scripts in the browser to read the session. With this option, `Auth` serves the session endpoint for
   * `identity-web/browser`. `GET` returns the session, and `POST` extends it.
   *
   * Only scripts on your pages and on those of `trustedOrigins` may call the endpoint.
   *
   * @defaultValue not set, so scripts cannot read the session
   * @example
   * ```ts
   * new Auth(app, { browser: { sessionView: (user) => ({ name: user.name }) } })
   * ```
   */
  readonly browser?: BrowserOptions<User> | undefined
}

const AUTH_ROWS: RowsOf<AuthOptions> = {
  ...PROVIDER_ROWS,
  redirectUri: {
    variable: 'IDENTITY_REDIRECT_URI',
    example: `'${REDIRECT_URI_EXAMPLE}'`,
    check: redirectUriFault,
  },
  previews: {
    example: "previewRelay({ origins: ['https://*.preview.contoso.com'] })",
    check: 'resolver',
  },
  signIn: { example: 'easyAuth()', check: 'resolver' },
  basePath: {
    example: "'/expenses'",
    check: must(
      (value) => value === '' || isBasePath(value),
      'a path that starts with / and does not end with /, or an empty string for the root',
    ),
  },
  homePath: { example: "'/expenses/'", check: 'resolver' },
  postLogoutRedirectUri: {
    example: "'https://app.contoso.com/goodbye'",
    check: must(isLandingUrl, 'an absolute URL without a user name and a password'),
  },
  scopes: {
    variable: 'IDENTITY_SCOPE',
    example: "['User.Read']",
    check: must(isScopes, 'an array of strings or a space-separated string'),
  },
  responseMode: { example: "'form_post'", check: oneOf('query', 'form_post') },
  session: group('{ secret: process.env.IDENTITY_SESSION_SECRET }', SESSION_ROWS),
  ...HOOK_ROWS,
  userInfo: {
    example: 'true',
    check: must((value) => value === 'auto' || typeof value === 'boolean', "'auto', true or false"),
  },
  ...PAGE_ROWS,
  pages: group('{ error: (page) => html(page) }', PAGES_ROWS),
  routes: { example: 'false', check: A_BOOLEAN },
  trustedOrigins: { example: "['https://app.example.com']", restricts: true, check: ORIGINS },
  browser: group('{ sessionView: (user) => ({ name: user.name }) }', BROWSER_ROWS),
  ...SIGN_IN_ROWS,
}

/** The options of `Auth`. */
export const AUTH: OptionTable = optionTable(
  'Auth',
  AUTH_ROWS,
  new Map([
    [
      'scope',
      "Set Auth({ scopes }) or IDENTITY_SCOPE, for example Auth({ scopes: ['User.Read'] }).",
    ],
    [
      'endpoint',
      "Pass the URL of the API to context.fetch(), for example context.fetch('https://graph.microsoft.com/v1.0/me'). To call the API with a path or a name, set Auth({ apis }), for example Auth({ apis: { todos: { baseUrl: 'https://todos.contoso.com', scopes: ['api://todos/Todos.Read'] } } }).",
    ],
  ]),
)

/** The origin for checking a path. Any origin works. */
export const ANY_ORIGIN = 'http://localhost'

function isBasePath(value: unknown): boolean {
  const path = toReturnPath(value, ANY_ORIGIN)
  return path !== undefined && !/[?#]|\/$/.test(path)
}

// `localhost:3000/bye` is a URL with the scheme `localhost`.
function isLandingUrl(value: unknown): boolean {
  return URL.canParse(String(value)) && /^https?:\/\/[^/?#@]+([/?#]|$)/i.test(String(value))
}

/** Returns the problem with a redirect URI. */
export function redirectUriFault(value: unknown): string | undefined {
  const url = URL.canParse(String(value)) ? new URL(String(value)) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'is not an absolute URL'
  const faults: readonly [isWrong: boolean, fault: string][] = [
    [url.username + url.password !== '', 'must not contain a user name or a password'],
    [url.search !== '' || url.hash !== '', 'must not have a query or a fragment'],
    [!isSecureUrl(url), 'must start with https:// (http:// only on localhost)'],
    [url.pathname === '/', 'must have a path, because / is a page of the application'],
    [
      /\/(login|logout|(front|back)-channel-logout)$/.test(url.pathname),
      'must not end in /login, /logout, /front-channel-logout or /back-channel-logout, because these are paths of other routes',
    ],
  ]
  return faults.find(([isWrong]) => isWrong)?.[1]
}
