// Reads the session of a request, and refreshes it if it is due.
import type { ResourceScopes } from '../../client/index.ts'
import type { HttpContext } from '../../http-context.ts'
import { isThenable, type MaybePromise } from '../../maybe-promise.ts'
import {
  needsTouch,
  sessionHeader,
  touch,
  type RequestSession,
  type Session,
} from '../../session/index.ts'
import type { SessionTokens } from '../../tokens.ts'
import { clientOf } from '../runtime/provider.ts'
import { AuthenticationResult } from './authentication-result.ts'
import { authenticateReadOnly, canStore } from './read-only.ts'
import { assertNotRejected, checkUser, isUserDue } from '../users/revalidation.ts'
import { refreshSession, reportRefreshes } from './refresh-session.ts'
import { getToken, readTokenSession, storeChange, withState } from './session-tokens.ts'
import type { GuardServices } from './services.ts'

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
  services: GuardServices,
  http: HttpContext,
  { requested, csrf }: AuthenticationNeeds = NO_NEEDS,
): MaybePromise<AuthenticationResult | undefined> {
  const cookieHeader = sessionHeader(services.sessions, http)
  if (cookieHeader === undefined) return undefined
  const session = services.sessions.read(cookieHeader, http)
  if (isThenable(session)) return authenticateLater(services, http, { session, requested, csrf })
  return session === undefined
    ? services.sessions.unreadableCookies.delete(http, cookieHeader)
    : checkSession(services, { http, current: { cookieHeader, session }, requested, csrf })
}

async function authenticateLater(
  services: GuardServices,
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
    ? services.sessions.unreadableCookies.delete(http, cookieHeader)
    : checkSession(services, { http, current: { cookieHeader, session: read }, requested, csrf })
}

function checkSession(
  services: GuardServices,
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
  const isTouched = needsTouch(session, services.sessions.lifetimes, now)
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
  services: GuardServices,
  request: AuthenticatedRequest,
  tokens: SessionTokens,
): MaybePromise<AuthenticationResult> {
  const { current, requested } = request
  const { userTokens } = clientOf(services.provider, current.session)
  const token = requested && userTokens.findFreshToken(current.session.id, tokens, requested)
  return token === undefined
    ? bringUpToDate(services, request, NOTHING_DUE)
    : new AuthenticationResult(current, token)
}

async function checkTokenLater(
  services: GuardServices,
  request: AuthenticatedRequest,
  tokens: PromiseLike<SessionTokens>,
): Promise<AuthenticationResult> {
  return checkToken(services, request, await tokens)
}

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
  services: GuardServices,
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
  services: GuardServices,
  { http, current, requested }: AuthenticatedRequest,
  { isDue, isTouched }: Due,
): Promise<AuthenticationResult> {
  const { cookieHeader, session: before } = current
  const { userTokens } = clientOf(services.provider, before)
  const tokenSession = await readTokenSession(services.sessions, current)
  let state = userTokens.latestState(tokenSession)
  let session = isTouched ? touch(before, services.sessions.lifetimes, services.now()) : before

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
