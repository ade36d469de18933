// Looks up groups that a token cannot contain, at Microsoft Graph.
import type { Authority } from '../../authority/index.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { createRecentCache, getOrCreate } from '../../caches.ts'
import { GRAPH_SCOPE, checkMemberGroups, tooManyGroups } from '../../client/group-lookup.ts'
import type { NamesRule } from '../../options/requirements.ts'
import { atIssuer } from '../token/rules.ts'
import type { UserContext } from './context.ts'

/** The look-up of groups for callers whose tokens cannot contain their groups. */
export interface CallerGroups {
  /** Records a route's groups, so that one look-up covers all routes. */
  add(rule: NamesRule | undefined): void
  /**
   * Returns the user's groups, out of the groups that all routes require.
   *
   * @throws IdentityError `provider_unavailable` if Microsoft Graph cannot look them up. `interaction_required` if the
   *   user must consent first.
   */
  readonly of: (context: UserContext, required: NamesRule) => MaybePromise<readonly string[]>
}

/** The groups that were looked up for a token, and the user's groups among them. */
interface CacheEntry {
  readonly asked: ReadonlySet<string>
  readonly found: readonly string[]
}

/**
 * Creates the look-up of groups at Microsoft Graph, on behalf of the caller.
 *
 * Its result is cached for the token, but does not outlive it, because the token is verified before each use of the
 * cache.
 */
export function createCallerGroups(authority: Authority): CallerGroups {
  const named = new Set<string>()
  const cache = createRecentCache<CacheEntry>()
  const inFlight = new Map<string, Promise<CacheEntry>>()

  async function lookUp({ token, fetch }: UserContext): Promise<CacheEntry> {
    const asked = new Set(named)
    const found = await checkMemberGroups(
      (path, init) => fetch(path, { ...init, scopes: [GRAPH_SCOPE] }),
      [...asked],
    )
    const entry = { asked, found }
    cache.set(token, entry)
    return entry
  }

  return {
    add: (rule) => rule?.names.forEach((name) => named.add(name)),

    of: (context, { names }) =>
      atIssuer(context.issuer, () => {
        if (authority.kind !== 'entra') throw tooManyGroups('access token', 'authorizationRequired')
        const { token } = context
        const entry = cache.get(token)
        if (entry !== undefined && names.every((name) => entry.asked.has(name))) return entry.found
        const request = getOrCreate(inFlight, token, () =>
          lookUp(context).finally(() => inFlight.delete(token)),
        )
        return request.then(async ({ asked, found }) =>
          // A route may have been declared since the request started.
          names.every((name) => asked.has(name)) ? found : (await lookUp(context)).found,
        )
      }),
  }
}
