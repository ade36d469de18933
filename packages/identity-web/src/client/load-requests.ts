// Loads the requests with the first token request or error.
import { loadLater, type Load } from '../load-later.ts'
import type { ClientTokens } from './client-token.ts'
import type { OAuthClient } from './oauth-client.ts'
import type { SharedTokens } from './token-cache.ts'
import type { ApplicationTokens } from './token-source.ts'

/**
 * Loads the module that sends requests with client authentication, which contains openid-client and the hints about the
 * provider's errors.
 */
export const loadRequests: Load<typeof import('./requests.ts')> = loadLater(
  'a request to the token endpoint',
  () => import('./requests.ts'),
)

/** Returns an application's app-only tokens, whose code is loaded with the first request for a token. */
export function applicationTokens(client: OAuthClient, shared?: SharedTokens): ApplicationTokens {
  let tokens: ClientTokens | undefined
  return {
    kind: 'application',
    client,
    async getToken({ scopes }, challenge) {
      const { createClientTokens } = await loadRequests()
      // Another request may have created them in the meantime.
      tokens ??= createClientTokens(client, shared)
      return tokens(scopes, challenge)
    },
  }
}

/**
 * Returns what `operatorHint` returns, but loads the hints only at the first error, because most workers never need
 * them.
 *
 * @returns If the hints cannot be loaded, a sentence about that failure, because the provider's error is more
 *   important.
 */
export async function hintFor(
  codes: readonly string[],
  error?: string,
  grant?: string,
): Promise<string | undefined> {
  try {
    const { operatorHint } = await loadRequests()
    return operatorHint(codes, error, grant)
  } catch (failure) {
    return (failure as Error).message
  }
}
