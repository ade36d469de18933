// `sharedTokens()`: one token for all servers.
import { TOKEN_CACHE, type ResolveTokenCache, type TokenCache } from '../client/index.ts'
import { readMembers } from '../own.ts'
import { createSharedTokens } from './cache.ts'
import { resolveSharedTokens, type SharedTokensOptions } from './options.ts'

export type * from '../register.ts'

export type { TokenCache } from '../client/index.ts'
export type { SessionStore, StoreLock, TokenStore } from '../store.ts'
export type { SharedTokensOptions } from './options.ts'

/**
 * Lets all your application's servers share tokens: those that `getTokenForClient` returns, and those that an API gets
 * on behalf of its callers. The store contains each token in encrypted form, so the other servers and later processes
 * do not request it again.
 *
 * It does not throw, because wrong options become problems of the `Auth`, `ApiAuth` or `McpAuth`. If the store fails,
 * each process requests its own tokens instead.
 *
 * @param options - The store and the secret, which must be the same on all servers. An `Auth` with `session.store` does
 *   not need these options.
 * @returns The value for the option `tokenCache`.
 *
 * @example
 * ```ts
 * import { ApiAuth } from 'identity-web/express'
 * import { redisStore } from 'identity-web/redis'
 * import { sharedTokens } from 'identity-web/token-cache'
 *
 * const api = new ApiAuth({ tokenCache: sharedTokens({ store: redisStore(redis) }) })
 * ```
 * @public
 */
export function sharedTokens(options: SharedTokensOptions = {}): TokenCache {
  const own = readMembers(options, ['store', 'secret'])
  const resolve: ResolveTokenCache = (needs) => {
    const { problems, settings } = resolveSharedTokens(own, needs)
    return {
      problems,
      store: settings?.store,
      connect: (services) =>
        // Without settings, the class has problems and does not connect.
        createSharedTokens(settings as NonNullable<typeof settings>, services),
    }
  }
  return Object.freeze(TOKEN_CACHE.put({ name: 'sharedTokens()' }, resolve))
}
