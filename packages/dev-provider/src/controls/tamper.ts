/**
 * Signs claims with the provider's right key.
 *
 * `header` and `key` override what a right token has, for tokens that must be refused: another `alg` (also `none`),
 * another `kid`, an attacker's key. `HS256` without a key uses the text of the public key, the classic mix-up.
 */
export type Sign = (
  claims: Record<string, unknown>,
  header?: Record<string, unknown>,
  key?: CryptoKey | Uint8Array,
) => Promise<string>

/** Hooks that change what the provider sends, for tests that attack the application. */
export interface Tamper {
  metadata?(document: Record<string, unknown>, tenant: string): Record<string, unknown>
  jwks?(document: { keys: JsonWebKey[] }): { keys: JsonWebKey[] }
  /** Returns the token to send in place of the right one; `undefined` leaves it out. */
  idToken?(
    claims: Record<string, unknown>,
    sign: Sign,
  ): Promise<string | undefined> | string | undefined
  /** The same for access tokens, also for those of `accessToken()`. `sign` keeps their header. */
  accessToken?(claims: Record<string, unknown>, sign: Sign): Promise<string> | string
  /** The same for logout tokens, also for those of `logoutToken()`. `sign` keeps their header. */
  logoutToken?(claims: Record<string, unknown>, sign: Sign): Promise<string> | string
  tokenResponse?(body: Record<string, unknown>, grantType: string): Record<string, unknown>
  authorizationResponse?(params: URLSearchParams): URLSearchParams | void
}
