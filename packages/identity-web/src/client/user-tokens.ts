// Returns an access token of a session, and refreshes it.
import { addCacheEntry, type ExpiringEntry } from '../caches.ts'
import { IdentityError } from '../errors.ts'
import type { AccessToken, SessionTokens } from '../tokens.ts'
import type { ClaimsChallenge } from './challenges.ts'
import type { OAuthClient } from './oauth-client.ts'
import { createRefreshLimit } from './refresh-limit.ts'
import { includesAll, type ResourceScopes } from './scopes.ts'
import {
  createSessionRefresh,
  NO_SCOPES,
  type RefreshGoal,
  type TokenSession,
  type TokenState,
  type TokenWithState,
} from './session-refresh.ts'
import { RETRY_PAUSE_SECONDS } from './token-response.ts'

/** Returns sessions' access tokens, and refreshes them when needed. */
export interface UserTokens {
  /**
   * Returns a session's newest tokens, because another request may have received tokens that are newer than those in
   * the session.
   */
  latestState(session: TokenSession): TokenState
  /** Returns a valid token, even if it should be refreshed soon, for requests that cannot refresh tokens. */
  findValidToken(session: TokenSession, requested: ResourceScopes): AccessToken | undefined
  /** Returns one of the session's tokens that does not need a refresh, or `undefined` if a refresh can be necessary. */
  findFreshToken(
    id: string,
    tokens: SessionTokens,
    requested: ResourceScopes,
  ): AccessToken | undefined
  /**
   * Returns an access token for the requested scopes, and refreshes the session's tokens if needed.
   *
   * @throws IdentityError `interaction_required` if the user must sign in or consent. `provider_unavailable` if the
   *   session does not have a valid token and the provider cannot return one now.
   */
  getAccessToken(
    session: TokenSession,
    requested: ResourceScopes,
    challenge?: ClaimsChallenge,
  ): Promise<TokenWithState>
  /** Refreshes the session's tokens to get a new ID token, even if the access tokens are still valid. */
  refreshIdToken(session: TokenSession): Promise<TokenState>
  /**
   * Returns whether to report the refresh that returned these tokens. Many requests share a refresh, so the result is
   * `true` only for the first one, and `false` for all if another server refreshed the tokens.
   */
  claimReport(tokens: SessionTokens): boolean
}

/** The time in seconds during which requests with the previous cookie get the refreshed tokens from memory. */
const MEMORY_SECONDS = 120

interface InFlightRefresh {
  readonly key: string
  readonly result: Promise<TokenWithState | TokenState>
}

interface StateCacheEntry extends TokenState, ExpiringEntry {}

interface FailedRefresh extends ExpiringEntry {
  readonly key: string
  readonly revision: number
  readonly error: IdentityError
}

/**
 * Creates the access to sessions' tokens. Even if many requests need a token, the session is refreshed only once.
 *
 * A browser sends many requests with the same cookie, but a provider that rotates refresh tokens treats a refresh
 * token's second use as theft and ends the session. Therefore:
 *
 * - Requests for the same token share one refresh.
 * - Requests for other APIs' tokens wait for this refresh, and then use the new refresh token.
 * - Later requests with the previous cookie get the result from memory.
 */
