import type { ResourceScopes, TokenSession, TokenState, UserTokens } from '../../client/index.ts'
import { IdentityError, withChanges, type IdentityErrorCode } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { isThenable, type MaybePromise } from '../../maybe-promise.ts'
import {
  needsTouch,
  sessionHeader,
  touch,
  type Lifetimes,
  type RequestSession,
  type Session,
} from '../../session/index.ts'
import { failureOf } from '../../event-emitter.ts'
import { eventUserOf } from '../runtime/event-user.ts'
import type { SessionTokens } from '../../tokens.ts'
import { type TokenClients, clientOf } from '../runtime/clients.ts'
import type { CrossSiteCheck } from '../http/cross-site.ts'
import type { StoreSessionServices } from '../sign-in/session-updates.ts'
import { AuthenticationResult } from './authentication-result.ts'
import { authenticateReadOnly, canStore } from './read-only.ts'
import type { UnreadableCookies } from './unreadable-cookie.ts'
import {
  assertNotRejected,
  checkUser,
  isUserDue,
  type Revalidation,
} from '../users/revalidation.ts'
import { reportFailedRefresh, reportRefreshes } from './report-refresh.ts'
import { getToken, readTokenSession, storeChange, withState } from './session-tokens.ts'

/** The services that authenticate a request. */
export interface AuthenticationServices extends StoreSessionServices {
  readonly clients: TokenClients
  readonly crossSite: CrossSiteCheck
  readonly lifetimes: Lifetimes
  readonly unreadableCookies: UnreadableCookies
  /** The check of users. Not set if the application does not have `onRefresh`. */
  readonly revalidation: Revalidation | undefined
  /** Unix time in seconds. */
  readonly now: () => number
}

/** The parts of a route's requirement that authentication needs. */
export interface AuthenticationNeeds {
  /** The scopes of the token that the request needs. */
  readonly requested?: ResourceScopes | undefined
  /** `true` if requests that may change something must come from this application. */
  readonly csrf?: boolean | undefined
}

const NO_NEEDS: AuthenticationNeeds = {}

/** A request with a session. */
export interface AuthenticatedRequest extends AuthenticationNeeds {
  readonly http: HttpContext
  readonly current: RequestSession
}

/** The minimum number of seconds until the next attempt to refresh a session, after the provider was not available. */
const REFRESH_PAUSE = 60

/**
 * Reads the session of a request, refreshes it if necessary, and stores the changes.
 *
 * Nearly every request has a session that does not need a refresh, and a cached token. The result is then not a
 * promise.
 *
 * A request that another site caused is rejected before anything is refreshed or stored.
 *
 * @returns The result. `undefined` if the request does not have a session.
 * @throws IdentityError for errors that the user cannot solve, for example `provider_unavailable`. `access_denied` if
 *   `onRefresh` rejected the user, whose session has then ended.
 */
export function authenticate(
  services: AuthenticationServices,
  http: HttpContext,
  { requested, csrf }: AuthenticationNeeds = NO_NEEDS,
): MaybePromise<AuthenticationResult | undefined> {
  const cookieHeader = sessionHeader(services.sessions, http)
  if (cookieHeader === undefined) return undefined
  const session = services.sessions.read(cookieHeader, http)
  if (isThenable(session)) return authenticateLater(services, http, { session, requested, csrf })
  return session === undefined
    ? services.unreadableCookies.delete(http, cookieHeader)
    : checkSession(services, { http, current: { cookieHeader, session }, requested, csrf })
}

async function authenticateLater(
  services: AuthenticationServices,
  http: HttpContext,
  {
    session,
    requested,
    csrf,
  }: AuthenticationNeeds & { readonly session: PromiseLike<Session | undefined> },
): Promise<AuthenticationResult | undefined> {
  const read = await session
  const cookieHeader = sessionHeader(services.sessions, http) ?? ''
  return read === undefined
    ? services.unreadableCookies.delete(http, cookieHeader)
    : checkSession(services, { http, current: { cookieHeader, session: read }, requested, csrf })
}

