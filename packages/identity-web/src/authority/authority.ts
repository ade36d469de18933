/**
 * The tenants whose users may sign in at an authority for many tenants.
 *
 * - `'any'`: all accounts
 * - `'work'`: work and school accounts, but not personal accounts
 * - a list: the tenants with these IDs
 *
 * @example
 * ```ts
 * const tenants: TenantPolicy = ['11111111-2222-3333-4444-555555555555']
 * ```
 * @public
 */
export type TenantPolicy = 'any' | 'work' | readonly string[]

/**
 * The kind of an authority.
 *
 * - `'entra'`: an Entra ID tenant, or `common`, `organizations` or `consumers`
 * - `'external-id'`: an External ID tenant for customers
 * - `'b2c'`: a policy of an Azure AD B2C tenant
 * - `'adfs'`: an AD FS server
 * - `'oidc'`: any other OpenID Connect provider
 */
export type AuthorityKind = 'entra' | 'external-id' | 'b2c' | 'adfs' | 'oidc'

/**
 * An authority that signs users in, and the rules for its metadata. `recognize.ts` creates it from a URL.
 */
export interface Authority {
  readonly kind: AuthorityKind
  readonly url: string
  readonly metadataUrl: string
  /** The tenant in the URL: an ID, a domain, `common`, `organizations` or `consumers`. */
  readonly tenant?: string
  /** The tenants whose users may sign in. `undefined` if tokens do not contain a tenant. */
  readonly tenants?: TenantPolicy | undefined
  /** The policy (user flow) that tokens of Azure AD B2C must contain. */
  readonly policy?: string
  /** The authority of version 1.0 access tokens. The app registration of an API decides which version it receives. */
  readonly version1?: Authority
  /**
   * `true` if users cannot sign in at this authority. The library then uses only the issuer and the keys of its
   * metadata.
   */
  readonly isForTokensOnly?: boolean
  /** Returns whether the metadata of this authority may contain this issuer. */
  acceptsIssuer(issuer: string): boolean
  /** The expected issuer, for messages. */
  readonly issuerRule: string
}

/** The option that contains the URL of an authority, for messages. */
export interface AuthoritySetting {
  readonly option: string
  readonly example: string
}

/** Returns the non-empty segments of a URL's path. */
export function segmentsOf(url: URL): string[] {
  return url.pathname.split('/').filter((segment) => segment !== '')
}
