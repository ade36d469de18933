import type { TokenUser, VerifiedClaims } from '../authority/index.ts'
import { IdentityError, isIdentityError } from '../errors.ts'
import type { AccessToken, SessionTokens } from '../tokens.ts'
import { addAccessToken, toAccessToken } from './access-token.ts'
import { keep } from './keep.ts'
import type { OAuthClient } from './oauth-client.ts'
import { refreshTokens } from './refresh.ts'
import { includesAll, type ResourceScopes } from './scopes.ts'

/** A session as far as its tokens go. */
export interface TokenHolder {
  /** The session's id: what is shared between requests is shared within one session only (CVE-2025-67490). */
  readonly id: string
  readonly user: TokenUser
  readonly tokens: SessionTokens
  /** Where several servers share the session. */
  readonly shared?: SharedTokens | undefined
}

/** A session's tokens that several servers may refresh. */
export interface SharedTokens {
  /**
   * Runs while no other server refreshes them.
   *
   * @param waits - Whether to wait for another server that is at it.
   */
  exclusively<T>(waits: boolean, run: (held: HeldTokens) => Promise<T>): Promise<T>
}

/** A session's tokens while no other server refreshes them. */
export interface HeldTokens {
  /** As they are stored now. */
  readonly tokens: SessionTokens
  /** As they are stored by now: another server may have been a little faster. */
  reread(): Promise<SessionTokens>
  save(state: TokenState): Promise<void>
}

/** The state of a session's tokens after a request for one. */
export interface TokenState {
  readonly tokens: SessionTokens
  /** The claims of the newest ID token that a refresh gave. */
  readonly claims?: VerifiedClaims
  /** Whether the servers that share the session have this state already. */
  readonly isStored?: boolean
}

/** An access token, and the state that the session has now. */
export interface AcquiredToken extends TokenState {
  readonly token: AccessToken
}

/** What an API answered to a token: it wants one with other claims. */
export interface ClaimsChallenge {
  /** The claims request, as JSON. */
  readonly claims: string
  /** The token that was refused. */
  readonly refused: string
}

/** Gives a session's access tokens, refreshing them where needed. */
export interface UserTokens {
  /** What is known of the session: its own tokens, or newer ones that another request got just now. */
  latest(holder: TokenHolder): TokenState
  /** A token that is still good, be it due for a refresh; for those who must not refresh. */
  valid(holder: TokenHolder, wanted: ResourceScopes): AccessToken | undefined
  /** A token of the session's own that needs no refresh, at once; `undefined` where `acquire` has work to do. */
  ready(id: string, tokens: SessionTokens, wanted: ResourceScopes): AccessToken | undefined
  /**
   * @throws IdentityError `interaction_required` when the user has to sign in or consent;
   *   `provider_unavailable` when there is no valid token and no way to get one now.
   */
  acquire(
    holder: TokenHolder,
    wanted: ResourceScopes,
    challenge?: ClaimsChallenge,
  ): Promise<AcquiredToken>
  /** Refreshes whatever the access tokens say, for a new ID token. */
  renew(holder: TokenHolder): Promise<TokenState>
}

/** How long requests with the old cookie, sent before the new one arrived, are given the new tokens; seconds. */
const MEMORY_SECONDS = 120
const FAILURE_SECONDS = 30
/** A session is renewed no more often, whatever the provider's times and our clock say. */
const RENEWAL_SECONDS = 60

interface Want {
  readonly wanted: ResourceScopes
  readonly challenge?: ClaimsChallenge | undefined
  /** Whether a token that is still good is at hand: then nobody waits for another server. */
  readonly isValid?: boolean
  /** Whether a state has what is wanted. */
  readonly done: (state: TokenState) => boolean
}

interface Flight {
  readonly key: string
  readonly landed: Promise<AcquiredToken | TokenState>
}

interface Remembered extends TokenState {
  readonly until: number
}

interface Failure {
  readonly key: string
  readonly revision: number
  readonly error: IdentityError
  readonly until: number
}

/**
 * Refreshes each session's tokens once, however many requests need them.
 *
 * A browser sends many requests with the same cookie. Providers that rotate refresh tokens take the second
 * use of one for theft and end the session, so: requests for the same token share one refresh; requests for
 * tokens of other APIs wait for it and go on with the refresh token it brought; and requests that come later
 * with the old cookie find the result here.
 */
