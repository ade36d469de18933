import type { ApiAuthOptions } from '../api/index.ts'

/**
 * The options of `McpAuth`. They are those of `ApiAuth`, and the options of a server for the Model Context Protocol (MCP).
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
export interface McpAuthOptions extends Omit<ApiAuthOptions, 'resource'> {
  /**
   * The URL of the MCP endpoint, as users enter it in a client. Its path is the path of your route.
   *
   * At Entra ID, it must be an Application ID URI of the app registration, in the same spelling. It needs a path, and must
   * not end with a slash. With another provider, tokens with this URL as their audience (`aud`) are accepted.
   *
   * @defaultValue `IDENTITY_RESOURCE`. Required.
   * @example new McpAuth(app, { resource: 'https://tools.contoso.com/mcp' })
   */
  readonly resource?: string | undefined
  /**
   * The scopes of this server that every client needs, as a list or a space-separated string. Clients request them when they
   * sign in. Every guard requires them, unless it names its own scopes.
   *
   * Write the short names, as in the registration. At Entra ID, the library publishes them with `resource` as their prefix.
   * `scopes: undefined` is an error.
   *
   * @defaultValue not set, so any scope of this server is sufficient, and the metadata contains the scopes of all guards
   * @example new McpAuth(app, { scopes: ['Tools.Use'] })
   */
  readonly scopes?: string | readonly string[] | undefined
  /**
   * Scopes that include other scopes. In the example, a token with `Files.ReadWrite` is accepted by guards that require
   * `Files.Read`, and `context.scopes` contains both.
   *
   * @defaultValue `{}`
   * @example new McpAuth(app, { scopeImplies: { 'Files.ReadWrite': ['Files.Read'] } })
   */
  readonly scopeImplies?: Readonly<Record<string, readonly string[]>> | undefined
  /**
   * The origins of web pages that may call the server, in addition to its own origin. The library compares them exactly.
   * Requests with another `Origin` get a 403 response. Programs that are not browsers do not send `Origin`.
   *
   * In development, pages of `localhost` are also allowed.
   *
   * @defaultValue `[]`
   * @example new McpAuth(app, { allowedOrigins: ['https://chat.contoso.com'] })
   */
  readonly allowedOrigins?: readonly string[] | undefined
  /**
   * The allowed values of the header `Host`, in addition to the host of `resource`. A value without a port allows every
   * port. Requests with another `Host` get a 403 response. This protects a server on the user's own machine from web pages
   * whose domain resolves to this machine (DNS rebinding).
   *
   * Set it if your reverse proxy changes the header. In development, `localhost` is also allowed.
   *
   * @defaultValue `[]`
   * @example new McpAuth(app, { allowedHosts: ['mcp.internal:8080'] })
   */
  readonly allowedHosts?: readonly string[] | undefined
  /**
   * Whether to publish a copy of Entra ID's metadata with the field `code_challenge_methods_supported`. Some clients, for
   * example Claude, reject Entra ID without it.
   *
   * The issuer of the copy is `resource`. A client that compares it with the issuer of an ID token rejects the sign-in. MCP
   * clients do not need an ID token. Users still sign in at Entra ID, and this server does not receive their sign-in tokens.
   *
   * @defaultValue `false`
   * @example new McpAuth(app, { mirrorMetadata: true })
   */
  readonly mirrorMetadata?: boolean | undefined
}
