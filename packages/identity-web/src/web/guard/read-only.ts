import { includesAll, type ResourceScopes } from '../../client/index.ts'
import { IdentityError, type ClaimsRequest } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession, SessionStrategy } from '../../session/index.ts'
import { failureOf, type EventEmitter } from '../../event-emitter.ts'
import type { TokenClients } from '../runtime/clients.ts'
import type { AuthenticationResult } from './authentication-result.ts'
import { readTokenSession } from './session-tokens.ts'

// Some requests cannot set cookies, for example renders of Next.js. A session in cookies cannot be refreshed there.

/** The number of seconds after its expiry in which a session is still accepted, because a render takes time. */
const RENDER_TOLERANCE = 60

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

/** Uses a session and its valid tokens without a refresh. If a refresh is necessary, the user must interact. */
export async function authenticateReadOnly(
  { clients, events, now, sessions }: ReadOnlyServices,
  current: RequestSession,
  requested: ResourceScopes | undefined,
): Promise<AuthenticationResult> {
  const { renewAt = Infinity, userFlow } = current.session
  if (now() >= renewAt + RENDER_TOLERANCE) {
    const error = cannotRefresh('login_required', 'The session must be refreshed')
    return { current, interactionRequired: reported(events, error) }
  }
  if (requested === undefined) return { current }
  const tokenSession = await readTokenSession(sessions, current)
  const { userTokens } = clients.byUserFlow.get(userFlow) ?? clients.main
  const token = userTokens.findValidToken(tokenSession, requested)
  if (token !== undefined) return { current, token }
  const { access } = userTokens.latestState(tokenSession).tokens
  const granted = access.flatMap(({ scopes }) => scopes)
  const hasExpired = access.some(
    ({ resource, scopes }) =>
      resource === requested.resource && includesAll(scopes, requested.names),
  )
  // A page that asks for new scopes needs the user in any case, so the advice about refreshing would be wrong.
  const error = hasExpired
    ? reported(
        events,
        cannotRefresh('interaction_required', 'The token for the requested scopes has expired'),
      )
    : new IdentityError(
        'interaction_required',
        'The session does not have a token for the requested scopes yet.',
      )
  return { current, interactionRequired: error, granted }
}

/**
 * Returns the error for a refresh whose result could not be stored. The user must sign in instead.
 *
 * @param reason - Why a refresh is needed, as the first part of a sentence.
 * @param claimsRequest - The claims request that an API sent.
 */
export function cannotRefresh(
  code: 'login_required' | 'interaction_required',
  reason: string,
  claimsRequest?: ClaimsRequest,
): IdentityError {
  return new IdentityError(
    code,
    `${reason}, but this request cannot set cookies, so the library cannot store refreshed tokens.`,
    { hint: READ_ONLY_HINT, claimsRequest },
  )
}

/** Reports an error of {@link cannotRefresh} and returns it. */
export function reported(events: EventEmitter, error: IdentityError): IdentityError {
  events.emit('tokens.refresh_failed', { level: 'warn', ...failureOf(error) })
  return error
}
