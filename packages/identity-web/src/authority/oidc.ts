import type { Authority } from './authority.ts'

/**
 * Returns the authority of any OpenID Connect provider.
 *
 * @see {@link https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation}
 */
export function authorityOfIssuer(given: URL): Authority {
  const url = `${given.origin}${given.pathname.replace(/\/$/, '')}`
  return {
    kind: 'oidc',
    url,
    metadataUrl: `${url}/.well-known/openid-configuration${given.search}`,
    // Some providers and developers write the issuer with a slash at the end, others without.
    acceptsIssuer: (issuer) => issuer.replace(/\/$/, '') === url,
    issuerRule: url,
  }
}
