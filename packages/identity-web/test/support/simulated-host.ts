import type { DevProvider, Tamper } from 'identity-web-dev'

/** A host of Microsoft that the development provider simulates. */
export interface SimulatedHost {
  readonly origin: string
  /** For the option `fetch`: sends requests for the host to the provider over HTTP, and rejects all others. */
  readonly fetch: typeof fetch
  /** The URLs that the library fetched. */
  readonly fetchedUrls: string[]
  /** For `provider.tamper`: replaces the origin of the provider with that of the host. */
  readonly tamper: Required<Pick<Tamper, 'metadata' | 'jwks' | 'idToken'>>
  /** Returns the URL at the provider for a URL of the host. */
  toProvider(url: string): string
}

export function simulateHost(provider: DevProvider, host: string): SimulatedHost {
  const origin = `https://${host}`
  const fetchedUrls: string[] = []
  const renamed = <T>(document: T): T =>
    JSON.parse(JSON.stringify(document).replaceAll(provider.origin, origin)) as T

  const toProvider = (url: string): string => {
    if (new URL(url).origin !== origin) throw new Error(`No server responds at ${url}`)
    return url.replace(origin, provider.origin)
  }
  return {
    origin,
    fetchedUrls,
    toProvider,
    fetch: (input, init) => {
      const { url } = new Request(input)
      fetchedUrls.push(url)
      return fetch(toProvider(url), init)
    },
    tamper: {
      metadata: renamed,
      jwks: renamed,
      idToken: (claims, sign) => sign(renamed(claims)),
    },
  }
}
