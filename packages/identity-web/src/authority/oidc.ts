import type { Authority } from './authority.ts'

/**
 * Any OpenID Connect provider, by its issuer.
 *
 * @see {@link https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation}
 */
export function authorityOfIssuer(given: URL): Authority {
  const url = `${given.origin}${given.pathname.replace(/\/$/, '')}`
  return {
    kind: 'oidc',
    url,
    metadataUrl: `${url}/.well-known/openid-configuration${given.search}`,
    // Providers disagree on the slash at the end, and so do the people who copy their URLs.
    acceptsIssuer: (issuer) => issuer.replace(/\/$/, '') === url,
    issuerRule: url,
  }
}
