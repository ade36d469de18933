import {
  defaultConfig,
  startDevProvider,
  type AccessTokenRequest,
  type AppConfig,
} from 'identity-web-dev'
import type { ApiAuthOptions, IssuerOptions } from 'identity-web/express'
import { test as base, type ApiRoutes } from './fixtures.ts'
import type { ProtectedApi } from './protected-api.ts'

export const CONTOSO = 'c0000000-0000-4000-8000-000000000001'
export const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'
export const CUSTOMERS = 'c1a00000-0000-4000-8000-000000000003'
/** External ID has the same issuer at every host. */
export const CUSTOMERS_ISSUER = `https://${CUSTOMERS}.ciamlogin.com/${CUSTOMERS}/v2.0`
export const TODO_API = '22222222-3333-4444-8555-666666666666'
export const TODO_URI = 'api://todos.contoso.example'
export const OLD_API = '44444444-5555-4666-8777-888888888888'
export const B2C_API = '33333333-4444-4555-8666-777777777777'
export const PLAIN_API = 'https://todos.example'
export const API_SECRET = 'dev-api-secret-not-for-production'
/** The secret of the API at the second provider. */
export const OTHER_SECRET = 'other-api-secret-not-for-production'

const [app, todos, ...others] = defaultConfig.apps as [AppConfig, AppConfig, ...AppConfig[]]
const oldApi: AppConfig = {
  ...todos,
  clientId: OLD_API,
  idUri: 'api://old.example',
  accessTokenVersion: 1,
}

export type Issuers = Readonly<Record<string, IssuerOptions>>

/** The options of one issuer, which the fixture `openApi` sets. */
const WITHOUT_ISSUER: ApiAuthOptions = {
  authority: undefined,
  clientId: undefined,
  clientCredential: undefined,
  audience: undefined,
}

/** Vitest's `test` with APIs of several issuers. */
export const test = base
  .extend('providerOptions', { config: { apps: [app, todos, ...others, oldApi] } })
  /** One entry for each profile of the provider. */
  .extend('entries', ({ provider }) => ({
    workforce: {
      authority: provider.authority(CONTOSO),
      clientId: TODO_API,
      clientCredential: API_SECRET,
      audience: TODO_URI,
    },
    /** The External ID tenant of the provider. */
    customers: { authority: provider.authority(CUSTOMERS), clientId: TODO_API, audience: TODO_URI },
    b2c: { b2c: provider.b2c, clientId: B2C_API },
    plain: { oidcAuthority: provider.oidcAuthority, audience: PLAIN_API },
  }))
  /** A second provider, with other keys. It knows the same tenants and applications, with another secret of the API. */
  .extend('otherProvider', async ({ clock }, { onCleanup }) => {
    const other = await startDevProvider({
      now: clock.now,
      logger: () => undefined,
      config: { apps: [app, { ...todos, clientSecret: OTHER_SECRET }, ...others] },
    })
    onCleanup(() => other.close())
    // Providers of one process start with the same keys.
    await other.rollKeys({ keepOld: false })
    return other
  })
  /** The customers of the second provider. */
  .extend('otherCustomers', ({ otherProvider }) => ({
    authority: otherProvider.authority(CUSTOMERS),
    clientId: TODO_API,
    clientCredential: OTHER_SECRET,
  }))
  /** Returns a user's token for the API "Todos". */
  .extend(
    'todoToken',
    ({ provider }) =>
      (as: string, request: AccessTokenRequest = {}) =>
        provider.accessToken({ as, api: TODO_API, ...request }),
  )
  /** Returns Alex's token of the plain provider. */
  .extend(
    'plainToken',
    ({ provider }) =>
      (claims: Record<string, unknown> = {}) =>
        provider.accessToken({
          as: 'alex',
          api: PLAIN_API,
          authority: 'oidc',
          scopes: ['Todos.Read'],
          claims,
        }),
  )
  /** Starts an API with these issuers. */
  .extend(
    'openIssuers',
    ({ openApi }) =>
      (
        issuers: Issuers,
        options: ApiAuthOptions = {},
        routes: ApiRoutes = () => undefined,
      ): Promise<ProtectedApi> =>
        openApi({ ...WITHOUT_ISSUER, issuers, ...options }, (express, api) => {
          express.get(
            '/',
            api.authorizationRequired((_req, res, { issuer, user }) => {
              res.json({ issuer, sub: user.sub, iss: user.iss })
            }),
          )
          express.get(
            '/read',
            api.authorizationRequired({ scopes: ['Todos.Read'] }, (_req, res, { issuer }) => {
              res.json({ issuer })
            }),
          )
          express.get(
            '/write',
            api.authorizationRequired({ scopes: ['Todos.ReadWrite'] }, (_req, res) => {
              res.json({})
            }),
          )
          routes(express, api)
        }),
  )

/** Calls the API, and returns the name of the issuer, or the status of a rejection. */
export async function issuerFor(
  api: ProtectedApi,
  token: string,
  path = '/',
): Promise<string | number> {
  const { status, body } = await api.call(path, token)
  return status === 200 ? (body as { readonly issuer: string }).issuer : status
}

export { describe, expect } from './fixtures.ts'
