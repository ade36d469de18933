// Requests that cannot set cookies, such as renders.
import { includesAll, type ResourceScopes } from '../../client/index.ts'
import { IdentityError, type ClaimsRequest } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession, Session, SessionStrategy } from '../../session/index.ts'
import { failureOf } from '../../event-emitter.ts'
import { clientOf } from '../runtime/provider.ts'
import { AuthenticationResult } from './authentication-result.ts'
import { readTokenSession, withState } from './session-tokens.ts'
import { checkUser, isUserDue } from '../users/revalidation.ts'
import type { GuardServices } from './services.ts'

// Some requests cannot set cookies, for example renders of Next.js and responses that have started. A session in cookies cannot be refreshed there.

/** The number of seconds for which a session is still accepted after its expiry, because a render takes time. */
export const RENDER_TOLERANCE = 60

const DETACHED_HINT =
  'Send an ordinary request to a guarded route to refresh the session, and then connect again. If your server can still set cookies in the response, use authenticate(req, { res }) or authenticate(req, { responseHeaders }). You can also keep sessions in a store: Auth({ session: { store } }).'

const SENT_HINT =
  'Call getTokenForUser() before the response starts, for example before a loader returns its promises. With identity-web/fetch, call it inside auth.respond(). You can also keep sessions in a store: Auth({ session: { store } }).'

const READ_ONLY_HINT =
  'Refresh sessions before rendering. In Next.js, use auth.proxy in proxy.ts (middleware.ts before version 16). You can also keep sessions in a store: Auth({ session: { store } }).'

/** Returns whether the result of a refresh can be stored during this request. */
export function canStore({ withTokenLock }: SessionStrategy, http: HttpContext): boolean {
  return (
    withTokenLock !== undefined ||
    (http.cookies === undefined ? !http.isResponseSent : http.cookies === 'open')
  )
}

/** A request that cannot set cookies. */
interface ReadOnlyRequest {
  readonly http: HttpContext
  readonly current: RequestSession
  readonly requested?: ResourceScopes | undefined
}

/**
 * Uses a session and its valid tokens without a refresh. If a refresh is necessary, the user must interact.
 *
 * @throws IdentityError `access_denied` if `onRefresh` rejects the user. The session has then ended.
 */
export async function authenticateReadOnly(
  services: GuardServices,
  { http, current: given, requested }: ReadOnlyRequest,
): Promise<AuthenticationResult> {
  const { sessions } = services
  const { userTokens } = clientOf(services.provider, given.session)
  const session = await latestSession(services, given)
  if (mustRefresh(services, session)) {
    const reason = 'The session must be refreshed'
    const error = cannotRefresh(services, http, { code: 'login_required', reason })
    return new AuthenticationResult(given, undefined, { interactionRequired: error })
  }
  const { cookieHeader } = given
  const current = {
    cookieHeader,
    session: await checkUserUnstored(services, { cookieHeader, session }, http),
  }
  if (requested === undefined) return new AuthenticationResult(current)
  const tokenSession = await readTokenSession(sessions, current)
  const token = userTokens.findValidToken(tokenSession, requested)
  if (token !== undefined) return new AuthenticationResult(current, token)
  const { access } = userTokens.latestState(tokenSession).tokens
  const granted = access.flatMap(({ scopes }) => scopes)
  const hasExpired = access.some(
    ({ resource, scopes }) =>
      resource === requested.resource && includesAll(scopes, requested.names),
  )
  // A page that asks for new scopes needs the user in any case, so the advice about refreshing would be wrong.
  const error =
    hasExpired || isStream(http)
      ? cannotRefresh(services, http, {
          code: 'interaction_required',
          reason: hasExpired
            ? 'The token for the requested scopes has expired'
            : 'The session does not have a token for the requested scopes',
        })
      : new IdentityError(
          'interaction_required',
          'The session does not have a token for the requested scopes yet.',
        )
  return new AuthenticationResult(current, undefined, { interactionRequired: error, granted })
}

/** Returns the session of a request. An earlier call for the same request may have refreshed it already. */
async function latestSession(services: GuardServices, current: RequestSession): Promise<Session> {
  const { session } = current
  if (!mustRefresh(services, session)) return session
  const tokenSession = await readTokenSession(services.sessions, current)
  const { userTokens } = clientOf(services.provider, session)
  return withState(session, userTokens.latestState(tokenSession))
}

function mustRefresh({ now }: GuardServices, { renewAt = Infinity }: Session): boolean {
  return now() >= renewAt + RENDER_TOLERANCE
}

/**
 * Checks the user of a session if the last check is too old. It does not store the result, which only this process
 * remembers. `onRefresh` gets the current tokens of the session without a refresh.
 *
 * A request that can store the result gets a little more time to check the user first.
 *
 * @returns The session with its user and the time of the check.
 * @throws IdentityError `access_denied` if `onRefresh` rejects the user. The session has then ended.
 */
export async function checkUserUnstored(
  services: GuardServices,
  current: RequestSession,
  http: HttpContext,
): Promise<Session> {
  const { now, revalidation, sessions, provider } = services
  const { session } = current
  const isDue =
    revalidation !== undefined && isUserDue(session, revalidation, now() - RENDER_TOLERANCE)
  if (!isDue) return session
  return checkUser(services, current, {
    http,
    readState: async () =>
      clientOf(provider, session).userTokens.latestState(await readTokenSession(sessions, current)),
  })
}

/**
 * Returns whether the request does not have a response or outlasts it. The page must then send another request, because
 * the browser cannot be redirected.
 */
function isStream({ cookies, isResponseSent }: HttpContext): boolean {
  return cookies === 'later' || isResponseSent
}

/** The refresh that is not possible. */
interface ImpossibleRefresh {
  readonly code: 'login_required' | 'interaction_required'
  /** The reason for the refresh, as the first part of a sentence. */
  readonly reason: string
  /** The claims request that an API sent. */
  readonly claims?: ClaimsRequest
}

/**
 * Reports and returns the error for a refresh whose result could not be stored. The user must sign in instead, or the page of a stream
 * must send another request first.
 */
export function cannotRefresh(
  { events }: Pick<GuardServices, 'events'>,
  http: HttpContext,
  { code, reason, claims }: ImpossibleRefresh,
): IdentityError {
  const error = new IdentityError(
    isStream(http) ? 'refresh_required' : code,
    `${reason}, but this request cannot set cookies, so identity-web cannot store refreshed tokens.`,
    { hint: hintFor(http), claimsRequest: claims },
  )
  events.emit('tokens.refresh_failed', { level: 'warn', ...failureOf(error) })
  return error
}

function hintFor({ cookies, isResponseSent }: HttpContext): string {
  if (cookies === 'later') return DETACHED_HINT
  return isResponseSent ? SENT_HINT : READ_ONLY_HINT
}
