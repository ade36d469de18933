// The options of McpAuth.
import { isStringList } from '../text.ts'
import { isObject } from '../own.ts'
import { isSecureUrl } from '../authority/index.ts'
import { API_ROWS, type ApiAuthOptions } from './api-options.ts'
import { A_BOOLEAN, A_STRING, must, someScopes } from './checks.ts'
import { optionTable, type OptionTable, type RowsOf } from './rows.ts'

/**
 * The options of `McpAuth`: those of `ApiAuth`, and those for a server that supports the Model Context Protocol (MCP).
 *
 * @example
 * ```ts
 * const mcp = new McpAuth(app, {
 *   authority: 'https://login.microsoftonline.com/c0000000-0000-4000-8000-000000000001',
 *   clientId: '11111111-2222-3333-4444-555555555555',
 *   resource: 'https://tools.contoso.com/mcp',
 *   scopes: ['Tools.Use'],
 * })
 * ```
 * @public
 */
export interface McpAuthOptions<Issuer extends string = string> extends Omit<
  ApiAuthOptions<Issuer>,
  'resource'
> {
  /**
   * The URL of the MCP endpoint, as users enter it in a client. Its path is your route's path.
   *
   * At Entra ID, it must be an Application ID URI of the app registration, in the same spelling, and it needs a path.
   * With another provider, tokens with this URL as their audience (`aud`) are accepted. The path must not end with a
   * slash.
   *
   * @defaultValue `IDENTITY_RESOURCE`. Required.
   * @example new McpAuth(app, { resource: 'https://tools.contoso.com/mcp' })
   */
  readonly resource?: string | undefined
  /**
   * The scopes that every client of this server needs, as a list or a space-separated string. Clients request them at
   * the sign-in, and every guard requires them, unless the guard has its own scopes.
   *
   * Write the short names, as in the registration, because at Entra ID, the server publishes them with `resource` as
   * their prefix. `scopes: undefined` is an error.
   *
   * @defaultValue not set, so any scope of this server is sufficient, and the metadata contains all guards' scopes
   * @example new McpAuth(app, { scopes: ['Tools.Use'] })
   */
  readonly scopes?: string | readonly string[] | undefined
  /**
   * More scopes for the metadata (`scopes_supported`), as a list or a space-separated string. Without the option
   * `scopes`, the metadata already contains those of the guards, of their `tools`, and of `mcp.scopeChallenge()`.
   *
   * Some clients request every scope in the metadata at the first sign-in, so don't add a scope to which only
   * administrators can consent.
   *
   * @defaultValue `[]`
   * @example new McpAuth(app, { scopesSupported: ['Files.Write'] })
   */
  readonly scopesSupported?: string | readonly string[] | undefined
  /**
   * The issuer whose users this server is for, by its name in the option `issuers`. Only this issuer's tokens are
   * accepted, and the metadata contains only this issuer, because MCP clients sign in at one issuer. Create an `McpAuth`
   * with its own `resource` for each issuer.
   *
   * @defaultValue all issuers, and clients sign in at the first
   * @example new McpAuth(app, { issuer: 'customers', resource: 'https://tools.contoso.com/customers/mcp' })
   */
  readonly issuer?: NoInfer<Issuer> | undefined
  /**
   * Scopes that include other scopes. In the example, guards that require `Files.Read` also accept a token with
   * `Files.ReadWrite`, and `context.scopes` contains both scopes.
   *
   * @defaultValue `{}`
   * @example new McpAuth(app, { scopeImplies: { 'Files.ReadWrite': ['Files.Read'] } })
   */
  readonly scopeImplies?: Readonly<Record<string, readonly string[]>> | undefined
  /**
   * The origins of web pages that may call the server, in addition to its own origin. They are compared exactly, and
   * requests with another `Origin` get a 403 response. Programs that are not browsers do not send `Origin`.
   *
   * In development, pages from `localhost` are also allowed.
   *
   * @defaultValue `[]`
   * @example new McpAuth(app, { allowedOrigins: ['https://chat.contoso.com'] })
   */
  readonly allowedOrigins?: readonly string[] | undefined
  /**
   * The allowed values of the header `Host`, in addition to the host of `resource`. A value without a port allows every
   * port. Requests with another `Host` get a 403 response, which protects a server on the user's own machine from web
   * pages whose domain resolves to this machine (DNS rebinding).
   *
   * Set this option if your reverse proxy changes the header. In development, `localhost` is also allowed.
   *
   * @defaultValue `[]`
   * @example new McpAuth(app, { allowedHosts: ['mcp.internal:8080'] })
   */
  readonly allowedHosts?: readonly string[] | undefined
  /**
   * With `true`, the server publishes a copy of Entra ID's metadata with the field `code_challenge_methods_supported`.
   * Without this field, some clients, for example Claude, reject Entra ID.
   *
   * The copy's issuer is `resource`, so a client that compares it with the issuer in an ID token rejects the sign-in.
   * However, MCP clients do not need an ID token. Users still sign in at Entra ID, and this server does not receive
   * their sign-in tokens.
   *
   * @defaultValue `false`
   * @example new McpAuth(app, { mirrorMetadata: true })
   */
  readonly mirrorMetadata?: boolean | undefined
}

