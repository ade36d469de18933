// The options of ApiAuth, with a row for each.
import { isObject } from '../own.ts'
import { isStringList } from '../text.ts'
import { isPlainUrl } from '../authority/index.ts'
import type { TokenStore } from '../store.ts'
import { A_FUNCTION, isStore, must, someScopes } from './checks.ts'
import { PROVIDER_ROWS, type ProviderOptions } from './provider-options.ts'
import { group, optionTable, type OptionTable, type Rows, type RowsOf } from './rows.ts'
import { SESSION_ROWS } from './session-options.ts'

/**
 * The settings for long-running processes, which act for a user after the user's own token has expired.
 *
 * @public
 */
export interface LongRunningOptions {
  /**
   * The store for the refresh tokens, which are encrypted. All the API's servers must share this store.
   *
   * @example
   * ```ts
   * import { redisStore } from 'identity-web/redis'
   *
   * const api = new ApiAuth({ longRunning: { store: redisStore(redis) } })
   * ```
   */
  readonly store: TokenStore
  /**
   * The secret that encrypts the stored refresh tokens. It must have at least 32 characters, such as the output of
   * `openssl rand -base64 32`.
   *
   * To replace a secret, pass a list. The first secret encrypts new values, but every secret in the list can decrypt
   * values.
   *
   * @defaultValue `IDENTITY_SESSION_SECRET`
   * @example new ApiAuth({ longRunning: { store: new Map(), secret: process.env.JOBS_SECRET } })
   */
  readonly secret?: string | readonly string[] | undefined
}

/** An error response of an API, for the option `errorBody`. @public */
export interface ApiErrorResponse {
  /** The HTTP status. */
  readonly status: number
  /** The property `error` of the standard body, such as `invalid_token`. */
  readonly code: string
  /** A message for the client's developer, if the error is not an internal one. */
  readonly message?: string | undefined
  /** The provider's ID for the failed request. */
  readonly correlationId?: string | undefined
  /** The claims that the client must request, as JSON. The header `WWW-Authenticate` contains them, too. */
  readonly claims?: string | undefined
}

/**
 * The options of `ApiAuth`. If you omit an option, it is read from the environment variable that its default names.
 *
 * An option with the value `undefined` counts as omitted. Options that only restrict access (`tenants`, `audience`,
 * `allowedClients`) must have a value if they are present. All problems are reported together: in production, a server
 * with problems does not start, but in development, guarded routes return the problems.
 *
 * @example
 * ```ts
 * const api = new ApiAuth({
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '11111111-2222-3333-4444-555555555555',
 * })
 * ```
 * @public
 */
export interface ApiAuthOptions<Issuer extends string = string> extends ProviderOptions {
  /**
   * The additional values that the API accepts in the claim `aud`, as a list or a space-separated string.
   *
   * With Microsoft, the client ID and `api://` with the client ID are always accepted. Set the Application ID URI here
   * if it has another form. The first value that is a URI is also the prefix for the scopes that clients request.
   *
   * With another identity provider, set the name of the API. If `clientId` is not set, the first value is the client
   * ID.
   *
   * @defaultValue `IDENTITY_AUDIENCE`, or none
   * @example new ApiAuth({ audience: 'api://todos.contoso.com' })
   */
  readonly audience?: string | readonly string[] | undefined
  /**
   * The client IDs of the applications that may call the API, with a user's token or an app-only token. Others get
   * status 403.
   *
   * @defaultValue every client may call
   * @example new ApiAuth({ allowedClients: ['11111111-2222-3333-4444-555555555555'] })
   */
  readonly allowedClients?: readonly string[] | undefined
  /**
   * The URL of the API, such as `https://api.contoso.com`.
   *
   * If you set this URL, the application that you passed to `ApiAuth` serves metadata about the API. The response to a
   * call without a valid token contains the URL of the metadata. Clients, for example MCP clients, read the metadata to
   * find out how to get a token.
   *
   * @defaultValue `IDENTITY_RESOURCE`, or none
   * @example new ApiAuth(app, { resource: 'https://api.contoso.com' })
   * @see {@link https://www.rfc-editor.org/rfc/rfc9728 | RFC 9728}
   */
  readonly resource?: string | undefined
  /**
   * The settings for background jobs that act for a user. `startLongRunningProcess()` requires them.
   *
   * @defaultValue not available
   * @example new ApiAuth({ longRunning: { store: new Map() } })
   */
  readonly longRunning?: LongRunningOptions | undefined
  /**
   * Returns the JSON body of an error response, for example in the format of RFC 9457. The status and the headers stay as
   * they are. If the function throws or does not return an object, the client gets the standard body, and your log
   * contains an event. The JSON-RPC errors of `McpAuth` do not change.
   *
   * @defaultValue `error` and `error_description`, and if they exist `correlation_id` and `claims`
   * @example new ApiAuth({ errorBody: ({ status, code, message }) => ({ status, title: code, detail: message }) })
   */
  readonly errorBody?: ((error: ApiErrorResponse) => object) | undefined
  /**
   * The identity providers whose tokens the API accepts, with names that you choose. Use this option if the API has
   * several identity providers. `context.issuer` then contains the name, so a route can require it:
   * `authorizationRequired({ issuer: 'workforce' })`.
   *
   * Each issuer has the options that identify the API at its provider. These options are not read from environment
   * variables, and you cannot also set them next to `issuers`. All other options, such as `resource` and `logger`,
   * belong to the whole API.
   *
   * @defaultValue one issuer, from `authority`, `oidcAuthority` or `b2c`
   * @example
   * ```ts
   * const api = new ApiAuth({
   *   issuers: {
   *     workforce: {
   *       authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *       clientId: '11111111-2222-3333-4444-555555555555',
   *     },
   *     customers: {
   *       authority: 'https://contoso.ciamlogin.com',
   *       clientId: '22222222-3333-4444-5555-666666666666',
   *     },
   *   },
   * })
   * ```
   */
  readonly issuers?: Readonly<Record<Issuer, IssuerOptions>> | undefined
}

