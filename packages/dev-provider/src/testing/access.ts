/** The key of a method of `Auth` and `ApiAuth`. It is a symbol, so that editors do not suggest the method. */
const TEST_ACCESS = Symbol.for('identity-web.test-access')

/** A signed-in user's claims. */
export interface TestClaims {
  readonly iss: string
  readonly sub: string
  readonly [claim: string]: unknown
}

/** The session that `Auth` started, before the kit converts its cookies. */
export interface StartedSession {
  readonly setCookies: readonly string[]
  readonly user: unknown
  readonly claims: TestClaims
}

/** The part of an `Auth` that the kit uses: the type `TestAccess` of identity-web. */
export interface AuthAccess {
  readonly kind: 'entra' | 'external-id' | 'b2c' | 'adfs' | 'oidc'
  readonly authority: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly redirectUri: string | undefined
  now(): number
  start(signIn: {
    readonly claims: TestClaims
    readonly tokens?: Readonly<Record<string, unknown>>
    readonly scopes?: readonly string[]
  }): Promise<StartedSession>
}

/** An issuer whose tokens an API accepts, and the API's names in these tokens. */
export interface IssuerAccess {
  readonly authority: string
  readonly clientId: string
  readonly audience: readonly string[]
}

/** The part of an `ApiAuth` that the kit uses: the type `ApiTestAccess` of identity-web. */
export interface ApiAccess extends IssuerAccess {
  /**
   * All issuers, if the version of the library has the option `issuers`. The properties above have the values of the first
   * issuer.
   */
  readonly issuers?: readonly (IssuerAccess & { readonly name: string | undefined })[]
}

/**
 * Returns the part of an `Auth` that the kit uses.
 *
 * @throws TypeError when the value is not an `Auth`.
 */
export function accessOfAuth(auth: unknown): AuthAccess {
  const access = accessOf(auth)
  if (access !== undefined && 'start' in access) return access as unknown as AuthAccess
  throw new TypeError(
    'auth is not an Auth of identity-web. Pass the object that new Auth(…) returned, and install the same version of identity-web and identity-web-dev.',
  )
}

/** Returns the part of an `ApiAuth` that the kit uses, or `undefined` when the value is not one. */
export function accessOfApi(api: unknown): ApiAccess | undefined {
  const access = accessOf(api)
  return access !== undefined && 'audience' in access ? (access as unknown as ApiAccess) : undefined
}

function accessOf(owner: unknown): object | undefined {
  if (typeof owner !== 'object' || owner === null) return undefined
  const method = (owner as { readonly [TEST_ACCESS]?: () => object })[TEST_ACCESS]
  return typeof method === 'function' ? method.call(owner) : undefined
}