const SCOPES = someScopes('a list of strings or a space-separated string')

const MCP_ROWS: RowsOf<McpAuthOptions> = {
  ...API_ROWS,
  resource: {
    variable: 'IDENTITY_RESOURCE',
    example: "'https://tools.contoso.com/mcp'",
    words: 'https://tools.contoso.com/mcp, the URL of the MCP endpoint',
    check: resourceFault,
  },
  scopes: {
    example: "['Tools.Use']",
    restricts: true,
    check: SCOPES,
    remedy: 'To accept every scope of this server, remove this option.',
  },
  scopesSupported: { example: "['Files.Write']", check: SCOPES },
  issuer: { example: "'customers'", check: A_STRING },
  scopeImplies: {
    example: "{ 'Files.ReadWrite': ['Files.Read'] }",
    check: must(isScopeMap, 'an object with a list of scopes for each scope'),
    depth: 1,
  },
  allowedOrigins: {
    example: "['https://chat.contoso.com']",
    check: must(
      (value) => isStringList(value) && value.every(isOrigin),
      "a list of origins without a path, and not '*' or 'null', because every page could then call the server",
    ),
  },
  allowedHosts: {
    example: "['mcp.internal:8080']",
    check: must(
      (value) => isStringList(value) && value.every(isHost),
      'a list of hosts, with or without a port',
    ),
  },
  mirrorMetadata: { example: 'true', check: A_BOOLEAN },
}

/** The options of `McpAuth`. */
export const MCP_AUTH: OptionTable = optionTable('McpAuth', MCP_ROWS)

/**
 * Checks an MCP server's URL, which must be written as a client writes it, because providers and clients compare it
 * character by character.
 *
 * @returns The error, after the name of the option. `undefined` if the value is valid.
 * @see {@link https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization | Canonical Server URI}
 */
export function resourceFault(resource: unknown): string | undefined {
  if (typeof resource !== 'string' || !URL.canParse(resource)) return 'must be an absolute URL'
  const url = new URL(resource)
  if (!isSecureUrl(url)) return 'must be an https:// URL (http:// only on localhost)'
  if (url.username !== '' || url.password !== '' || /[?#]/.test(resource)) {
    return 'must not contain a user, a query or a fragment'
  }
  if (url.pathname === '/') return undefined
  if (url.pathname.endsWith('/')) {
    return 'must not end with a slash, because clients and providers compare it character by character'
  }
  return url.href === resource
    ? undefined
    : `must be written as clients write it: ${url.href} (lower-case host, no default port)`
}

/** Returns whether a value is an object with a list of scopes for each scope. */
export function isScopeMap(value: unknown): value is Readonly<Record<string, readonly string[]>> {
  return isObject(value) && Object.values(value).every(isStringList)
}

/**
 * Returns whether a value is an origin as browsers send it. It rejects `*` and `null`, because any page can send them.
 */
export function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { origin, protocol } = new URL(value)
  // The origin of a browser extension, which URL does not know.
  return protocol === 'http:' || protocol === 'https:'
    ? origin === value
    : /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@]+$/.test(value)
}

/** Returns whether a value is a host as the header `Host` contains it, with or without a port. */
function isHost(value: string): boolean {
  return (
    /^[^\s/?#@*,]+$/.test(value) && value === value.toLowerCase() && URL.canParse(`http://${value}`)
  )
}
