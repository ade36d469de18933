// Sign-out in a frame of the provider (front-channel).
import { isIssuer } from '../../authority/index.ts'
import { withCookies } from '../http/responses.ts'
import type { Provider } from '../runtime/provider.ts'
import type { RouteRequest } from '../http/routes.ts'
import { reportSignOut } from '../runtime/event-user.ts'
import { callOnLogout } from './on-logout.ts'
import type { UserServices } from '../users/services.ts'

/**
 * The front-channel logout route. The provider loads it in a hidden iframe when the user signs out of another
 * application. Entra ID sends only the `sid` of its session.
 *
 * With a store, all sessions that belong to this `sid` end. Without a store, a session ends only if the browser sends
 * the session cookie. In an iframe of another site, browsers send the cookie only with `session.cookie.sameSite:
 * 'none'`. A request without a known `sid`, or with the `iss` of another provider, has no effect, because any page
 * could send it.
 *
 * @see {@link https://openid.net/specs/openid-connect-frontchannel-1_0.html}
 */
export async function frontChannelLogout<User>(
  services: UserServices<User>,
  { cookieHeader, url }: RouteRequest,
): Promise<Response> {
  const { events, sessions, provider } = services
  const { searchParams } = new URL(url)
  const [sid, iss] = [searchParams.get('sid'), searchParams.get('iss')]
  const session = await sessions.read(cookieHeader)
  const isNamed =
    session !== undefined &&
    sid !== null &&
    session.claims.sid === sid &&
    (iss === null || session.claims.iss === iss)
  // This response must be allowed in an iframe, so it has no frame protection.
  const response = new Response(null, {
    status: 200,
    headers: { 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' },
  })
  // A caller who knows the id of a session at the provider may end it. Invented ids must not fill the store.
  if (
    sessions.revocations !== undefined &&
    sid !== null &&
    (await sessions.revocations.hasSessionsOf(sid)) &&
    (isNamed || iss === null || (await isOwnIssuer(provider, iss)))
  ) {
    await sessions.revocations.revokeAll({ kind: 'sid', value: sid })
    if (!isNamed) await reportSignOut(events, SIGN_OUT, { sid })
  }
  if (!isNamed) return response
  await reportSignOut(events, SIGN_OUT, session.claims)
  await callOnLogout(services, session)
  return withCookies(response, await sessions.end(cookieHeader))
}

/**
 * Returns whether an issuer belongs to a provider of this application. User flows of Azure AD B2C can have other
 * issuers.
 */
async function isOwnIssuer(provider: Provider, iss: string): Promise<boolean> {
  for (const { client } of [provider, ...provider.byUserFlow.values()]) {
    if (isIssuer(await client.issuing.metadata(), iss)) return true
  }
  return false
}

const SIGN_OUT = {
  message: 'A user signed out of another application.',
  initiator: 'front-channel',
} as const
