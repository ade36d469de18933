import { IdentityError } from '../errors.ts'
import { isSecureUrl } from './hosts.ts'
import type { TenantPolicy } from './tenants.ts'

/**
 * What stands behind an authority: an Entra ID tenant (or `common` and its like), an External ID tenant for
 * customers, a policy of an Azure AD B2C tenant, an AD FS server, or any other OpenID Connect provider.
 */
export type AuthorityKind = 'entra' | 'external-id' | 'b2c' | 'adfs' | 'oidc'

/**
 * A place that signs users in, and what it may say of itself. Each kind is a function in a file of its own that
 * returns this shape.
 */
export interface Authority {
  readonly kind: AuthorityKind
  readonly url: string
  readonly metadataUrl: string
  /** The tenant as the URL names it: an id, a domain, or `common` and its like. */
  readonly tenant?: string
  /** Who may sign in; `undefined` where tokens name no tenant. */
  readonly tenants?: TenantPolicy | undefined
  /** Azure AD B2C: the policy (user flow) that its tokens must name. */
  readonly policy?: string
  /** Where the keys and the issuer of access tokens of version 1 are: an API decides itself which version it gets. */
  readonly version1?: Authority
  /** Nobody signs in there: of its metadata, only the issuer and the keys are of use. */
  readonly isForTokensOnly?: boolean
  /** Whether metadata with this issuer may speak for the authority. */
  acceptsIssuer(issuer: string): boolean
  /** What `issuer` in the metadata should look like, for messages. */
  readonly issuerRule: string
}

/** How an authority's URL was given, for messages. */
export interface AuthoritySetting {
  readonly option: string
  readonly example: string
}

/** @throws IdentityError `configuration` when the value is no URL that a provider can be asked at. */
export function parseAuthorityUrl(value: string, { option, example }: AuthoritySetting): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || url.hash !== '' || url.username !== '') {
    throw new IdentityError('configuration', `${option} is not a URL. For example ${example}`)
  }
  if (!isSecureUrl(url)) {
    throw new IdentityError(
      'configuration',
      `${option} must begin with https:// (http:// only for a server on this machine). For example ${example}`,
    )
  }
  // People copy the URL of the metadata, too.
  url.pathname = url.pathname.replace(/\/\.well-known\/openid-configuration$/, '')
  return url
}

/** The path of a URL, piece by piece. */
export function segmentsOf(url: URL): string[] {
  return url.pathname.split('/').filter((segment) => segment !== '')
}
