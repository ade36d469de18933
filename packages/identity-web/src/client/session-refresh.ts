// Refreshes the tokens of a session once, for parallel requests.
import type { TokenUser, VerifiedClaims } from '../authority/index.ts'
import { IdentityError } from '../errors.ts'
import type { AccessToken, SessionTokens } from '../tokens.ts'
import type { ClaimsChallenge } from './challenges.ts'
import { loadRequests } from './load-requests.ts'
import type { Refreshed } from './grants.ts'
import type { OAuthClient } from './oauth-client.ts'
import type { ResourceScopes } from './scopes.ts'
import { addAccessToken, toAccessToken } from './token-response.ts'

/** The session's parts that a token request needs. */
export interface TokenSession {
  /** The session's ID, because requests share tokens only within one session (CVE-2025-67490). */
  readonly id: string
  readonly user: TokenUser
  readonly tokens: SessionTokens
  /** The lock for the tokens, if several servers share the session. */
  readonly lock?: TokenLock | undefined
}

/** The lock for a session's tokens, which several servers share. */
export interface TokenLock {
  /**
   * Acquires the lock, runs a function and releases the lock.
   *
   * @param waits - `true` if the call waits while another server has the lock.
   */
  withLock<T>(waits: boolean, run: (locked: LockedSession) => Promise<T>): Promise<T>
}

/** A session's tokens while this server has the lock. */
export interface LockedSession {
  /** The stored tokens, read after acquiring the lock. */
  readonly tokens: SessionTokens
  /**
   * Reads the stored tokens again. If the store does not support locks, another server can change them at the same
   * time.
   */
  reread(): Promise<SessionTokens>
  save(state: TokenState): Promise<void>
}

export interface TokenState {
  readonly tokens: SessionTokens
  /** The newest ID token's claims, if a refresh returned one. */
  readonly claims?: VerifiedClaims
  /** The newest ID token, if a refresh returned one. */
  readonly idToken?: string
  /** `true` if this state is already in the store that the servers share. */
  readonly isStored?: boolean
}

export interface TokenWithState extends TokenState {
  readonly token: AccessToken
}

/** The minimum time between two refreshes for a new ID token, in seconds, even if the clocks differ. */
const MIN_REFRESH_SECONDS = 60

/** The scopes for a refresh that only needs a new ID token. */
export const NO_SCOPES: ResourceScopes = { resource: '', names: [], scopes: [] }

/** The token that a refresh must return, or the state that it must reach. */
export interface RefreshGoal {
  readonly requested: ResourceScopes
  readonly challenge?: ClaimsChallenge | undefined
  /** `true` if the session has a valid token, so that the refresh does not wait for another server. */
  readonly hasValidToken?: boolean
  /** Returns whether a state makes the refresh unnecessary. */
  readonly isReached: (state: TokenState) => boolean
}

/** The sessions' newest states in this process. */
export interface KnownStates {
  latestState(session: TokenSession): TokenState
  remember(id: string, state: TokenState): void
  /** Remembers the state that the provider has just returned. */
  onRefreshed(id: string, state: TokenState): void
}

/** Refreshes the tokens of a session. */
export type SessionRefresh = (
  session: TokenSession,
  state: TokenState,
  goal: RefreshGoal,
) => Promise<TokenWithState | TokenState>

/**
 * Creates the refresh for a client's sessions. If several servers share a session, the refresh needs the lock for the
 * session's tokens.
 */
