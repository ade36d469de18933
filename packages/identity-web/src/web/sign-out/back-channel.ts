// Sign-out that the provider sends (back-channel).
import { addCacheEntry, type ExpiringEntry } from '../../caches.ts'
import { LOGOUT_TOKEN_AGE, verifyLogoutToken } from '../../authority/index.ts'
import type { OAuthClient } from '../../client/index.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import type { Revocations } from '../../session/index.ts'
import { failureOf, levelOf } from '../../event-emitter.ts'
import { reportSignOut } from '../runtime/event-user.ts'
import { json } from '../http/responses.ts'
import type { RouteRequest } from '../http/routes.ts'
import { MISSING_STORE } from './revoke-sessions.ts'
import type { AppServices } from '../runtime/services.ts'

/**
 * The time in seconds for which a used logout token is remembered. It is longer than the lifetime of a logout token,
 * because the clocks of the servers can differ.
 */
const REMEMBERED_SECONDS = LOGOUT_TOKEN_AGE + 120

/**
 * The back-channel logout route. The provider's server calls it when a user signs out of one or all sessions at the
 * provider.
 *
 * @see {@link https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest}
 */
export async function backChannelLogout(
  { events, provider, sessions }: AppServices,
  request: RouteRequest,
): Promise<Response> {
  try {
    const form = request.readForm()
    const given = form?.getAll('logout_token') ?? []
    const { sub, sid } = await endNamedSessions(provider.client, sessions.revocations, given)
    const message = 'A user signed out at the provider.'
    await reportSignOut(events, { message, initiator: 'back-channel' }, { sub, sid })
    return new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    if (error.code !== 'store_unavailable') {
      events.emit('sign_out.failed', { level: levelOf(error), ...failureOf(error) })
    }
    const { code, message, status, retryAfterSeconds } = error
    if (status === 503) {
      return json(503, { error: code }, { 'retry-after': String(retryAfterSeconds ?? 5) })
    }
    // Section 2.8. The message contains no data of the request, and it helps to configure the provider.
    const failure = status < 500 || code === 'configuration' ? 400 : status
    return json(failure, { error: code, error_description: message })
  }
}

// The sessions at the provider that a user of this process has just ended. While the user waits for the redirect of the
// provider, the provider calls this process, and some providers do not redirect after an error.
const signedOut = new Map<string, ExpiringEntry>()

const keyOf = ({ clientId, issuing }: OAuthClient, sid: unknown): string =>
  [issuing.authority.url, clientId, sid].join(' ')

/** Remembers a sign-out for a minute. Section 2.7: the logout of a user who is already signed out succeeds. */
export function rememberSignOut(client: OAuthClient, sid: unknown): void {
  if (typeof sid !== 'string') return
  const now = client.issuing.now()
  addCacheEntry(keyOf(client, sid), { expiresAt: now + 60 }, { in: signedOut, now })
}

/** Ends the sessions that a logout token identifies. */
async function endNamedSessions(
  client: OAuthClient,
  revocations: Revocations | undefined,
  [token, ...others]: readonly string[],
): Promise<{ readonly sub: string | undefined; readonly sid: string | undefined }> {
  if (token === undefined || others.length > 0) {
    throw new IdentityError('invalid_request', 'The request must have exactly one logout_token.')
  }
  const { id, sub, sid } = await verifyLogoutToken(client.issuing, token, client.clientId)
  if (revocations === undefined) {
    if (client.issuing.now() < (signedOut.get(keyOf(client, sid))?.expiresAt ?? 0))
      return { sub, sid }
    throw configurationError(MISSING_STORE)
  }
  if (await revocations.tokens.isUsed(id)) {
    throw new IdentityError(
      'invalid_token',
      'The logout token is rejected, because it was sent before (jti).',
      { reason: 'replay' },
    )
  }
  // If both are present, only the session at the provider ended, and not all sessions of the user.
  if (sid !== undefined) await revocations.revokeAll({ kind: 'sid', value: sid })
  else if (sub !== undefined) await revocations.revokeAll({ kind: 'sub', value: sub })
  // Recorded last, so that the provider can send the token again if the store fails before.
  await revocations.tokens.markUsed(id, REMEMBERED_SECONDS)
  return { sub, sid }
}
