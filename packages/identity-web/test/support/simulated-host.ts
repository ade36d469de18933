import type { DevProvider, Tamper } from 'identity-web-dev'

/** A host of Microsoft's, played by the development provider. */
export interface SimulatedHost {
  readonly origin: string
  /** For the option `fetch`: requests to the host travel to the provider, over real HTTP; to no other. */
  readonly fetch: typeof fetch
  /** The URLs that were fetched, as the library wrote them. */
  readonly fetchedUrls: string[]
  /** For `provider.tamper`: what the provider says of its own address becomes the host's. */
  readonly tamper: Required<Pick<Tamper, 'metadata' | 'jwks' | 'idToken'>>
  /** Where a browser finds what the library sends it to. */
  toProvider(url: string): string
}

export function simulateHost(provider: DevProvider, host: string): SimulatedHost {
  const origin = `https://${host}`
  const fetchedUrls: string[] = []
  const renamed = <T>(document: T): T =>
    JSON.parse(JSON.stringify(document).replaceAll(provider.origin, origin)) as T

  const toProvider = (url: string): string => {
    if (new URL(url).origin !== origin) throw new Error(`Nobody answers at ${url}`)
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