/** The options that each issuer has. All others belong to the whole API. */
export const ISSUER_OPTIONS = [
  'authority',
  'oidcAuthority',
  'b2c',
  'clientId',
  'clientCredential',
  'clientSecret',
  'clientAuthentication',
  'tenants',
  'clientCapabilities',
  'apis',
  'audience',
  'allowedClients',
] as const

/**
 * The options for one of several issuers: its authority, and the API's registration there.
 *
 * @example
 * ```ts
 * const customers: IssuerOptions = { authority: 'https://contoso.ciamlogin.com', clientId:
 * '22222222-3333-4444-5555-666666666666' }
 * ```
 * @public
 */
export type IssuerOptions = Pick<ApiAuthOptions, (typeof ISSUER_OPTIONS)[number]>

const LONG_RUNNING_ROWS: RowsOf<LongRunningOptions> = {
  store: { example: 'redisStore(client)', check: storeFault },
  secret: SESSION_ROWS.secret,
}

export const API_ROWS: RowsOf<ApiAuthOptions> = {
  ...PROVIDER_ROWS,
  audience: {
    variable: 'IDENTITY_AUDIENCE',
    example: "'api://todos.contoso.com'",
    restricts: true,
    check: someScopes('a list of strings or a space-separated string'),
  },
  allowedClients: {
    example: "['11111111-2222-3333-4444-555555555555']",
    restricts: true,
    check: must((value) => isStringList(value) && value.length > 0, 'a list of client IDs'),
    remedy: 'To allow every client, remove allowedClients.',
  },
  resource: {
    variable: 'IDENTITY_RESOURCE',
    example: "'https://api.contoso.com'",
    check: must(
      isPlainUrl,
      'the https:// URL of the API (http:// only on localhost), without a query or a fragment',
    ),
  },
  longRunning: group('{ store: redisStore(client) }', LONG_RUNNING_ROWS),
  errorBody: { example: '({ status, code }) => ({ status, title: code })', check: A_FUNCTION },
  issuers: {
    example:
      "{ workforce: { authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com', clientId: '11111111-2222-3333-4444-555555555555' } }",
    check: must(
      areIssuers,
      'an object with the options of each issuer, and the name of an issuer may contain only letters and digits',
    ),
    depth: 1,
  },
}

export const ISSUER_ROWS: Rows = withoutVariables(
  Object.fromEntries(ISSUER_OPTIONS.map((name) => [name, API_ROWS[name]])),
)

/** Returns whether a value contains the options of at least one issuer, by names that can start a key. */
export function areIssuers(value: unknown): value is Readonly<Record<string, IssuerOptions>> {
  const entries = isObject(value) ? Object.entries(value) : []
  return (
    entries.length > 0 &&
    entries.every(([name, given]) => /^[a-z][a-z\d]*$/i.test(name) && isObject(given))
  )
}

/** Removes the variables, because an environment variable can set an option for only one issuer. */
function withoutVariables(rows: Rows): Rows {
  const entries = Object.entries(rows).map(([name, { variable: _variable, members, ...row }]) => {
    return [name, members ? { ...row, members: withoutVariables(members) } : row] as const
  })
  return Object.fromEntries(entries)
}

/** The options of `ApiAuth`. */
export const API_AUTH: OptionTable = optionTable('ApiAuth', API_ROWS)

function storeFault(value: unknown): string | undefined {
  return isStore(value)
    ? undefined
    : 'must have the methods get, set and delete, and a Keyv 5 must have the option throwOnErrors: true'
}
