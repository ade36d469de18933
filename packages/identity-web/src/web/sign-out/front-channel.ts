import { withCookies } from '../http/answers.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { tellOfLogout } from './on-logout.ts'

/**
 * The front-channel logout route: the provider loads it in a hidden frame when the user signs out elsewhere. Entra ID
 * names its session by `sid` and nothing else.
 *
 * With a store, the sessions that began by that one end wherever they are. Without, a session ends where its cookie comes
 * along: in a frame of another site that takes `session.cookie.sameSite: 'none'`. A call that names no session, or one
 * that is not known here, changes nothing: any page could make it.
 *
 * @see {@link https://openid.net/specs/openid-connect-frontchannel-1_0.html}
 */
export async function frontChannelLogout<User>(
  runtime: WebRuntime<User>,
  request: Request,
): Promise<Response> {
  const { sessions, logouts, options } = runtime
  const cookieHeader = request.headers.get('cookie') ?? ''
  const { searchParams } = new URL(request.url)
  const [sid, iss] = [searchParams.get('sid'), searchParams.get('iss')]
  const session = await sessions.read(cookieHeader)
  const isMeant =
    session !== undefined &&
    sid !== null &&
    session.claims.sid === sid &&
    (iss === null || session.claims.iss === iss)
  // No frame options here: to be in a frame is what this is for.
  const answer = new Response(null, {
    status: 200,
    headers: { 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' },
  })
  // Whoever knows the id of a session at the provider may end it; what is made up must not fill the store.
  if (logouts !== undefined && sid !== null && (await logouts.isKnown(sid))) {
    await logouts.endAll({ kind: 'sid', value: sid })
    if (!isMeant) options.logger.info?.('A user signed out elsewhere.', { sid })
  }
  if (!isMeant) return answer
  options.logger.info?.('A user signed out elsewhere.', {
    sub: session.claims.sub,
    tid: session.claims.tid,
  })
  await tellOfLogout(runtime, session)
  return withCookies(answer, await sessions.end(cookieHeader))
}
