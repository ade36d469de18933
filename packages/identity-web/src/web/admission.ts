import type { ResourceScopes, TokenHolder, TokenState } from '../client/index.ts'
import { IdentityError, isIdentityError } from '../errors.ts'
import { andThen, needsTouch, type MaybePromise, type Session } from '../session/index.ts'
import type { AccessToken } from '../tokens.ts'
import type { Exchange } from './exchange.ts'
import { toClaims } from './new-session.ts'
import type { WebRuntime } from './runtime.ts'
import { writeSession } from './write-session.ts'

/** A live session, with the token that was wanted, or what the user has to do before it can be had. */
export interface Admission {
  readonly session: Session
  readonly token?: AccessToken
  /** The scopes that the session's tokens have. */
  readonly granted?: readonly string[]
  /** `login_required` when the session is over, `interaction_required` when a token needs the user. */
  readonly obstacle?: IdentityError
}

/** When a session could not be renewed because the provider was down: seconds until the next try. */
const RENEWAL_PAUSE = 60

/**
 * Reads the session of a request, renews and refreshes what is due, and stores what changed.
 *
 * With nothing due and no token to fetch, all happens at once, with no promise: this is the way of
 * nearly every request.
 *
 * @returns `undefined` without a live session.
 * @throws IdentityError `provider_unavailable` and others that are not for the user to solve.
 */
export function admit<User>(
  runtime: WebRuntime<User>,
  exchange: Exchange,
  wanted?: ResourceScopes,
): MaybePromise<Admission | undefined> {
  const cookieHeader = exchange.header('cookie')
  if (cookieHeader === undefined) return undefined
  return andThen(runtime.sessions.read(cookieHeader), (session) => {
    if (session === undefined) return undefined
    const now = runtime.now()
    const isDue = session.renewAt !== undefined && now >= session.renewAt
    const isTouched = needsTouch(session, runtime.options.session.lifetimes, now)
    const due: Due = { isDue, isTouched, wanted }
    if (isDue || isTouched) return admitWithTokens(runtime, exchange, cookieHeader, session, due)
    if (wanted === undefined) return { session }
    return andThen(runtime.sessions.readTokens(cookieHeader, session), (tokens) => {
      const token = runtime.userTokens.ready(session.id, tokens, wanted)
      return token === undefined
        ? admitWithTokens(runtime, exchange, cookieHeader, session, due)
        : { session, token }
    })
  })
}

interface Due {
  readonly isDue: boolean
  readonly isTouched: boolean
  readonly wanted: ResourceScopes | undefined
}

async function admitWithTokens<User>(
  runtime: WebRuntime<User>,
  exchange: Exchange,
  cookieHeader: string,
  session: Session,
  { isDue, isTouched, wanted }: Due,
): Promise<Admission> {
  const stored = await runtime.sessions.readTokens(cookieHeader, session)
  const holder = { id: session.id, user: session.claims, tokens: stored }
  let state = runtime.userTokens.latest(holder)
  let current = isTouched ? { ...session, touchedAt: runtime.now() } : session

  if (isDue) {
    const renewal = await renew(runtime, holder)
    if (renewal.kind === 'over') return { session, obstacle: renewal.error }
    state = renewal.state
    current = { ...current, renewAt: renewal.renewAt }
  }
  const acquired = wanted && (await acquire(runtime, { ...holder, tokens: state.tokens }, wanted))
  state = { ...state, ...acquired?.state }
  if (state.claims !== undefined) {
    current = { ...current, claims: toClaims(state.claims), renewAt: state.claims.exp }
  }
  const hasNewTokens = state.tokens.revision !== stored.revision
  if (current !== session || hasNewTokens) {
    const isStored = exchange.setCookies(
      await writeSession(runtime, cookieHeader, current, hasNewTokens ? state.tokens : undefined),
    )
    if (!isStored && hasNewTokens) {
      runtime.options.logger.warn?.(
        'Tokens were refreshed after the response began, so they could not be stored. Ask for them before.',
      )
    }
  }
  const { token, error } = acquired ?? {}
  if (error === undefined) return { session: current, ...(token && { token }) }
  // Only now: what a refresh brought before it failed is stored.
  if (error.code !== 'interaction_required') throw error
  const granted = state.tokens.access.flatMap(({ scopes }) => scopes)
  return { session: current, obstacle: error, granted }
}

interface Acquisition {
  readonly state: TokenState
  readonly token?: AccessToken
  readonly error?: IdentityError
}

async function acquire<User>(
  { userTokens }: WebRuntime<User>,
  holder: TokenHolder,
  wanted: ResourceScopes,
): Promise<Acquisition> {
  try {
    const { token, ...state } = await userTokens.acquire(holder, wanted)
    return { state, token }
  } catch (error) {
    if (!isIdentityError(error)) throw error
    // The refresh may have worked though it did not give what was wanted: its refresh token must not be lost.
    return { state: userTokens.latest(holder), error }
  }
}

type Renewal =
  | { readonly kind: 'renewed'; readonly state: TokenState; readonly renewAt: number }
  | { readonly kind: 'over'; readonly error: IdentityError }

/** Renews a session whose ID token expired, by its refresh token. Only a dead refresh token ends the session. */
async function renew<User>(
  { userTokens, now, options }: WebRuntime<User>,
  holder: TokenHolder,
): Promise<Renewal> {
  try {
    const state = await userTokens.renew(holder)
    // A provider may refresh without a new ID token: ask again when the access token would have expired.
    return {
      kind: 'renewed',
      state,
      renewAt: state.tokens.access.at(-1)?.expiresAt ?? now() + 3600,
    }
  } catch (error) {
    if (!isIdentityError(error)) throw error
    if (
      error.code === 'interaction_required' ||
      error.code === 'invalid_token' ||
      error.code === 'access_denied'
    ) {
      const over = new IdentityError('login_required', 'The session could not be renewed.', {
        cause: error,
      })
      return { kind: 'over', error: over }
    }
    options.logger.warn?.('A session could not be renewed now and goes on.', { code: error.code })
    return { kind: 'renewed', state: userTokens.latest(holder), renewAt: now() + RENEWAL_PAUSE }
  }
}
