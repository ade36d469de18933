// Options of the registration and the provider, for all classes.
import { isObject } from '../own.ts'
import {
  b2cUrl,
  CLOCK_TOLERANCE_SECONDS,
  isGuid,
  isSecureUrl,
  MAX_CLOCK_TOLERANCE_SECONDS,
  type B2cOptions,
  type TenantPolicy,
} from '../authority/index.ts'
import type { ApiDefinitions, ClientCredential, TokenCache } from '../client/index.ts'
import type { IdentityEvent } from '../events.ts'
import type { AppEnvironment } from '../host-traits.ts'
import type { Logger } from '../log-listener.ts'
import { DEFAULT_CACHE_ENTRIES } from '../caches.ts'
import {
  A_BOOLEAN,
  A_FUNCTION,
  A_STRING,
  STRINGS,
  between,
  isDuration,
  isLogger,
  must,
  oneOf,
} from './checks.ts'
import { group, type RowsOf } from './rows.ts'

/**
 * The options that `Auth` (web app) and `ApiAuth` (web API) share. They identify the application and its identity
 * provider.
 *
 * @public
 */
export interface ProviderOptions {
  /**
   * The Application (client) ID of the app registration. Sessions are encrypted for it, so users sign in again
   * after you change it.
   *
   * @defaultValue `IDENTITY_CLIENT_ID`
   * @example new Auth(app, { clientId: '11111111-2222-3333-4444-555555555555' })
   */
  readonly clientId?: string | undefined
  /**
   * The credential that the application authenticates with. It can be:
   *
   * - a client secret, or `{ secret, expires }`, so that you get a warning 30 days before the secret expires
   * - a certificate, or the result of `vaultKey()` from `identity-web/vault-key` if its key is in a vault
   * - an async function that returns a client assertion, for a federated credential or a managed identity
   * - an object with `getToken(scope)`, such as those of `@azure/identity`
   * - a list of these, which are tried in order while you replace one credential with another. `undefined` entries are
   *   skipped
   *
   * @defaultValue `IDENTITY_CLIENT_SECRET`. `IDENTITY_CLIENT_SECRET_EXPIRES` is the day on which this secret expires,
   *   even if the code passes the secret on
   *
   * @example A certificate
   * ```ts
   * const auth = new Auth(app, {
   *   clientCredential: { certificate: '/etc/app/certificate.pem', privateKey: '/etc/app/private-key.pem' },
   * })
   * ```
   * @example The managed identity of the Azure service that the application runs on
   * ```ts
   * const auth = new Auth(app, { clientCredential: managedIdentityAssertion() })
   * ```
   */
  readonly clientCredential?: ClientCredential | undefined
  /**
   * The client secret. Set either this option or `clientCredential`.
   *
   * @defaultValue `IDENTITY_CLIENT_SECRET`
   * @example new Auth(app, { clientSecret: process.env.SHOP_CLIENT_SECRET })
   */
  readonly clientSecret?: string | undefined
  /**
   * The method with which the application authenticates at the token endpoint. `client_secret_basic` sends a secret in
   * the header, but `client_secret_post` sends it in the body. `private_key_jwt` is for certificates and functions, and
   * `none` is for applications without a credential.
   *
   * Set this option if the provider rejects the application with `invalid_client` although its secret is right. Some
   * providers register each application for one method, and do not accept the other. Also set `none` for a public
   * client at a Microsoft authority, because a web application without a credential does not start in production.
   *
   * At Microsoft, the audience of client assertions is the token endpoint. At other providers, it is the issuer (RFC 10070). If
   * your provider rejects the issuer, set `{ method: 'private_key_jwt', audience: 'token_endpoint' }`. Only do so at a provider
   * that you trust, because a hostile one can then get assertions for another provider.
   *
   * @defaultValue `IDENTITY_CLIENT_AUTHENTICATION`. Otherwise, certificates and functions use `private_key_jwt`. A
   *   secret uses `client_secret_basic` if the metadata lists it or lists no method, and else `client_secret_post`. At
   *   Microsoft, it uses `client_secret_post`.
   *
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   oidcAuthority: 'https://accounts.example.com',
   *   clientAuthentication: 'client_secret_post',
   * })
   * ```
   */
  readonly clientAuthentication?:
    | 'client_secret_basic'
    | 'client_secret_post'
    | 'private_key_jwt'
    | 'none'
    | {
        /** The method for a certificate or a function. */
        readonly method: 'private_key_jwt'
        /** The audience of the client assertions, which is the provider's token endpoint instead of its issuer. */
        readonly audience: 'token_endpoint'
      }
    | undefined
  /**
   * The URL of a Microsoft authority. It can be:
   *
   * - an Entra ID tenant, such as `https://login.microsoftonline.com/contoso.onmicrosoft.com`. `common`, `organizations` or
   *   `consumers` can replace the tenant.
   * - an External ID tenant, such as `https://contoso.ciamlogin.com`
   * - an Azure AD B2C policy
   * - an AD FS server, such as `https://fs.contoso.com/adfs`
   *
   * @defaultValue `IDENTITY_AUTHORITY`
   * @example new Auth(app, { authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com' })
   */
  readonly authority?: string | undefined
  /**
   * The issuer of any OpenID Connect provider, or the URL of an External ID tenant with a custom domain.
   *
   * @defaultValue `IDENTITY_OIDC_AUTHORITY`
   * @example new Auth(app, { oidcAuthority: 'https://accounts.example.com' })
   */
  readonly oidcAuthority?: string | undefined
  /**
   * The tenant and the user flows of Azure AD B2C. Set this option instead of `authority`.
   *
   * @defaultValue `IDENTITY_B2C_TENANT_NAME`, and the variables of the other members
   * @example new Auth(app, { b2c: { tenantName: 'fabrikam', signUpSignInUserFlow: 'B2C_1_susi' } })
   */
  readonly b2c?: B2cOptions | undefined
  /**
   * The tenants whose users may sign in at an authority for many tenants. Users and tokens of other tenants are
   * rejected.
   *
   * @defaultValue `'any'`, or `'work'` if the tenant of the authority is `organizations`
   * @example new Auth(app, { tenants: ['11111111-2222-3333-4444-555555555555'] })
   */
  readonly tenants?: TenantPolicy | undefined
  /**
   * The client capabilities. `['cp1']` means that the application supports claims challenges.
   *
   * With `cp1`, Entra ID issues access tokens that are valid for about a day, but an API can reject them immediately
   * when, for example, an administrator disables the user (continuous access evaluation).
   *
   * @defaultValue `[]`
   * @example new Auth(app, { clientCapabilities: ['cp1'] })
   */
  readonly clientCapabilities?: readonly string[] | undefined
  /**
   * The APIs that the application calls, by name. `context.api.todos.fetch('/1')` gets a token for the scopes of the
   * API `todos` and calls it, but `context.fetch('/1')` calls the API whose scopes the route requires.
   *
   * At Entra ID and External ID, `context.fetch('/me')` calls Microsoft Graph without an entry here.
   *
   * @defaultValue not set
   *
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   apis: { todos: { baseUrl: 'https://todos.contoso.com/v1', scopes: ['api://todos/Todos.Read'] } },
   * })
   * ```
   */
  readonly apis?: ApiDefinitions | undefined
  /**
   * The environment in which the application runs. In production, a server with wrong settings does not start, users do
   * not see texts for developers, and a session secret is required.
   *
   * @defaultValue `NODE_ENV`, where `test` counts as development. Without it, `'development'` if the redirect URI (for
   *   `ApiAuth`: the authority) is on this machine, otherwise `'production'`.
   *
   * @example
   * ```ts
   * const auth = new Auth(app, { environment: 'production' })
   * ```
   */
  readonly environment?: AppEnvironment | undefined
  /**
   * With `true`, a server with a wrong configuration does not start in production: `new Auth(app)` and
   * `auth.initApp(app)` throw. With `false`, your guards and this library's routes respond with 503 instead. Use
   * `false` in scripts that load the application without its settings, such as migrations.
   *
   * Next.js, `identity-web/fetch`, Workers and Hono outside Node.js do not have a start, so they always respond with
   * 503.
   *
   * @defaultValue `true`
   * @example new Auth(app, { strictStart: false })
   */
  readonly strictStart?: boolean | undefined
  /**
   * The object that receives log messages. Pass `console` or the logger of your log library to log normal events too, such
   * as sign-ins, or `false` if you do not want a log.
   *
   * The first message about a cause is logged at once. Repetitions are counted instead, and their number is logged once
   * a minute.
   *
   * @defaultValue warnings and errors to the console, as lines of JSON in production. In test runners, only errors.
   * @example new Auth(app, { logger: console })
   */
  readonly logger?: Logger | false | undefined
  /**
   * A function that is called for each event, for example for metrics or an audit log. The library does not wait for it
   * and ignores its errors.
   *
   * @param event - The event, which never contains a token, and contains personal data only with `includePersonalData`.
   *
   * @defaultValue not set
   *
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   onEvent: ({ type, level }) => metrics.count('identity', { type, level }),
   * })
   * ```
   */
  readonly onEvent?: ((event: IdentityEvent) => unknown) | undefined
  /**
   * With `true`, events and log messages may contain users' names, e-mail addresses and claims.
   *
   * @defaultValue `false`
   * @example new Auth(app, { includePersonalData: true })
   */
  readonly includePersonalData?: boolean | undefined
  /**
   * The number of sessions (`Auth`) or access tokens (`ApiAuth`) that each process keeps in its memory, so that it decrypts or
   * verifies them only once. A whole number from 1 to 1,000,000.
   *
   * The cache keeps the entries that were used last, between this number and twice this number. Set it to the number of
   * users who are active within a few minutes in one process, or to the number of callers within an hour.
   * `docs/evidence/scale.md` says how much memory an entry needs.
   *
   * @defaultValue `1000`
   * @example new Auth(app, { cacheEntries: 10_000 })
   */
  readonly cacheEntries?: number | undefined
  /**
   * The cache for the tokens that all your servers share: those that `getTokenForClient` returns, and those that an API
   * gets on behalf of its callers. `sharedTokens()` from `identity-web/token-cache` creates this cache, and the guide
   * `token-cache.md` says when you need it.
   *
   * @defaultValue not set: each process requests its own tokens
   * @example
   * ```ts
   * import { redisStore } from 'identity-web/redis'
   * import { sharedTokens } from 'identity-web/token-cache'
   *
   * const api = new ApiAuth({ tokenCache: sharedTokens({ store: redisStore(redis) }) })
   * ```
   */
  readonly tokenCache?: TokenCache | undefined
  /**
   * The function that sends the requests to the provider, for example through a proxy.
   *
   * @defaultValue the global `fetch`
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   async fetch(input, init) {
   *     const response = await fetch(input, init)
   *     metrics.count('provider', { status: response.status })
   *     return response
   *   },
   * })
   * ```
   */
  readonly fetch?: typeof fetch | undefined
  /**
   * The maximum duration of a request to the provider, in seconds. A slower one fails with `provider_unavailable`
   * (status 503).
   *
   * @defaultValue `10`
   * @example new Auth(app, { timeoutSeconds: 5 })
   */
  readonly timeoutSeconds?: number | undefined
  /**
   * The accepted difference between this server's clock and the provider's, in seconds. At most 300. It applies to the
   * times in issued tokens, but does not make sessions, caches or sign-outs last longer.
   *
   * @defaultValue `60`
   * @example new Auth(app, { clockToleranceSeconds: 120 })
   */
  readonly clockToleranceSeconds?: number | undefined
  /**
   * A function that returns the current Unix time in milliseconds, for tests.
   *
   * @defaultValue `Date.now`
   * @example new Auth(app, { now: () => Date.parse('2030-01-01T00:00:00Z') })
   */
  readonly now?: (() => number) | undefined
}

