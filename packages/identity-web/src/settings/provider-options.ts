import type { B2cOptions, TenantPolicy } from '../authority/index.ts'
import type { ClientCredential } from '../client/index.ts'
import type { Logger } from './logger.ts'

/**
 * The options that say who the application is and who issues its tokens: those of a web app (`Auth`) and of a web API
 * (`ApiAuth`) alike.
 *
 * @public
 */
export interface ProviderOptions {
  /** The Application (client) ID of the app registration. @defaultValue `IDENTITY_CLIENT_ID` */
  readonly clientId?: string | undefined
  /**
   * The credential that the application authenticates with: a secret, a certificate, an async function that returns an
   * assertion (a federated credential, a managed identity), an object with `getToken(scope)` such as those of
   * `@azure/identity`, or a list of these. A list is tried in order while you replace a credential.
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
  /** The same as `clientCredential`, for a secret. Set one of the two. @defaultValue `IDENTITY_CLIENT_SECRET` */
  readonly clientSecret?: string | undefined
  /**
   * An Entra ID tenant, such as `https://login.microsoftonline.com/contoso.onmicrosoft.com`, or `common`,
   * `organizations` or `consumers` in the tenant's place; an External ID tenant, `https://contoso.ciamlogin.com`; the
   * URL of an Azure AD B2C policy; an AD FS server, `https://fs.contoso.com/adfs`.
   *
   * @defaultValue `IDENTITY_AUTHORITY`
   */
  readonly authority?: string | undefined
  /**
   * Any OpenID Connect provider's issuer; External ID at a domain of its own.
   *
   * @defaultValue `IDENTITY_OIDC_AUTHORITY`
   */
  readonly oidcAuthority?: string | undefined
  /**
   * The tenant and the user flows of Azure AD B2C, in place of `authority`.
   *
   * @defaultValue `IDENTITY_B2C_…`, a variable each
   */
  readonly b2c?: B2cOptions | undefined
  /**
   * Who may sign in through an authority of many tenants.
   *
   * @defaultValue `'any'`; `'work'` at `organizations`
   */
  readonly tenants?: TenantPolicy | undefined
  /**
   * What the application can do: `['cp1']` says that it answers claims challenges, and Entra ID gives tokens that
   * live for a day and end at once when the user's situation changes (continuous access evaluation).
   *
   * @defaultValue none
   */
  readonly clientCapabilities?: readonly string[] | undefined
  /** Where to tell what happens. `console` fits. @defaultValue silent, but for faults of the configuration */
  readonly logger?: Logger | undefined
  /** Reaches the provider, for proxies. @defaultValue the global `fetch` */
  readonly fetch?: typeof fetch | undefined
  /** Seconds that the provider has to answer. @defaultValue `10` */
  readonly timeout?: number | undefined
  /** The clock, for tests: milliseconds since 1970. @defaultValue `Date.now` */
  readonly now?: (() => number) | undefined
}

/** The variables of the environment, `process.env` on Node.js. */
export type Environment = Readonly<Record<string, string | undefined>>