export function createUserTokens(client: OAuthClient): UserTokens {
  const flights = new Map<string, Flight>()
  const remembered = new Map<string, Remembered>()
  const failures = new Map<string, Failure>()
  const prefixed = client.traits.prefixedScopes
  const { now } = client.issuing

  /** What another request got for the session, newer than what it has itself. */
  function newer(id: string, { revision }: SessionTokens): TokenState | undefined {
    const known = remembered.get(id)
    return known !== undefined && known.until > now() && known.tokens.revision > revision
      ? known
      : undefined
  }

  const latest = ({ id, tokens }: TokenHolder): TokenState => newer(id, tokens) ?? { tokens }

  function remember(id: string, state: TokenState): void {
    keep(id, { ...state, until: now() + MEMORY_SECONDS }, { in: remembered, now: now() })
  }

  function recordFailure(id: string, failure: Omit<Failure, 'until'>): void {
    keep(id, { ...failure, until: now() + FAILURE_SECONDS }, { in: failures, now: now() })
  }

  /** How the last refresh of these very tokens failed, a moment ago. */
  function lastFailure(id: string, { revision }: SessionTokens): Failure | undefined {
    const known = failures.get(id)
    return known !== undefined && known.revision === revision && known.until > now()
      ? known
      : undefined
  }

  // A script that asks again and again gets the same answer for a while, and the provider is left in peace:
  // Entra ID takes the loop for a fault (AADSTS50196).
  function assertNotRefused(id: string, key: string, tokens: SessionTokens): void {
    const failure = lastFailure(id, tokens)
    if (failure?.key === key && failure.error.code === 'interaction_required') throw failure.error
  }

  async function refresh(
    holder: TokenHolder,
    state: TokenState,
    { wanted, challenge }: Pick<Want, 'wanted' | 'challenge'>,
  ): Promise<AcquiredToken> {
    const { refreshToken, revision } = state.tokens
    const access = state.tokens.access.filter(({ token }) => token !== challenge?.refused)
    if (refreshToken === undefined) {
      throw new IdentityError(
        'interaction_required',
        'The session has no token for these scopes and no refresh token.',
        { claims: challenge?.claims },
      )
    }
    const { response, claims: newClaims } = await refreshTokens(client, {
      refreshToken,
      wanted,
      user: holder.user,
      claims: challenge?.claims,
    })
    // Elsewhere than at Microsoft the scopes are those of the sign-in (RFC 6749, section 6), whatever was wanted.
    const asked = prefixed ? wanted : { ...wanted, names: state.tokens.access.at(-1)?.scopes ?? [] }
    const token = toAccessToken(client, response, asked)
    const claims = newClaims ?? state.claims
    // A renewal brings a token that nobody asked for: it would only fill the cookie.
    const isOfUse =
      wanted !== NO_SCOPES || access.some(({ resource }) => resource === token.resource)
    const tokens: SessionTokens = {
      ...state.tokens,
      revision: revision + 1,
      renewAt: Math.max(newClaims?.exp ?? token.expiresAt, now() + RENEWAL_SECONDS),
      refreshToken: response.refreshToken ?? refreshToken,
      access: isOfUse ? addAccessToken(access, token, now()) : access,
    }
    const refreshed = { tokens, ...(claims && { claims }) }
    remember(holder.id, refreshed)
    return { ...refreshed, token }
  }

  /**
   * Refreshes what several servers share: one of them at a time, and none for what another one brought meanwhile.
   *
   * Where the store can't lock, two may refresh at once. A provider that takes a refresh token only once refuses the
   * second, who then goes on with what the first one stored.
   */
  function refreshShared(
    shared: SharedTokens,
    holder: TokenHolder,
    want: Want,
  ): Promise<AcquiredToken | TokenState> {
    return shared.exclusively(want.isValid !== true, async (held) => {
      const known = latest(holder)
      const attempt = async (state: TokenState): Promise<AcquiredToken | TokenState> => {
        if (want.done(state)) return state
        const refreshed = await refresh(holder, state, want)
        await held.save(refreshed)
        remember(holder.id, { ...refreshed, isStored: true })
        return { ...refreshed, isStored: true }
      }
      const stored = { tokens: held.tokens, isStored: true }
      const state = held.tokens.revision > known.tokens.revision ? stored : known
      try {
        return await attempt(state)
      } catch (error) {
        if (!isUsedUp(error)) throw error
        const tokens = await held.reread()
        if (tokens.revision <= state.tokens.revision) throw error
        return attempt({ tokens, isStored: true })
      }
    })
  }

  /** One refresh at a time for a session; those who want the same share it. */
  async function fly(holder: TokenHolder, want: Want): Promise<AcquiredToken | TokenState> {
    const { wanted, challenge, done } = want
    const key = [wanted.resource, ...wanted.names.toSorted(), challenge?.claims].join(' ')
    for (;;) {
      const state = latest(holder)
      if (done(state)) return state
      const flight = flights.get(holder.id)
      if (flight === undefined) {
        assertNotRefused(holder.id, key, state.tokens)
        const { shared } = holder
        const landed = (
          shared === undefined || state.tokens.refreshToken === undefined
            ? refresh(holder, state, want)
            : refreshShared(shared, holder, want)
        )
          .catch((error: unknown) => {
            if (isIdentityError(error)) {
              const { revision } = state.tokens
              recordFailure(holder.id, { key, revision, error })
            }
            throw error
          })
          .finally(() => flights.delete(holder.id))
        flights.set(holder.id, { key, landed })
        return landed
      }
      if (flight.key === key) return flight.landed
      await flight.landed.catch(() => undefined)
    }
  }

  return {
    latest,

    valid: (holder, wanted) =>
      latest(holder).tokens.access.findLast(
        (token) => covers(token, wanted) && now() < token.expiresAt,
      ),

    ready(id, tokens, wanted) {
      // Newer ones have to be written into the cookie first.
      if (newer(id, tokens) !== undefined) return undefined
      // The newest: an older one with more scopes may have been refused by its API.
      const token = tokens.access.findLast((candidate) => covers(candidate, wanted))
      return token !== undefined && now() < token.refreshAt ? token : undefined
    },

    async acquire(holder, wanted, challenge) {
      // What is older than a token that was refused was not asked for with the claims either.
      const find = ({ tokens: { access } }: TokenState): AccessToken | undefined => {
        const refused = access.findIndex(({ token }) => token === challenge?.refused)
        return access.slice(refused + 1).findLast((token) => covers(token, wanted))
      }
      const state = latest(holder)
      const token = find(state)
      if (token !== undefined && now() < token.refreshAt) return { ...state, token }
      const isValid = token !== undefined && now() < token.expiresAt
      // Somebody is at it already, or it did not work just now: this one will do until then.
      const isNoUse =
        flights.has(holder.id) ||
        state.tokens.refreshToken === undefined ||
        lastFailure(holder.id, state.tokens) !== undefined
      if (isValid && isNoUse) return { ...state, token }
      try {
        const done = (current: TokenState): boolean => now() < (find(current)?.refreshAt ?? 0)
        const next = await fly(holder, { wanted, challenge, isValid, done })
        const fresh = 'token' in next ? next.token : find(next)
        if (fresh !== undefined && covers(fresh, wanted)) return { ...next, token: fresh }
        throw new IdentityError(
          'interaction_required',
          'The provider granted fewer scopes than were asked for.',
        )
      } catch (error) {
        // A refresh ahead of time may fail; what is valid is good.
        if (isValid && isIdentityError(error) && error.code !== 'invalid_token')
          return { ...latest(holder), token }
        throw error
      }
    },

    renew(holder) {
      const { revision } = holder.tokens
      // Also where another server was there before, and only the session does not know of it yet.
      const done = ({ tokens }: TokenState): boolean =>
        tokens.revision > revision || now() < (tokens.renewAt ?? 0)
      return fly(holder, { wanted: NO_SCOPES, done })
    },
  }
}

/** Whether the refresh token is the matter. At Entra ID `invalid_grant` may also be about the user (`consent_required`). */
function isUsedUp(error: unknown): boolean {
  return (
    isIdentityError(error) &&
    error.error === 'invalid_grant' &&
    (error.suberror === undefined || /^(bad_token|token_expired)$/.test(error.suberror))
  )
}

const NO_SCOPES: ResourceScopes = { resource: '', names: [], scopes: [] }

/**
 * Whether a token has all requested scopes. Most providers grant them as they were requested, so that the first comparison
 * answers at once.
 */
export function covers(
  { resource, scopes }: AccessToken,
  { resource: api, names }: ResourceScopes,
): boolean {
  if (resource !== api) return false
  return names.every((name) => scopes.includes(name)) || includesAll(scopes, names)
}