export function createSessionRefresh(
  client: OAuthClient,
  { latestState, remember, onRefreshed }: KnownStates,
): SessionRefresh {
  async function refresh(
    session: TokenSession,
    state: TokenState,
    goal: RefreshGoal,
  ): Promise<TokenWithState> {
    const { token, ...refreshed } = await requestRefresh(client, { session, state, goal })
    onRefreshed(session.id, refreshed)
    return { ...refreshed, token }
  }

  /**
   * Refreshes tokens that several servers share. The lock prevents two refreshes at once. If another server has just
   * refreshed the tokens, this server uses the result.
   *
   * If the store does not support locks, two servers can refresh at once. However, a provider that accepts a refresh
   * token only once rejects the second refresh. The second server then uses the tokens that the first one stored.
   */
  function refreshShared(
    lock: TokenLock,
    session: TokenSession,
    goal: RefreshGoal,
  ): Promise<TokenWithState | TokenState> {
    return lock.withLock(goal.hasValidToken !== true, async (locked) => {
      const known = latestState(session)
      const attempt = async (state: TokenState): Promise<TokenWithState | TokenState> => {
        if (goal.isReached(state)) return state
        const refreshed = await refresh(session, state, goal)
        await locked.save(refreshed)
        remember(session.id, { ...refreshed, isStored: true })
        return { ...refreshed, isStored: true }
      }
      const stored = { tokens: locked.tokens, isStored: true }
      const state = locked.tokens.revision > known.tokens.revision ? stored : known
      try {
        return await attempt(state)
      } catch (error) {
        if (!IdentityError.is(error) || error.reason !== 'refresh_rejected') throw error
        const tokens = await locked.reread()
        if (tokens.revision <= state.tokens.revision) throw error
        return attempt({ tokens, isStored: true })
      }
    })
  }

  return (session, state, goal) => {
    const { lock } = session
    return lock === undefined || state.tokens.refreshToken === undefined
      ? refresh(session, state, goal)
      : refreshShared(lock, session, goal)
  }
}

interface ToRefresh {
  readonly session: TokenSession
  readonly state: TokenState
  readonly goal: RefreshGoal
}

/**
 * @throws IdentityError `interaction_required` if the session does not have a refresh token, and the errors of a
 * refresh.
 */
async function requestRefresh(client: OAuthClient, to: ToRefresh): Promise<TokenWithState> {
  const { requested, challenge } = to.goal
  const { refreshToken, resourceIndicator } = to.state.tokens
  if (refreshToken === undefined) {
    throw new IdentityError(
      'interaction_required',
      'The session does not have a token for these scopes, and it does not have a refresh token. The user must sign in again.',
      { claimsRequest: challenge?.claims },
    )
  }
  const { refreshTokens } = await loadRequests()
  const refreshed = await refreshTokens(client, {
    refreshToken,
    requested,
    user: to.session.user,
    claims: challenge?.claims,
    resourceIndicator,
  })
  return toState(client, to, refreshed)
}

function toState(
  client: OAuthClient,
  { state: { tokens: before, ...state }, goal: { requested, challenge } }: ToRefresh,
  { response, claims: newClaims }: Refreshed,
): TokenWithState {
  const now = client.issuing.now()
  // Other providers than Microsoft return the sign-in's scopes, not the requested scopes (RFC 6749, section 6).
  const granted = client.traits.prefixedScopes
    ? requested
    : { ...requested, names: before.access.at(-1)?.scopes ?? [] }
  const token = toAccessToken(client, response, granted)
  const kept = before.access.filter((access) => access.token !== challenge?.rejectedToken)
  // A refresh for a new ID token also returns an access token, but the session keeps it only if it replaces another
  // one.
  const isNeeded =
    requested !== NO_SCOPES || kept.some(({ resource }) => resource === token.resource)
  const claims = newClaims ?? state.claims
  const idToken = response.idToken ?? state.idToken
  return {
    token,
    tokens: {
      ...before,
      revision: before.revision + 1,
      renewAt: Math.max(newClaims?.exp ?? token.expiresAt, now + MIN_REFRESH_SECONDS),
      access: isNeeded ? addAccessToken(kept, token, now) : kept,
      ...(response.refreshToken !== undefined && { refreshToken: response.refreshToken }),
    },
    ...(claims && { claims }),
    ...(idToken !== undefined && { idToken }),
  }
}
