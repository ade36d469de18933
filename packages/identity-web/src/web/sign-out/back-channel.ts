import { LOGOUT_TOKEN_AGE, verifyLogoutToken } from '../../authority/index.ts'
import type { OAuthClient } from '../../client/index.ts'
import { IdentityError, isIdentityError } from '../../errors.ts'
import type { Logouts } from '../../session/index.ts'
import { logError, type Logger } from '../../settings/logger.ts'
import { json } from '../http/responses.ts'
import type { RouteRequest } from '../http/routes.ts'
import { MISSING_STORE } from './revoke-sessions.ts'

/** Seconds. Longer than a logout token is valid: its age, and the difference of clocks before and after it. */
const REMEMBERED_SECONDS = LOGOUT_TOKEN_AGE + 120

/** What a back-channel logout works with. */
export interface BackChannelServices {
  readonly client: OAuthClient
  readonly logger: Logger
  /** Absent without a store. */
  readonly logouts: Logouts | undefined
}

/**
 * The back-channel logout route. The provider's server calls it when a user signs out of one session there, or of all.
 *
 * @see {@link https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest}
 */
export async function backChannelLogout(
  { client, logger, logouts }: BackChannelServices,
  request: RouteRequest,
): Promise<Response> {
  try {
    if (logouts === undefined) throw new IdentityError('configuration', MISSING_STORE)
    const form = await request.readForm()
    const { sub, sid } = await endNamedSessions(client, logouts, form?.getAll('logout_token') ?? [])
    logger.info?.('A user signed out at the provider.', { sub, sid })
    return new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (!isIdentityError(error)) throw error
    logError({ logger }, error)
    const { code, message, status, retryAfter } = error
    if (status === 503) {
      return json(503, { error: code }, { 'retry-after': String(retryAfter ?? 5) })
    }
    // Section 2.8. The message contains nothing of the request, and helps to configure the provider.
    return json(code === 'configuration' ? 501 : 400, { error: code, error_description: message })
  }
}

/** Ends the sessions that a logout token names. */
async function endNamedSessions(
  client: OAuthClient,
  logouts: Logouts,
  [token, ...others]: readonly string[],
): Promise<{ readonly sub: string | undefined; readonly sid: string | undefined }> {
  if (token === undefined || others.length > 0) {
    throw new IdentityError('invalid_request', 'The request has no logout token, or several.')
  }
  const { id, sub, sid } = await verifyLogoutToken(client.issuing, token, client.clientId)
  if (await logouts.tokens.isTaken(id)) {
    throw new IdentityError(
      'invalid_token',
      'The logout token is refused: it was sent before (jti).',
    )
  }
  // If both are present, only the session at the provider ended, and not all sessions of the user.
  if (sid !== undefined) await logouts.endAll({ kind: 'sid', value: sid })
  else if (sub !== undefined) await logouts.endAll({ kind: 'sub', value: sub })
  // Recorded last, so that the provider can send the token again if the store fails before.
  await logouts.tokens.take(id, REMEMBERED_SECONDS)
  return { sub, sid }
}
