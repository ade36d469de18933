import type { B2cOptions, TenantPolicy } from '../authority/index.ts'
import type { ApiDefinitions, ClientCredential } from '../client/index.ts'
import type { Logger } from './logger.ts'

/**
 * The options that `Auth` (web app) and `ApiAuth` (web API) share. They identify the application and its identity
 * provider.
 *
 * @public
 */
export interface ProviderOptions {
  /** The Application (client) ID of the app registration. @defaultValue `IDENTITY_CLIENT_ID` */
  readonly clientId?: string | undefined
  /**
   * The credential that the application authenticates with. It can be:
   *
   * - a client secret
   * - a certificate
   * - an async function that returns a client assertion, for a federated credential or a managed identity
   * - an object with `getToken(scope)`, such as those of `@azure/identity`
   * - a list of these, which are tried in order while you replace one credential with another
   *
   * @defaultValue `IDENTITY_CLIENT_SECRET`
   *
   * @example A certificate
   * ```ts
   * const auth = new Auth(app, {
   *   clientCredential: { certificate: '/etc/app/certificate.pem', privateKey: '/etc/app/private-key.pem' },
   * })
   * ```
   * @example The managed identity of the Azure service that the application runs on
   * ```ts
   * const auth = new Auth(app, { clientCredential: managedIdentityAssertion() })
   * ```
   */
  readonly clientCredential?: ClientCredential | undefined
  /** The client secret. Set either this option or `clientCredential`. @defaultValue `IDENTITY_CLIENT_SECRET` */
  readonly clientSecret?: string | undefined
  /**
   * The URL of a Microsoft authority. It can be:
   *
   * - an Entra ID tenant, such as `https://login.microsoftonline.com/contoso.onmicrosoft.com`. `common`, `organizations` or
   *   `consumers` can replace the tenant.
   * - an External ID tenant, such as `https://contoso.ciamlogin.com`
   * - an Azure AD B2C policy
   * - an AD FS server, such as `https://fs.contoso.com/adfs`
   *
   * @defaultValue `IDENTITY_AUTHORITY`
   */
  readonly authority?: string | undefined
  /**
   * The issuer of any OpenID Connect provider, or the URL of External ID with a custom domain.
   *
   * @defaultValue `IDENTITY_OIDC_AUTHORITY`
   */
  readonly oidcAuthority?: string | undefined
  /**
   * The tenant and the user flows of Azure AD B2C. Set it instead of `authority`.
   *
   * @defaultValue one environment variable `IDENTITY_B2C_…` for each member
   */
  readonly b2c?: B2cOptions | undefined
  /**
   * The tenants whose users may sign in at an authority for many tenants.
   *
   * @defaultValue `'any'`, or `'work'` if the tenant of the authority is `organizations`
   */
  readonly tenants?: TenantPolicy | undefined
  /**
   * The client capabilities. `['cp1']` means that the application supports claims challenges.
   *
   * With `cp1`, Entra ID issues access tokens that are valid for about a day. An API can reject them immediately when, for
   * example, an administrator disables the user (continuous access evaluation).
   *
   * @defaultValue `[]`
   */
  readonly clientCapabilities?: readonly string[] | undefined
  /**
   * The APIs that the application calls, by name. `context.api.todos.fetch('/1')` gets a token for the scopes of the API
   * `todos` and calls it. `context.fetch('/1')` calls the API that the scopes of the route belong to.
   *
   * At Entra ID and External ID, Microsoft Graph needs no entry: `context.fetch('/me')` calls it.
   *
   * @defaultValue not set
   *
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   apis: { todos: { baseUrl: 'https://todos.contoso.com/v1', scopes: ['api://todos/Todos.Read'] } },
   * })
   * ```
   */
  readonly apis?: ApiDefinitions | undefined
  /** Receives log messages. You can pass `console`. @defaultValue logs only configuration errors, to the console */
  readonly logger?: Logger | undefined
  /** Sends the requests to the provider, for example through a proxy. @defaultValue the global `fetch` */
  readonly fetch?: typeof fetch | undefined
  /** The maximum duration of a request to the provider, in seconds. @defaultValue `10` */
  readonly timeoutSeconds?: number | undefined
  /** Returns the current Unix time in milliseconds, for tests. @defaultValue `Date.now` */
  readonly now?: (() => number) | undefined
}

/** Environment variables, such as `process.env` on Node.js. */
export type Environment = Readonly<Record<string, string | undefined>>
