import type { Claims } from '../../session/index.ts'
import type { ProviderOptions } from '../../settings/provider-options.ts'
import type { BrowserOptions, PathOptions } from './browser-options.ts'
import type { PageOptions } from './page-options.ts'
import type { Pages } from './pages.ts'
import type { SessionOptions } from './session-options.ts'
import type { SignInParameters } from './sign-in-parameters.ts'
import type { SignInMethod } from './sign-in-way.ts'
import type { UserHooks } from './user-hooks.ts'

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
   * required without the option `signIn`.
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
   * contain one `*`, which stands for letters, digits and hyphens. On a platform that gives hosts of one domain to all of its
   * customers, write the parts of the host that belong to you. `https://*.vercel.app` is an error.
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
   * Another way to sign users in than `redirectUri`.
   *
   * - `easyAuth()` of `identity-web/easy-auth`: Azure App Service, Azure Functions or Azure Container Apps signs users in before their
   *   requests reach the application. The platform keeps the session and the tokens. Guards, contexts, roles and
   *   `getTokenForUser` work as without it. `redirectUri`, `session.secret` and `session.store` are not needed. The guide
   *   `easy-auth.md` lists the differences.
   * - `deviceCode()` of `identity-web/device-code`: users type a code at the provider. Use it to try the library, and for
   *   applications that the provider cannot redirect to. Do not set `redirectUri` with it. The guide `device-code.md` explains
   *   the risks.
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
   * With `signIn: deviceCode()`, such an application must call `login` for GET and POST at `loginPath`, because the page
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
   * Allows scripts in the browser to read the session. With this option, the library serves the session endpoint for
   * `identity-web/browser`. `GET` returns the session, and `POST` extends it.
   *
   * Only scripts of your pages and of `trustedOrigins` may call the endpoint.
   *
   * @defaultValue not set, so scripts cannot read the session
   * @example
   * ```ts
   * new Auth(app, { browser: { sessionView: (user) => ({ name: user.name }) } })
   * ```
   */
  readonly browser?: BrowserOptions<User> | undefined
  /**
   * Paths of routes of the library. Set one if your application needs the default path itself.
   *
   * @defaultValue the default of each path
   * @example new Auth(app, { paths: { session: '/api/session' }, browser: { sessionView: ({ name }) => ({ name }) } })
   */
  readonly paths?: PathOptions | undefined
}
