import type { ResourceScopes, TokenHolder, TokenState, UserTokens } from '../../client/index.ts'
import { isIdentityError, restate, type IdentityError } from '../../errors.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { needsTouch, type Session } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'
import type { HttpContext } from '../../http-context.ts'
import { logError } from '../../settings/logger.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { acquire, readHolder, store, withState } from './acquire.ts'
import { admitAsIs, canKeep } from './read-only.ts'

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
  http: HttpContext,
  wanted?: ResourceScopes,
): MaybePromise<Admission | undefined> {
  const cookieHeader = http.header('cookie')
  if (cookieHeader === undefined) return undefined
  return andThen(runtime.sessions.read(cookieHeader), (session) => {
    if (session === undefined) return undefined
    const now = runtime.now()
    const isDue = session.renewAt !== undefined && now >= session.renewAt
    const isTouched = needsTouch(session, runtime.options.session.lifetimes, now)
    const due: Due = { isDue, isTouched, wanted }
    if (isDue || isTouched) return admitLater(runtime, http, cookieHeader, session, due)
    if (wanted === undefined) return { session }
    return andThen(runtime.sessions.readTokens(cookieHeader, session), (tokens) => {
      const { userTokens } = runtime.clientOf(session.userFlow)
      const token = userTokens.ready(session.id, tokens, wanted)
      return token === undefined
        ? admitLater(runtime, http, cookieHeader, session, due)
        : { session, token }
    })
  })
}

interface Due {
  readonly isDue: boolean
  readonly isTouched: boolean
  readonly wanted: ResourceScopes | undefined
}

/** Does what is due, where what comes of it can be kept. */
function admitLater<User>(
  runtime: WebRuntime<User>,
  http: HttpContext,
  cookieHeader: string,
  session: Session,
  due: Due,
): Promise<Admission> {
  return canKeep(runtime, http)
    ? admitWithTokens(runtime, http, cookieHeader, session, due)
    : admitAsIs(runtime, cookieHeader, session, due.wanted)
}

async function admitWithTokens<User>(
  runtime: WebRuntime<User>,
  http: HttpContext,
  cookieHeader: string,
  session: Session,
  { isDue, isTouched, wanted }: Due,
): Promise<Admission> {
  const { userTokens } = runtime.clientOf(session.userFlow)
  const holder = await readHolder(runtime, cookieHeader, session)
  let state = userTokens.latest(holder)
  let current = isTouched ? { ...session, touchedAt: runtime.now() } : session

  if (isDue) {
    const renewal = await renew(runtime, userTokens, holder)
    if (renewal.kind === 'over') return { session, obstacle: renewal.error }
    if (renewal.kind === 'renewed') state = renewal.state
    else current = { ...current, renewAt: runtime.now() + RENEWAL_PAUSE }
  }
  const acquired =
    wanted && (await acquire(userTokens, { ...holder, tokens: state.tokens }, { wanted }))
  state = { ...state, ...acquired?.state }
  current = withState(current, state)
  // What several servers share is stored while no other one is at it.
  const isNew = state.isStored !== true && state.tokens.revision !== holder.tokens.revision
  const tokens = isNew ? state.tokens : undefined
  if (isNew || (state.isStored === true ? isTouched : current !== session)) {
    await store(runtime, http, { cookieHeader, session: current, tokens })
  }
  const { token, error } = acquired ?? {}
  if (error === undefined) return { session: current, ...(token && { token }) }
  // Only now: what a refresh brought before it failed is stored.
  if (error.code !== 'interaction_required') throw error
  const granted = state.tokens.access.flatMap(({ scopes }) => scopes)
  return { session: current, obstacle: error, granted }
}

type Renewal =
  | { readonly kind: 'renewed'; readonly state: TokenState }
  | { readonly kind: 'over'; readonly error: IdentityError }
  | { readonly kind: 'later' }

/** Renews a session whose ID token expired, by its refresh token. Only a dead refresh token ends the session. */
async function renew<User>(
  { options }: WebRuntime<User>,
  userTokens: UserTokens,
  holder: TokenHolder,
): Promise<Renewal> {
  try {
    return { kind: 'renewed', state: await userTokens.renew(holder) }
  } catch (error) {
    // What can't be stored can't go on, and whoever waited for the store's lock does not wait for it again.
    if (!isIdentityError(error) || error.code === 'store_unavailable') throw error
    if (
      error.code === 'interaction_required' ||
      error.code === 'invalid_token' ||
      error.code === 'access_denied'
    ) {
      const over = restate(error, {
        code: 'login_required',
        message: `The session is over: ${error.message}`,
      })
      logError(options, over, 'info')
      return { kind: 'over', error: over }
    }
    options.logger.warn?.('A session could not be renewed now and goes on.', { code: error.code })
    return { kind: 'later' }
  }
}
