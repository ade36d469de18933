import { segmentsOf, type Authority } from './authority.ts'

/** Returns whether a URL belongs to an AD FS server. Its path is always `/adfs`. */
export function isAdfsUrl(url: URL): boolean {
  const [first, ...rest] = segmentsOf(url)
  return first?.toLowerCase() === 'adfs' && rest.length === 0
}

/**
 * Returns the authority of an AD FS server (2019 and later), such as `https://fs.contoso.com/adfs`.
 *
 * The issuer is the URL of the server, without `/v2.0`.
 */
export function adfsAuthority(given: URL): Authority {
  const url = `${given.origin}/adfs`
  return {
    kind: 'adfs',
    url,
    metadataUrl: `${url}/.well-known/openid-configuration${given.search}`,
    acceptsIssuer: (issuer) => issuer.toLowerCase() === url.toLowerCase(),
    issuerRule: url,
  }
}
