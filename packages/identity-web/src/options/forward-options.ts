/**
 * The options of `auth.forward()`. An option that is present must have a value.
 *
 * @example
 * ```ts
 * auth.forward('/api', {
 *   target: 'https://todos.contoso.com/v1',
 *   scopes: ['api://todos/Todos.Read'],
 *   paths: ['/todos/**', '/me'],
 * })
 * ```
 * @public
 */
export interface ForwardOptions {
  /**
   * The URL of the API. Requests are forwarded only to URLs below it. For example, with the path `/api` and the target
   * `https://todos.contoso.com/v1`, a request for `/api/todos` calls `https://todos.contoso.com/v1/todos`.
   *
   * @example auth.forward('/api', { target: 'https://todos.contoso.com/v1', scopes: ['api://todos/Todos.Read'] })
   */
  readonly target: string
  /**
   * The scopes of the access token, as a list or a space-separated string. All of them must belong to the same API. Required
   * unless `token` is `'none'`.
   *
   * @defaultValue not set
   * @example auth.forward('/api', { target: 'https://todos.contoso.com', scopes: ['api://todos/Todos.Read'] })
   */
  readonly scopes?: string | readonly string[]
  /**
   * The access token that is added to each request. With `'user'`, it is the token of the signed-in user. With
   * `'application'`, it is an app-only token. With `'none'`, requests are forwarded without a token. The user must be signed in in all three cases.
   *
   * @defaultValue `'user'`
   * @example
   * ```ts
   * const scopes = 'api://todos/.default'
   * auth.forward('/api', { target: 'https://todos.contoso.com', token: 'application', scopes })
   * ```
   */
  readonly token?: 'user' | 'application' | 'none'
  /**
   * The allowed HTTP methods. Other methods get a 405 response.
   *
   * @defaultValue `['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']`
   * @example auth.forward('/files', { target: 'https://files.contoso.com', token: 'none', methods: ['GET', 'HEAD'] })
   */
  readonly methods?: readonly string[]
  /**
   * The allowed paths below the target. `*` matches one segment. `/**` at the end matches the path before it
   * and everything below. Other paths get a 404 response.
   *
   * @defaultValue every path below the target
   * @example
   * ```ts
   * const scopes = ['User.Read']
   * auth.forward('/graph', { target: 'https://graph.microsoft.com/v1.0', scopes, paths: ['/me', '/users/*', '/me/messages/**'] })
   * ```
   */
  readonly paths?: readonly string[]
  /**
   * More request headers to forward, in addition to the list in the guide. Cookies, credentials and headers about the
   * connection are never forwarded.
   *
   * @defaultValue `[]`
   * @example
   * ```ts
   * auth.forward('/api', { target: 'https://todos.contoso.com', token: 'none', requestHeaders: ['x-board'] })
   * ```
   */
  readonly requestHeaders?: readonly string[]
  /**
   * More response headers to forward, in addition to the list in the guide. Cookies of the API are never forwarded.
   *
   * @defaultValue `[]`
   * @example
   * ```ts
   * auth.forward('/api', { target: 'https://todos.contoso.com', token: 'none', responseHeaders: ['link'] })
   * ```
   */
  readonly responseHeaders?: readonly string[]
  /**
   * The maximum time until the API sends the headers of its response, in seconds. The time starts again with each part of
   * the request body. The body of the response does not have a time limit.
   *
   * @defaultValue `60`
   * @example
   * ```ts
   * auth.forward('/reports', { target: 'https://reports.contoso.com', token: 'none', timeoutSeconds: 300 })
   * ```
   */
  readonly timeoutSeconds?: number
  /**
   * The largest allowed request body, in bytes. A larger one gets a 413 response. The body of the response does not have a
   * limit.
   *
   * @defaultValue `10_485_760`, which is 10 MiB
   * @example
   * ```ts
   * auth.forward('/files', { target: 'https://files.contoso.com', token: 'none', maxBodyBytes: 1_000_000_000 })
   * ```
   */
  readonly maxBodyBytes?: number
  /**
   * Whether to send access tokens to an `http://` URL of another machine. Everyone on the network between the two machines
   * can read and use the tokens. Without this option, `http://` is allowed only for localhost, or with `token: 'none'`.
   *
   * @deprecated Use `https://`, or a service mesh that encrypts the connection.
   * @defaultValue `false`
   * @example
   * ```ts
   * const scopes = ['api://todos/Todos.Read']
   * auth.forward('/api', { target: 'http://todos.internal', scopes, allowInsecureTarget: true })
   * ```
   */
  readonly allowInsecureTarget?: boolean
}
