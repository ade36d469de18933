import { LOGOUT_TOKEN_AGE, verifyLogoutToken } from '../../authority/index.ts'
import { IdentityError, isIdentityError } from '../../errors.ts'
import type { Logouts } from '../../session/index.ts'
import { logError } from '../../settings/logger.ts'
import { json } from '../http/answers.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { MISSING_STORE } from './revoke-sessions.ts'

const MAX_FORM_CHARACTERS = 100_000
/** Longer than a logout token is good for: its age, and what clocks differ by, before and after; seconds. */
const REMEMBERED = LOGOUT_TOKEN_AGE + 120

/**
 * The back-channel logout route: the provider's server tells that a user signed out, of one session there or of all.
 *
 * @see {@link https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest}
 */
export async function backChannelLogout<User>(
  runtime: WebRuntime<User>,
  request: Request,
): Promise<Response> {
  const { logouts, options } = runtime
  try {
    if (logouts === undefined) throw new IdentityError('configuration', MISSING_STORE)
    await obey(runtime, logouts, request)
    return new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (!isIdentityError(error)) throw error
    logError(options, error)
    const { code, message, status, retryAfter } = error
    if (status === 503) {
      return json(503, { error: code }, { 'retry-after': String(retryAfter ?? 5) })
    }
    // Section 2.8. What it says is of our own making, and helps whoever sets the provider up.
    return json(code === 'configuration' ? 501 : 400, { error: code, error_description: message })
  }
}

async function obey<User>(
  { client, options }: WebRuntime<User>,
  logouts: Logouts,
  request: Request,
): Promise<void> {
  const form = new URLSearchParams(
    request.method === 'POST' ? (await request.text()).slice(0, MAX_FORM_CHARACTERS) : '',
  )
  const tokens = form.getAll('logout_token')
  const [token] = tokens
  if (token === undefined || tokens.length > 1) {
    throw new IdentityError('invalid_request', 'The request has no logout token, or several.')
  }
  const { id, sub, sid } = await verifyLogoutToken(client.issuing, token, options.clientId)
  if (await logouts.tokens.isTaken(id)) {
    throw new IdentityError(
      'invalid_token',
      'The logout token is refused: it was sent before (jti).',
    )
  }
  // A session at the provider is narrower than its user.
  if (sid !== undefined) await logouts.endAll({ kind: 'sid', value: sid })
  else if (sub !== undefined) await logouts.endAll({ kind: 'sub', value: sub })
  // Only now: where the store fails in between, the provider may send it again.
  await logouts.tokens.take(id, REMEMBERED)
  options.logger.info?.('A user signed out at the provider.', { sub, sid })
}
