import { includesAll, type ResourceScopes } from '../../client/index.ts'
import { IdentityError, type ClaimsRequest } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession, SessionStrategy } from '../../session/index.ts'
import { failureOf, type EventEmitter } from '../../event-emitter.ts'
import type { TokenClients } from '../runtime/clients.ts'
import { AuthenticationResult } from './authentication-result.ts'
import { readTokenSession } from './session-tokens.ts'

// Some requests cannot set cookies, for example renders of Next.js. A session in cookies cannot be refreshed there.

/** The number of seconds after its expiry in which a session is still accepted, because a render takes time. */
export const RENDER_TOLERANCE = 60

const DETACHED_HINT =
  'Send an ordinary request to a guarded route, which refreshes the session, and then connect again. Or tell authenticate() where cookies go: authenticate(req, { res }) or authenticate(req, { responseHeaders }). Or keep sessions in a store: Auth({ session: { store } }).'

const READ_ONLY_HINT =
  'Refresh sessions before rendering. In Next.js, use auth.proxy in proxy.ts (middleware.ts before version 16). Or keep sessions in a store: Auth({ session: { store } }).'

/** Whether the result of a refresh can be stored during this request. */
export function canStore({ withTokenLock }: SessionStrategy, http: HttpContext): boolean {
  return withTokenLock !== undefined || http.isReadOnly !== true
}

/** The services that authenticate a request that cannot set cookies. */
export interface ReadOnlyServices {
  readonly clients: TokenClients
  readonly events: EventEmitter
  readonly sessions: SessionStrategy
  /** Unix time in seconds. */
  readonly now: () => number
}

/** A request that cannot set cookies. */
interface ReadOnlyRequest {
  readonly http: HttpContext
  readonly current: RequestSession
  readonly requested?: ResourceScopes | undefined
}

/** Uses a session and its valid tokens without a refresh. If a refresh is necessary, the user must interact. */
export async function authenticateReadOnly(
  { clients, events, now, sessions }: ReadOnlyServices,
  { http, current, requested }: ReadOnlyRequest,
): Promise<AuthenticationResult> {
  const { renewAt = Infinity, userFlow } = current.session
  if (now() >= renewAt + RENDER_TOLERANCE) {
    const error = cannotRefresh(http, {
      code: 'login_required',
      reason: 'The session must be refreshed',
    })
    return new AuthenticationResult(current, undefined, {
      interactionRequired: reported(events, error),
    })
  }
  if (requested === undefined) return new AuthenticationResult(current)
  const tokenSession = await readTokenSession(sessions, current)
  const { userTokens } = clients.byUserFlow.get(userFlow) ?? clients.main
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
    hasExpired || http.isDetached === true
      ? reported(
          events,
          cannotRefresh(http, {
            code: 'interaction_required',
            reason: hasExpired
              ? 'The token for the requested scopes has expired'
              : 'The session does not have a token for the requested scopes',
          }),
        )
      : new IdentityError(
          'interaction_required',
          'The session does not have a token for the requested scopes yet.',
        )
  return new AuthenticationResult(current, undefined, { interactionRequired: error, granted })
}

/** The refresh that is not possible. */
interface ImpossibleRefresh {
  readonly code: 'login_required' | 'interaction_required'
  /** Why a refresh is needed, as the first part of a sentence. */
  readonly reason: string
  /** The claims request that an API sent. */
  readonly claims?: ClaimsRequest
}

/**
 * Returns the error for a refresh whose result could not be stored. The user must sign in instead, or the page of a stream
 * must send another request first.
 */
export function cannotRefresh(
  { isDetached }: HttpContext,
  { code, reason, claims }: ImpossibleRefresh,
): IdentityError {
  return new IdentityError(
    isDetached === true ? 'refresh_required' : code,
    `${reason}, but this request cannot set cookies, so the library cannot store refreshed tokens.`,
    { hint: isDetached === true ? DETACHED_HINT : READ_ONLY_HINT, claimsRequest: claims },
  )
}

/** Reports an error of {@link cannotRefresh} and returns it. */
export function reported(events: EventEmitter, error: IdentityError): IdentityError {
  events.emit('tokens.refresh_failed', { level: 'warn', ...failureOf(error) })
  return error
}