function checkSession(
  services: AuthenticationServices,
  request: AuthenticatedRequest,
): MaybePromise<AuthenticationResult> {
  const { current, requested } = request
  if (request.csrf === true && services.crossSite.isAllowed(request.http) !== true) {
    const rejected = services.crossSite.toError(request.http)
    return new AuthenticationResult(current, undefined, { rejected })
  }
  const { cookieHeader, session } = current
  const now = services.now()
  const isDue = session.renewAt !== undefined && now >= session.renewAt
  const isTouched = needsTouch(session, services.lifetimes, now)
  const { revalidation } = services
  const mustRevalidate = revalidation !== undefined && isUserDue(session, revalidation, now)
  if (isDue || isTouched || mustRevalidate)
    return bringUpToDate(services, request, { isDue, isTouched })
  if (requested === undefined) return new AuthenticationResult(current)
  const tokens = services.sessions.readTokens(cookieHeader, session)
  return isThenable(tokens)
    ? checkTokenLater(services, request, tokens)
    : checkToken(services, request, tokens)
}

function checkToken(
  services: AuthenticationServices,
  request: AuthenticatedRequest,
  tokens: SessionTokens,
): MaybePromise<AuthenticationResult> {
  const { current, requested } = request
  const { userTokens } = clientOf(services.clients, current.session)
  const token = requested && userTokens.findFreshToken(current.session.id, tokens, requested)
  return token === undefined
    ? bringUpToDate(services, request, NOTHING_DUE)
    : new AuthenticationResult(current, token)
}

async function checkTokenLater(
  services: AuthenticationServices,
  request: AuthenticatedRequest,
  tokens: PromiseLike<SessionTokens>,
): Promise<AuthenticationResult> {
  return checkToken(services, request, await tokens)
}

/** Returns the client that signed the user in. */
/** The updates that a session needs, apart from the requested token. */
interface Due {
  /** `true` if the ID token expired, so that the session must be refreshed. */
  readonly isDue: boolean
  /** `true` if the time of this request must be stored. */
  readonly isTouched: boolean
}

const NOTHING_DUE: Due = { isDue: false, isTouched: false }

/**
 * Updates the session and gets the requested token, if the response can store the result.
 *
 * @throws IdentityError `access_denied` if `onRefresh` rejects the user. The session has then ended.
 */
export async function bringUpToDate(
  services: AuthenticationServices,
  request: AuthenticatedRequest,
  due: Due = NOTHING_DUE,
): Promise<AuthenticationResult> {
  // Before a refresh, which would use the refresh token of a session that has ended.
  await assertNotRejected(services, request.current, request.http)
  return canStore(services.sessions, request.http)
    ? refreshWhatIsDue(services, request, due)
    : authenticateReadOnly(services, request)
}

async function refreshWhatIsDue(
  services: AuthenticationServices,
  { http, current, requested }: AuthenticatedRequest,
  { isDue, isTouched }: Due,
): Promise<AuthenticationResult> {
  const { cookieHeader, session: before } = current
  const { userTokens } = clientOf(services.clients, before)
  const tokenSession = await readTokenSession(services.sessions, current)
  let state = userTokens.latestState(tokenSession)
  let session = isTouched ? touch(before, services.lifetimes, services.now()) : before

  if (isDue) {
    const refresh = await refreshSession(services, { session, userTokens, tokenSession })
    if (refresh.kind === 'over') {
      const { error: interactionRequired, isStepUp } = refresh
      return new AuthenticationResult(current, undefined, { interactionRequired, isStepUp })
    }
    if (refresh.kind === 'refreshed') state = refresh.state
    else session = refresh.session
  }
  const outcome =
    requested &&
    (await getToken(userTokens, { ...tokenSession, tokens: state.tokens }, { requested }))
  const renewed = state
  state = { ...state, ...outcome?.state }
  session = withState(session, state)
  const { now, revalidation } = services
  const checked =
    revalidation !== undefined && isUserDue(session, revalidation, now())
      ? await checkUser(services, { cookieHeader, session }, { http, readState: () => state })
      : session
  const refreshed: RequestSession = { cookieHeader, session: checked }
  // If several servers share the tokens, they were stored while this server had the lock.
  const isNew = state.isStored !== true && state.tokens.revision !== tokenSession.tokens.revision
  const tokens = isNew ? state.tokens : undefined
  const isChanged = state.isStored === true ? isTouched : session !== before
  if (isNew || isChanged || checked !== session) {
    await storeChange(services, http, { current: refreshed, tokens })
  }
  await reportRefreshes(services.events, userTokens, { session, states: [renewed, state] })
  const { token, error } = outcome ?? {}
  if (error === undefined) return new AuthenticationResult(refreshed, token)
  // Thrown only now, so that the result of an earlier refresh is stored.
  if (error.code !== 'interaction_required') throw error
  const granted = state.tokens.access.flatMap(({ scopes }) => scopes)
  return new AuthenticationResult(refreshed, undefined, { interactionRequired: error, granted })
}