export function createUserTokens(client: OAuthClient): UserTokens {
  const inFlight = new Map<string, InFlightRefresh>()
  const cache = new Map<string, StateCacheEntry>()
  const failures = new Map<string, FailedRefresh>()
  const unreported = new WeakSet<SessionTokens>()
  const limit = createRefreshLimit(client.issuing.transport.timeoutSeconds)
  const { now } = client.issuing

  /** Returns the state that another request received, if it is newer than the session's own tokens. */
  function newerState(id: string, { revision }: SessionTokens): TokenState | undefined {
    const cached = cache.get(id)
    const isNewer =
      cached !== undefined && cached.expiresAt > now() && cached.tokens.revision > revision
    return isNewer ? cached : undefined
  }

  const latestState = ({ id, tokens }: TokenSession): TokenState =>
    newerState(id, tokens) ?? { tokens }

  function remember(id: string, state: TokenState): void {
    const expiresAt = now() + MEMORY_SECONDS
    addCacheEntry(id, { ...state, expiresAt }, { in: cache, now: now() })
  }

  const refresh = createSessionRefresh(client, {
    latestState,
    remember,
    onRefreshed(id, state) {
      unreported.add(state.tokens)
      remember(id, state)
    },
  })

  /** Returns the failure if the same tokens were recently refreshed without success. */
  function lastFailure(id: string, { revision }: SessionTokens): FailedRefresh | undefined {
    const failure = failures.get(id)
    const isRecent =
      failure !== undefined && failure.revision === revision && failure.expiresAt > now()
    return isRecent ? failure : undefined
  }

  /** Runs only one refresh for a session at a time. Requests with the same goal share the refresh. */
  async function singleFlight(
    session: TokenSession,
    goal: RefreshGoal,
  ): Promise<TokenWithState | TokenState> {
    const { requested, challenge, isReached } = goal
    const claims = challenge && JSON.stringify(challenge.claims)
    const key = [requested.resource, ...requested.names.toSorted(), claims].join(' ')
    for (;;) {
      const state = latestState(session)
      if (isReached(state)) return state
      const pending = inFlight.get(session.id)
      if (pending === undefined) {
        // A script that repeats a request gets the same error for a while, without another request to the provider. Entra
        // ID rejects such loops (AADSTS50196).
        const failed = lastFailure(session.id, state.tokens)
        if (failed?.key === key && failed.error.code === 'interaction_required') throw failed.error
        const result = limit(() => refresh(session, state, goal))
          .catch((error: unknown) => {
            if (IdentityError.is(error)) {
              const expiresAt = now() + RETRY_PAUSE_SECONDS
              const failure = { key, revision: state.tokens.revision, error, expiresAt }
              addCacheEntry(session.id, failure, { in: failures, now: now() })
            }
            throw error
          })
          .finally(() => inFlight.delete(session.id))
        inFlight.set(session.id, { key, result })
        return result
      }
      if (pending.key === key) return pending.result
      await pending.result.catch(() => undefined)
    }
  }

  return {
    latestState,

    claimReport: (tokens) => unreported.delete(tokens),

    findValidToken: (session, requested) =>
      latestState(session).tokens.access.findLast(
        (token) => covers(token, requested) && now() < token.expiresAt,
      ),

    findFreshToken(id, tokens, requested) {
      // Newer tokens must be written into the cookie first.
      if (newerState(id, tokens) !== undefined) return undefined
      // Only the newest token counts, because an API may have rejected an older one that has more scopes.
      const token = newestFor(tokens.access, requested)
      return token !== undefined && now() < token.refreshAt ? token : undefined
    },

    async getAccessToken(session, requested, challenge) {
      // Tokens that are older than the rejected one do not have the required claims either.
      const find = ({ tokens: { access } }: TokenState): AccessToken | undefined => {
        const rejected = access.findIndex(({ token }) => token === challenge?.rejectedToken)
        return access.slice(rejected + 1).findLast((token) => covers(token, requested))
      }
      const state = latestState(session)
      const token = find(state)
      if (token !== undefined && now() < token.refreshAt) return { ...state, token }
      const hasValidToken = token !== undefined && now() < token.expiresAt
      // A valid token is used until another request has refreshed it, or until a failed refresh may be repeated.
      const canWait =
        inFlight.has(session.id) ||
        state.tokens.refreshToken === undefined ||
        lastFailure(session.id, state.tokens) !== undefined
      if (hasValidToken && canWait) return { ...state, token }
      try {
        const isReached = (current: TokenState): boolean => now() < (find(current)?.refreshAt ?? 0)
        const goal: RefreshGoal = { requested, challenge, hasValidToken, isReached }
        const next = await singleFlight(session, goal)
        const refreshed = 'token' in next ? next.token : find(next)
        if (refreshed !== undefined && covers(refreshed, requested)) {
          return { ...next, token: refreshed }
        }
        throw new IdentityError(
          'interaction_required',
          'The provider granted fewer scopes than requested. The user must sign in again to consent.',
        )
      } catch (error) {
        // A refresh before the token expires may fail, because the token is still valid.
        if (hasValidToken && IdentityError.is(error) && error.code !== 'invalid_token') {
          return { ...latestState(session), token }
        }
        throw error
      }
    },

    refreshIdToken(session) {
      const { revision } = session.tokens
      // Also reached if another server has refreshed the tokens and this session has not read them yet.
      const isReached = ({ tokens }: TokenState): boolean =>
        tokens.revision > revision || now() < (tokens.renewAt ?? 0)
      return singleFlight(session, { requested: NO_SCOPES, isReached })
    },
  }
}

/**
 * Returns whether a token has all requested scopes.
 *
 * Most providers return the scopes as they were requested, so the exact comparison comes first, which is faster.
 */
export function covers(
  { resource, scopes }: AccessToken,
  { resource: api, names }: ResourceScopes,
): boolean {
  if (resource !== api) return false
  return names.every((name) => scopes.includes(name)) || includesAll(scopes, names)
}

/**
 * Returns the newest token that has all requested scopes, with a loop instead of closures, because each guard with
 * scopes calls it.
 */
function newestFor(
  access: readonly AccessToken[],
  requested: ResourceScopes,
): AccessToken | undefined {
  for (let index = access.length - 1; index >= 0; index--) {
    const token = access[index] as AccessToken
    if (covers(token, requested)) return token
  }
  return undefined
}