const USER_FLOW = { example: "'B2C_1_susi'", check: A_STRING } as const

export const B2C_ROWS: RowsOf<B2cOptions> = {
  tenantName: {
    variable: 'IDENTITY_B2C_TENANT_NAME',
    example: "'fabrikam'",
    words: 'fabrikam for fabrikam.onmicrosoft.com',
    check: must(
      (value) => value === '' || /^[\w-]+$/.test(String(value)),
      "the first part of the tenant's domain",
    ),
  },
  customDomain: {
    variable: 'IDENTITY_B2C_CUSTOM_DOMAIN',
    example: "'login.fabrikam.com'",
    check: must((value) => value === '' || isDomain(value), 'a domain'),
  },
  signUpSignInUserFlow: { variable: 'IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW', ...USER_FLOW },
  editProfileUserFlow: {
    variable: 'IDENTITY_B2C_EDIT_PROFILE_USER_FLOW',
    example: "'B2C_1_edit_profile'",
    check: A_STRING,
  },
  resetPasswordUserFlow: {
    variable: 'IDENTITY_B2C_RESET_PASSWORD_USER_FLOW',
    example: "'B2C_1_reset_password'",
    check: A_STRING,
  },
}

const METHODS: readonly unknown[] = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'none',
]

export function isMethodWithAudience(
  value: unknown,
): value is { readonly method: 'private_key_jwt'; readonly audience: 'token_endpoint' } {
  return (
    isObject(value) &&
    value['method'] === 'private_key_jwt' &&
    value['audience'] === 'token_endpoint' &&
    Object.keys(value).length === 2
  )
}

