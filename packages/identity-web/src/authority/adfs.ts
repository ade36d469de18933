import { segmentsOf, type Authority } from './authority.ts'

/** Whether a URL is that of an AD FS server, whose path is always `/adfs`. */
export function isAdfsUrl(url: URL): boolean {
  const [first, ...rest] = segmentsOf(url)
  return first?.toLowerCase() === 'adfs' && rest.length === 0
}

/** An AD FS server (2019 and later), such as `https://fs.contoso.com/adfs`: its issuer is its URL, and it has no `/v2.0`. */
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
