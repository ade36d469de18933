import type { AccountName } from '../config/account-names.js'
import type { AccessTokenRequest } from '../controls/access-token-request.js'
import { accessOfApi, type ApiAccess, type IssuerAccess } from './access.js'
import { assertNotProduction } from './production.js'
import { findProvider, type ProviderChoice } from './provider-client.js'

/**
 * An identity-web `ApiAuth` for any framework.
 *
 * @typeParam Issuer - The names in its option `issuers`.
 */
export interface TestedApi<Issuer extends string = string> {
  authorizationRequired?: unknown
  getTokenForClient(
    scopes: string | readonly string[],
    options?: { readonly issuer?: Issuer },
  ): Promise<unknown>
}

/**
 * The settings for an API in another process.
 *
 * @example
 * ```ts
 * const settings: TokenSettings = { audience: 'api://todos.contoso.example', authority }
 * ```
 */
export interface TokenSettings {
  /** The API's client ID or App ID URI. If you pass a list, the token is for the first entry. */
  readonly audience: string | readonly string[]
  /** The API's authority, which must belong to a development provider. */
  readonly authority: string
}

/**
 * The caller of an API.
 *
 * @typeParam Issuer - The names in the API's option `issuers`.
 * @example
 * ```ts
 * const options: TokenOptions = { as: 'alex', scopes: ['Todos.Read'] }
 * ```
 */
export interface TokenOptions<Issuer extends string = string> extends Omit<
  AccessTokenRequest,
  'api' | 'authority' | 'as'
> {
  /**
   * The token's issuer, by its name in the API's option `issuers`.
   *
   * @defaultValue the first issuer
   * @example await tokenFor(api, { issuer: 'customers', as: 'nora' })
   */
  readonly issuer?: Issuer
  /** The account's first name or user name. Without it, the token is an app-only token. */
  readonly as?: AccountName
  /**
   * The development provider, or its URL.
   *
   * @defaultValue the provider of the authority
   */
  readonly provider?: Exclude<ProviderChoice, false>
}

/**
 * An access token, which you pass to `fetch` or to `app.request` as the second argument.
 *
 * @example
 * ```ts
 * const token: TestToken = await tokenFor(api, { as: 'alex' })
 * const response = await fetch('http://localhost:3000/todos', token)
 * ```
 */
export interface TestToken {
  readonly accessToken: string
  /** The headers for a request with the token. */
  readonly headers: { readonly authorization: string }
  /** Returns the access token, so that you can insert the object into a template string. */
  toString(): string
}

/**
 * Creates an access token for an API, without a sign-in and without consent.
 *
 * @param api - The API's `ApiAuth`, or its audience and its authority.
 * @param options - The user, the scopes or the app permissions, and the changes for an invalid token.
 * @returns The token, and the headers for a request with it.
 * @throws TypeError in production, and when the account, the API, its issuer or the provider does not exist.
 *
 * @example A user, an application, and an expired token
 * ```ts
 * await fetch(url, await tokenFor(api, { as: 'alex', scopes: ['Todos.Read'] })) // 200
 * await fetch(url, await tokenFor(api, { roles: ['Todos.Read.All'] })) // 200
 * await fetch(url, await tokenFor(api, { as: 'alex', expiresIn: -120 })) // 401
 * ```
 */
export async function tokenFor<Issuer extends string>(
  api: TestedApi<Issuer> | TokenSettings,
  { provider: choice, issuer, ...options }: TokenOptions<NoInfer<Issuer>> = {},
): Promise<TestToken> {
  assertNotProduction('tokenFor')
  const { authority, audience } = targetOf(api, issuer)
  const provider = await findProvider(authority, choice)
  if (provider === undefined) {
    throw new TypeError(
      `The authority ${authority} is not an authority of a running development provider. Start a provider with startDevProvider() or "npx --no-install identity-web-dev", and set authority (IDENTITY_AUTHORITY) of the API to an authority of this provider.`,
    )
  }
  const [name] = [audience].flat()
  const accessToken = await provider.accessToken({
    ...options,
    authority,
    ...(name !== undefined && { api: name }),
  })
  return {
    accessToken,
    headers: { authorization: `Bearer ${accessToken}` },
    toString: () => accessToken,
  }
}

function targetOf(api: TestedApi | TokenSettings, issuer: string | undefined): TokenSettings {
  const access = accessOfApi(api)
  if (access !== undefined || issuer !== undefined) {
    const { authority, audience, clientId } = issuerOf(access, issuer)
    return { authority, audience: audience.length > 0 ? audience : clientId }
  }
  if ('audience' in api && URL.canParse(api.authority)) return api
  throw new TypeError(
    'The first argument of tokenFor is not an API. Pass the ApiAuth of your API, or { audience, authority }.',
  )
}

function issuerOf(api: ApiAccess | undefined, issuer: string | undefined): IssuerAccess {
  if (api !== undefined && issuer === undefined) return api
  const named = api?.issuers?.filter(({ name }) => name !== undefined) ?? []
  const found = named.find(({ name }) => name === issuer)
  if (found !== undefined) return found
  const names = named.map(({ name }) => name).join(', ')
  throw new TypeError(
    `tokenFor received the issuer '${issuer}', but ${names === '' ? 'the API does not have the option issuers. Remove the issuer.' : `the option issuers of the API contains ${names}.`}`,
  )
}
