import type { AccountName } from '../config/account-names.js'
import { givenOnly } from '../config/value-checks.js'
import type { UserTokensRequest } from '../controls/user-tokens-request.js'
import { accessOfAuth, type AuthAccess, type TestClaims } from './access.js'
import { accessOfSettings } from './library.js'
import { offlineClaims } from './offline-claims.js'
import { assertNotProduction } from './production.js'
import { findProvider, type ProviderChoice, type ProviderClient } from './provider-client.js'
import { toSessionCookies, type SessionCookie } from './session-cookies.js'
import type { SessionSettings } from './session-settings.js'

/** An identity-web `Auth` for any framework. */
export interface TestedAuth<User> {
  readonly paths: { readonly login: string }
  getUser(...request: never[]): Promise<User | undefined>
}

/**
 * The user of a session.
 *
 * @example
 * ```ts
 * const options: SessionOptions = { as: 'robin', roles: ['Admin'], scopes: ['User.Read'] }
 * ```
 */
export interface SessionOptions {
  /**
   * The account's first name or user name.
   *
   * @defaultValue the first account at the authority
   */
  readonly as?: AccountName | undefined
  /**
   * The user's app roles.
   *
   * @defaultValue the account's roles
   */
  readonly roles?: readonly string[] | undefined
  /**
   * The user's groups.
   *
   * @defaultValue the account's groups
   */
  readonly groups?: readonly string[] | undefined
  /** The claims to add to the ID token, or to replace in it. `undefined` removes a claim. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined
  /**
   * The scopes that the user has consented to. The session contains an access token for the API of the first scope, and the
   * application gets tokens for other APIs with the refresh token.
   *
   * @defaultValue the option `scopes` of `Auth`
   */
  readonly scopes?: readonly string[] | undefined
  /**
   * The development provider that issues the tokens, or its URL. `false` creates a session without tokens.
   *
   * @defaultValue the provider at the authority's origin, if it runs
   */
  readonly provider?: ProviderChoice | undefined
}

/**
 * A signed-in session, which you pass to `fetch` or to `app.request` as the second argument.
 *
 * @example
 * ```ts
 * const session: TestSession = await sessionFor({ auth }, { as: 'alex' })
 * const response = await fetch('http://localhost:3000/orders', session)
 * ```
 */
export interface TestSession<User = TestClaims> {
  /** The cookies, in Playwright's format. */
  readonly cookies: readonly SessionCookie[]
  /**
   * The headers for requests with the session. Guards accept a POST only with `origin`, and the session endpoint and
   * `auth.forward()` require `x-csrf`.
   */
  readonly headers: { readonly cookie: string; readonly origin?: string; readonly 'x-csrf': '1' }
  /** The user that your handlers get: the result of `onLogin`, or the claims without `onLogin`. */
  readonly user: User
  /** The ID token's claims. */
  readonly claims: TestClaims
}

/**
 * Signs a user in without pages and without a browser, and returns the session.
 *
 * For an application in this process, pass `{ auth }`, so that the function calls `onLogin` and uses the application's
 * store. For an application in another process, pass its settings instead.
 *
 * @param application - `{ auth }`, or the session secret, the redirect URI and the other settings that the application
 *   passes to its `Auth`.
 * @param options - The user, with the user's roles, scopes and claims.
 * @returns The session's headers and cookies, the user, and the claims.
 * @throws TypeError in production, and when an account, a scope or a setting is not valid. It also throws errors from
 *   `onLogin`.
 *
 * @example An application in this process
 * ```ts
 * const session = await sessionFor({ auth }, { as: 'robin', scopes: ['User.Read'] })
 * const response = await fetch(`${origin}/orders`, session)
 * ```
 *
 * @example An application in another process
 * ```ts
 * const { headers } = await sessionFor({ secret, redirectUri: `${origin}/redirect` }, { as: 'alex' })
 * const response = await fetch(`${origin}/orders`, { method: 'POST', headers })
 * ```
 */
export async function sessionFor<User>(
  application: { readonly auth: TestedAuth<User> },
  options?: SessionOptions,
): Promise<TestSession<NonNullable<User>>>
export async function sessionFor(
  application: SessionSettings,
  options?: SessionOptions,
): Promise<TestSession>
export async function sessionFor(
  application: { readonly auth: object } | SessionSettings,
  options: SessionOptions = {},
): Promise<TestSession<unknown>> {
  assertNotProduction('sessionFor')
  const access =
    application.auth === undefined
      ? await accessOfSettings(withProvider(application, options.provider))
      : accessOfAuth(application.auth)
  const provider = await findProvider(access.authority, options.provider)
  if (provider === undefined) assertNoScopes(access, options)
  const scopes = options.scopes ?? access.scopes
  const signIn = await describeSignIn(access, provider, toRequest(access, { ...options, scopes }))
  const { setCookies, user, claims } = await access.start({ ...signIn, scopes })
  const { redirectUri } = access
  const url = redirectUri === undefined ? undefined : new URL(redirectUri)
  const cookies = toSessionCookies(setCookies, {
    host: url?.hostname ?? 'localhost',
    now: access.now(),
  })
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return {
    cookies,
    headers: { cookie, ...(url !== undefined && { origin: url.origin }), 'x-csrf': '1' },
    user,
    claims,
  }
}

/** Adds the settings of a provider in this process. The application's own settings and variables take precedence. */
function withProvider(
  settings: SessionSettings,
  provider: ProviderChoice | undefined,
): SessionSettings {
  if (typeof provider !== 'object') return settings
  const { authority, oidcAuthority, b2c, clientId } = settings
  const variables = ['IDENTITY_AUTHORITY', 'IDENTITY_OIDC_AUTHORITY', 'IDENTITY_B2C_TENANT_NAME']
  const hasAuthority =
    (authority ?? oidcAuthority ?? b2c) !== undefined || variables.some((name) => process.env[name])
  return {
    ...settings,
    authority: hasAuthority ? authority : provider.authority(),
    clientId: clientId ?? process.env['IDENTITY_CLIENT_ID'] ?? provider.app.clientId,
  }
}

function assertNoScopes({ authority }: AuthAccess, { scopes = [] }: SessionOptions): void {
  if (scopes.length === 0) return
  throw new TypeError(
    `The scopes ${scopes.join(' ')} require access tokens, but a development provider for ${authority} does not run. Start a provider with startDevProvider() or "npx --no-install identity-web-dev", and set authority (IDENTITY_AUTHORITY) to an authority of this provider. Without a provider, remove scopes.`,
  )
}

function toRequest(
  { clientId, authority }: AuthAccess,
  { as, roles, groups, claims, scopes }: SessionOptions,
): UserTokensRequest {
  return { app: clientId, authority, ...givenOnly({ as, roles, groups, claims, scopes }) }
}

async function describeSignIn(
  access: AuthAccess,
  provider: ProviderClient | undefined,
  request: UserTokensRequest,
): Promise<{ claims: TestClaims; tokens?: Readonly<Record<string, unknown>> }> {
  if (provider === undefined) return { claims: offlineClaims(access, { ...request, scopes: [] }) }
  const { claims, response } = await provider.userTokens(request)
  return { claims: claims as TestClaims, tokens: response }
}
