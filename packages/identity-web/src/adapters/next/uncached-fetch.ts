import { markGlobalFetch } from '../../fetch-api.ts'

/**
 * Returns a `fetch` whose responses Next.js does not store. They contain tokens and data of one user, and the cache of
 * Next.js is on the disk and shared by all users.
 *
 * `cache: 'no-store'` alone is not sufficient: a route with `fetchCache = 'force-cache'` overrides it. With
 * `next.internal`, Next.js calls the original `fetch`.
 */
export function uncachedFetch(given: typeof fetch | undefined): typeof fetch | undefined {
  // The checks of the options report a value that is not a function.
  if (given !== undefined && typeof given !== 'function') return given
  const withoutCache: typeof fetch = (input, init) => {
    const uncached: RequestInit & { readonly next: object } = {
      ...init,
      cache: 'no-store',
      next: { internal: true },
    }
    return given === undefined ? fetch(input, uncached) : given(input, uncached)
  }
  return given === undefined ? markGlobalFetch(withoutCache) : withoutCache
}
