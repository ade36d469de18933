// Creates a core with the `basePath` and an uncached `fetch`.
import { toEnvironment, type CreateCore } from '../../classes/index.ts'
import { markGlobalFetch } from '../../fetch-api.ts'
import type { AdaptedOptions } from '../../host-traits.ts'
import { BASE_PATH } from './urls.ts'

/**
 * Creates a class's core. During a build, it does not report wrong options, because a build loads every module, often
 * without the production settings.
 */
export function createCore<Options, Core>(
  create: CreateCore<Options, Core>,
  options: Options,
  adapt?: (options: AdaptedOptions) => void,
): Core {
  const isUnsettled = process.env['NEXT_PHASE'] === 'phase-production-build'
  // Route handlers in `app/[...identity]` would also get all other paths.
  const redirectUriExample = `http://localhost:3000${BASE_PATH}/auth/redirect`
  return create(options, toEnvironment(), {
    isUnsettled,
    redirectUriExample,
    adapt(given) {
      adapt?.(given)
      given.fetch = uncachedFetch(given.fetch)
    },
  })
}

/**
 * Returns a `fetch` whose responses Next.js does not store. They contain one user's tokens and data, while all users
 * share the Next.js cache, which is on the disk.
 *
 * `cache: 'no-store'` alone is not sufficient, because a route with `fetchCache = 'force-cache'` overrides it. With
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

/** Sets the `basePath` of the Next.js configuration, which has no trailing slash. */
export function setLocation(options: AdaptedOptions): void {
  if (options.basePath !== undefined) return
  options.basePath = BASE_PATH
  options.homePath ??= BASE_PATH || '/'
}
