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
   * The URL of the MCP endpoint, as clients enter it. Its path is the path of your route.
   *
   * At Entra ID, it must be an Application ID URI of the app registration, in the same spelling. It needs a path, and must
   * not end with a slash. With another provider, tokens with this URL as their audience (`aud`) are accepted.
   *
   * @defaultValue `IDENTITY_RESOURCE`. Required.
   * @example new McpAuth(app, { resource: 'https://tools.contoso.com/mcp' })
   */
  readonly resource?: string | undefined
  /**
   * The scopes of this server that every client needs, as a list or a space-separated string. Clients request them when
   * they sign in. Guards require them, unless a guard has another requirement of scopes.
   *
   * Write the names as the registration contains them. At Entra ID, the library adds `resource` in front of them. If the key is
   * present, it must have a value.
   *
   * @defaultValue any scope of this server is sufficient, and the metadata contains the scopes of all guards
   * @example new McpAuth(app, { scopes: ['Tools.Use'] })
   */
  readonly scopes?: string | readonly string[] | undefined
  /**
   * Scopes that contain other scopes. A token with the broader scope is accepted where the narrower one is required, and
   * `context.scopes` contains both.
   *
   * @defaultValue `{}`
   * @example new McpAuth(app, { scopeImplies: { 'Files.ReadWrite': ['Files.Read'] } })
   */
  readonly scopeImplies?: Readonly<Record<string, readonly string[]>> | undefined
  /**
   * The origins of web pages that may call the server from a browser, in addition to its own origin. They are compared
   * exactly. Requests with another `Origin` get the status 403. Programs that are not browsers do not send `Origin`.
   *
   * In development, pages of this machine (`localhost`) may call as well.
   *
   * @defaultValue `[]`
   * @example new McpAuth(app, { allowedOrigins: ['https://chat.contoso.com'] })
   */
  readonly allowedOrigins?: readonly string[] | undefined
  /**
   * The values of the header `Host` with which requests may arrive, in addition to the host of `resource`. A value without
   * a port allows every port. Requests with another `Host` get the status 403. This protects servers on the machine of a
   * user from web pages that point their own domain to it (DNS rebinding).
   *
   * Set it if a proxy in front of your server replaces the header. In development, `localhost` is allowed as well.
   *
   * @defaultValue `[]`
   * @example new McpAuth(app, { allowedHosts: ['mcp.internal:8080'] })
   */
  readonly allowedHosts?: readonly string[] | undefined
  /**
   * Whether to publish a copy of Entra ID's metadata that mentions PKCE. Use it for clients that otherwise reject Entra ID,
   * for example Claude.
   *
   * The copy has `resource` as its issuer, so clients that compare the issuer of an ID token with it reject the sign-in. MCP
   * clients do not need an ID token. Users still sign in at Entra ID, and no token passes this server.
   *
   * @defaultValue `false`
   * @example new McpAuth(app, { mirrorMetadata: true })
   */
  readonly mirrorMetadata?: boolean | undefined
}
