/**
 * The options of `auth.proxy()`. An option that is present must have a value.
 *
 * @example
 * ```ts
 * auth.proxy('/api', {
 *   target: 'https://todos.contoso.com/v1',
 *   scopes: ['api://todos/Todos.Read'],
 *   paths: ['/todos/**', '/me'],
 * })
 * ```
 * @public
 */
export interface ApiProxyOptions {
  /**
   * The URL of the API. The rest of the path is appended to it: with the proxy `/api` and the target
   * `https://todos.contoso.com/v1`, a request for `/api/todos` calls `https://todos.contoso.com/v1/todos`. No request leaves
   * this origin and this path.
   *
   * @example auth.proxy('/api', { target: 'https://todos.contoso.com/v1', scopes: ['api://todos/Todos.Read'] })
   */
  readonly target: string
  /**
   * The scopes of the API, as a list or a space-separated string. The access token is requested for them. Required unless
   * `token` is `'none'`.
   *
   * @defaultValue not set
   * @example auth.proxy('/api', { target: 'https://todos.contoso.com', scopes: ['api://todos/Todos.Read'] })
   */
  readonly scopes?: string | readonly string[]
  /**
   * The access token that the API gets: that of the signed-in `'user'`, that of the `'application'` without a user, or
   * `'none'`. All three require a session.
   *
   * @defaultValue `'user'`
   * @example
   * ```ts
   * const scopes = 'api://todos/.default'
   * auth.proxy('/api', { target: 'https://todos.contoso.com', token: 'application', scopes })
   * ```
   */
  readonly token?: 'user' | 'application' | 'none'
  /**
   * The HTTP methods that are forwarded. Other methods get a 405 response.
   *
   * @defaultValue `['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']`
   * @example auth.proxy('/files', { target: 'https://files.contoso.com', token: 'none', methods: ['GET', 'HEAD'] })
   */
  readonly methods?: readonly string[]
  /**
   * The paths that are forwarded, without the path of the proxy. `*` stands for one segment, and `/**` at the end for the path
   * and everything below it. Other paths get a 404 response.
   *
   * @defaultValue every path below the target
   * @example
   * ```ts
   * const scopes = ['User.Read']
   * auth.proxy('/graph', { target: 'https://graph.microsoft.com/v1.0', scopes, paths: ['/me', '/users/*', '/me/messages/**'] })
   * ```
   */
  readonly paths?: readonly string[]
  /**
   * Further request headers that the API gets, in addition to those of the list in the guide. Cookies, credentials and headers
   * about the connection are never forwarded.
   *
   * @defaultValue `[]`
   * @example
   * ```ts
   * auth.proxy('/api', { target: 'https://todos.contoso.com', token: 'none', requestHeaders: ['x-board'] })
   * ```
   */
  readonly requestHeaders?: readonly string[]
  /**
   * Further response headers that the browser gets, in addition to those of the list in the guide. Cookies of the API are never
   * passed on.
   *
   * @defaultValue `[]`
   * @example
   * ```ts
   * auth.proxy('/api', { target: 'https://todos.contoso.com', token: 'none', responseHeaders: ['link'] })
   * ```
   */
  readonly responseHeaders?: readonly string[]
  /**
   * The maximum time until the API sends the headers of its response, in seconds. It starts again with each part of the
   * request body. The body of the response has no time limit.
   *
   * @defaultValue `60`
   * @example
   * ```ts
   * auth.proxy('/reports', { target: 'https://reports.contoso.com', token: 'none', timeoutSeconds: 300 })
   * ```
   */
  readonly timeoutSeconds?: number
  /**
   * The largest request body, in bytes. A larger one gets a 413 response. The body of the response has no limit.
   *
   * @defaultValue `10_485_760`, which is 10 MiB
   * @example
   * ```ts
   * auth.proxy('/files', { target: 'https://files.contoso.com', token: 'none', maxBodyBytes: 1_000_000_000 })
   * ```
   */
  readonly maxBodyBytes?: number
  /**
   * Sends access tokens to an `http://` URL of another machine. Everyone on the network between the two machines can read and use
   * the tokens. Without this option, `http://` is allowed only on localhost and with `token: 'none'`.
   *
   * @deprecated Use `https://`, or a service mesh that encrypts the connection.
   * @defaultValue `false`
   * @example
   * ```ts
   * const scopes = ['api://todos/Todos.Read']
   * auth.proxy('/api', { target: 'http://todos.internal', scopes, allowInsecureTarget: true })
   * ```
   */
  readonly allowInsecureTarget?: boolean
}
