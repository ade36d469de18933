import type { TokenUser, VerifiedClaims } from '../authority/index.ts'
import type { ClaimsRequest } from '../errors.ts'
import type { AccessToken, SessionTokens } from '../tokens.ts'
import type { ResourceScopes } from './scopes.ts'

/** The parts of a session that a token request needs. */
export interface TokenSession {
  /** The session's ID. Requests share tokens only within one session (CVE-2025-67490). */
  readonly id: string
  readonly user: TokenUser
  readonly tokens: SessionTokens
  /** Set if several servers share the session. */
  readonly lock?: TokenLock | undefined
}

/** The lock of a session's tokens, which several servers share. */
export interface TokenLock {
  /**
   * Acquires the lock, runs a function and releases the lock.
   *
   * @param waits - Whether to wait if another server has the lock.
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

/** The current tokens of a session. */
export interface TokenState {
  readonly tokens: SessionTokens
  /** The claims of the newest ID token, if a refresh returned one. */
  readonly claims?: VerifiedClaims
  /** The newest ID token, if a refresh returned one. */
  readonly idToken?: string
  /** Whether this state is already in the store that the servers share. */
  readonly isStored?: boolean
}

/** An access token and the new state of the session's tokens. */
export interface TokenWithState extends TokenState {
  readonly token: AccessToken
}

/** The claims challenge of an API, which requires a token with other claims. */
export interface ClaimsChallenge {
  readonly claims: ClaimsRequest
  /** The token that the API rejected. */
  readonly rejectedToken: string
}

/** Returns the access tokens of sessions and refreshes them when needed. */
export interface UserTokens {
  /**
   * Returns the newest tokens of a session. Another request can have received newer tokens than the session contains.
   */
  latestState(session: TokenSession): TokenState
  /** Returns a valid token, even if it should be refreshed soon. For requests that cannot refresh tokens. */
  findValidToken(session: TokenSession, requested: ResourceScopes): AccessToken | undefined
  /** Returns a token of the session that does not need a refresh, or `undefined` if a refresh can be necessary. */
  findFreshToken(
    id: string,
    tokens: SessionTokens,
    requested: ResourceScopes,
  ): AccessToken | undefined
  /**
   * Returns an access token for the requested scopes. Refreshes the session's tokens if needed.
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
   * `true` only for the first one. It is `false` for tokens that another server refreshed.
   */
  claimReport(tokens: SessionTokens): boolean
}