type SessionRefresh =
  | { readonly kind: 'refreshed'; readonly state: TokenState }
  | { readonly kind: 'over'; readonly error: IdentityError; readonly isStepUp: boolean }
  /** The refresh failed, but the session continues. The session contains the time of the next attempt. */
  | { readonly kind: 'later'; readonly session: Session }

/** A session whose ID token expired. */
interface DueSession {
  readonly session: Session
  readonly userTokens: UserTokens
  readonly tokenSession: TokenSession
}

/** Refreshes a session whose ID token expired. Only a rejected refresh token ends the session. */
async function refreshSession(
  services: AuthenticationServices,
  due: DueSession,
): Promise<SessionRefresh> {
  const { events } = services
  const { session, userTokens, tokenSession } = due
  try {
    return { kind: 'refreshed', state: await userTokens.refreshIdToken(tokenSession) }
  } catch (error) {
    // The result could not be stored. A request that has waited for the lock of the store does not wait again.
    if (!IdentityError.is(error) || error.code === 'store_unavailable') throw error
    if (error.code === 'interaction_required' && error.reason !== 'refresh_rejected') {
      return { kind: 'over', error: toStepUpError(error), isStepUp: true }
    }
    if (OVER.has(error.code) || isUnreadableForLong(services, session, error)) {
      const over = withChanges(error, {
        code: 'login_required',
        reason: 'refresh_rejected',
        message: `The session has ended. ${error.message}`,
      })
      events.emit('session.ended', {
        level: 'info',
        ...failureOf(over),
        reason: error.reason ?? error.code,
        ...(await eventUserOf(events, { ...tokenSession.user })),
      })
      return { kind: 'over', error: over, isStepUp: false }
    }
    await reportFailedRefresh(events, tokenSession.user, error)
    return { kind: 'later', session: toTryLater(services, session, error) }
  }
}

/**
 * The error codes that end a session: the refresh token does not work anymore, or the new ID token does not belong to
 * the session's user.
 */
const OVER: ReadonlySet<IdentityErrorCode> = new Set([
  'interaction_required',
  'invalid_token',
  'access_denied',
])

function toStepUpError(error: IdentityError): IdentityError {
  return withChanges(error, {
    code: 'login_required',
    message: `The user must sign in again before the session continues. ${error.message}`,
  })
}

/**
 * The time in seconds after which unreadable responses end a session. It is longer than most outages and maintenance
 * windows.
 */
const UNREADABLE_REFRESH_SECONDS = 8 * 3600

/**
 * Returns whether every refresh of a session got an unreadable response for so long that an outage is not likely.
 * During an outage, such a response can come from a proxy.
 */
function isUnreadableForLong(
  { now }: AuthenticationServices,
  { unreadableSince }: Session,
  { reason }: IdentityError,
): boolean {
  if (reason !== 'unreadable_response' || unreadableSince === undefined) return false
  return now() >= unreadableSince + UNREADABLE_REFRESH_SECONDS
}

function toTryLater(
  { now }: AuthenticationServices,
  session: Session,
  { reason, retryAfterSeconds = 0 }: IdentityError,
): Session {
  return {
    ...session,
    renewAt: now() + Math.max(REFRESH_PAUSE, retryAfterSeconds),
    ...(reason === 'unreadable_response' && {
      unreadableSince: session.unreadableSince ?? now(),
    }),
  }
}

// The requests that a guard or `authenticate()` accepted.
const accepted = new WeakSet<HttpContext>()

/**
 * Records that a guard accepted a request. The guard has checked the sender, or any sender is allowed (`csrf: false`).
 */
export function setAccepted(http: HttpContext): void {
  accepted.add(http)
}

/**
 * Returns whether the sender of a request must still be checked, because a guard did not check it. Without this check,
 * a page of another site could post a form, or open a WebSocket, with the cookies of its visitor.
 */
export function needsOriginCheck(http: HttpContext): boolean {
  return !accepted.has(http)
}