const SECRET = {
  variable: 'IDENTITY_CLIENT_SECRET',
  example: 'process.env.IDENTITY_CLIENT_SECRET',
  words: 'the value of a client secret from Certificates & secrets of the app registration',
} as const

export const PROVIDER_ROWS: RowsOf<ProviderOptions> = {
  authority: {
    variable: 'IDENTITY_AUTHORITY',
    example: "'https://login.microsoftonline.com/contoso.onmicrosoft.com'",
    check: 'resolver',
  },
  oidcAuthority: {
    variable: 'IDENTITY_OIDC_AUTHORITY',
    example: "'https://accounts.example.com'",
    check: 'resolver',
  },
  b2c: group(
    "{ tenantName: 'fabrikam', signUpSignInUserFlow: 'B2C_1_susi' }",
    B2C_ROWS,
    'IDENTITY_B2C_TENANT_NAME',
  ),
  clientId: {
    variable: 'IDENTITY_CLIENT_ID',
    example: "'11111111-2222-3333-4444-555555555555'",
    words: 'the Application (client) ID of the app registration',
    check: A_STRING,
  },
  clientCredential: { ...SECRET, check: 'resolver' },
  clientSecret: { ...SECRET, check: A_STRING },
  clientAuthentication: {
    variable: 'IDENTITY_CLIENT_AUTHENTICATION',
    example: "'client_secret_post'",
    check: must(
      (value) => METHODS.includes(value) || isMethodWithAudience(value),
      "'client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none' or { method: 'private_key_jwt', audience: 'token_endpoint' }",
    ),
    depth: 1,
    remedy:
      'To keep this method, set clientCredential (IDENTITY_CLIENT_SECRET) to a credential for it.',
  },
  tenants: {
    example: "['11111111-2222-3333-4444-555555555555']",
    restricts: true,
    check: must(
      (value) =>
        value === 'any' || value === 'work' || (Array.isArray(value) && value.every(isGuid)),
      "'any', 'work' or a list of tenant IDs",
    ),
  },
  clientCapabilities: { example: "['cp1']", check: STRINGS },
  apis: {
    example:
      "{ todos: { baseUrl: 'https://todos.contoso.com/v1', scopes: ['api://todos/Todos.Read'] } }",
    check: 'resolver',
    depth: 2,
  },
  environment: {
    variable: 'NODE_ENV',
    example: "'production'",
    check: oneOf('production', 'development'),
  },
  strictStart: { example: 'false', check: A_BOOLEAN },
  logger: {
    example: 'console',
    check: must(isLogger, 'an object with the functions info, warn and error, or false'),
  },
  onEvent: { example: '(event) => console.log(event)', check: A_FUNCTION },
  includePersonalData: { example: 'true', check: A_BOOLEAN },
  cacheEntries: {
    example: '10_000',
    // A larger number is a mistake, because the cache would need several GB.
    check: between([1, 1_000_000], { isWhole: true }),
    remedy: `Omit it for ${DEFAULT_CACHE_ENTRIES}.`,
  },
  tokenCache: { example: 'sharedTokens({ store: redisStore(client) })', check: 'resolver' },
  fetch: { example: 'fetch', check: A_FUNCTION },
  timeoutSeconds: { example: '10', check: must(isDuration, 'a number greater than 0') },
  clockToleranceSeconds: {
    example: `${CLOCK_TOLERANCE_SECONDS}`,
    check: between([0, MAX_CLOCK_TOLERANCE_SECONDS]),
    remedy: 'If the clock differs by more than the maximum, correct the clock of this server.',
  },
  now: { example: 'Date.now', check: A_FUNCTION },
}

function isDomain(value: unknown): boolean {
  if (typeof value !== 'string') return false
  return isSecureUrl(b2cUrl({ customDomain: value }, ''))
}
