/**
 * Signs claims with the provider's right key.
 *
 * `header` and `key` override the right values, for tests with invalid tokens. Use them for another `alg` (also `none`),
 * another `kid` or an attacker's key. With `alg: 'HS256'` and without a key, the public key becomes the secret, which is a
 * well-known attack.
 */
export type Sign = (
  claims: Record<string, unknown>,
  header?: Record<string, unknown>,
  key?: CryptoKey | Uint8Array,
) => Promise<string>

/**
 * Hooks that change the provider's responses, for tests that attack your app.
 *
 * @example Replace the nonce of ID tokens
 * ```ts
 * provider.tamper = { idToken: (claims, sign) => sign({ ...claims, nonce: 'stolen' }) }
 * ```
 */
export interface Tamper {
  /** Returns the metadata to send. `tenant` is the issuer in the request's path. */
  metadata?(document: Record<string, unknown>, tenant: string): Record<string, unknown>
  /** Returns the key document to send. */
  jwks?(document: { keys: JsonWebKey[] }): { keys: JsonWebKey[] }
  /** Returns the ID token to send instead of the right one, or `undefined` to omit it. */
  idToken?(
    claims: Record<string, unknown>,
    sign: Sign,
  ): Promise<string | undefined> | string | undefined
  /**
   * Returns the access token to send, also for `accessToken()`. `sign` keeps the right token's header.
   */
  accessToken?(claims: Record<string, unknown>, sign: Sign): Promise<string> | string
  /**
   * Returns the logout token to send, also for `logoutToken()`. `sign` keeps the right token's header.
   */
  logoutToken?(claims: Record<string, unknown>, sign: Sign): Promise<string> | string
  /** Returns the JSON body to send as the token response. */
  tokenResponse?(body: Record<string, unknown>, grantType: string): Record<string, unknown>
  /** Returns the parameters to send in the authorization response. You can also change `params` instead. */
  authorizationResponse?(params: URLSearchParams): URLSearchParams | void
}
