import type { HttpContext } from '../../http-context.ts'
import { userOf, type RequestSession } from '../../session/index.ts'
import type { LoginContext, TokenContext } from './context.ts'
import { callDownstream, type DownstreamCalls, type DownstreamServices } from './downstream.ts'
import { readUserInfo } from './user-info.ts'

// Plain objects, so that an application can copy all of a context with `{ ...context }`.

/** Returns the context of a signed-in user, without a token. */
export function toLoginContext<User>(
  services: DownstreamServices,
  http: HttpContext,
  { session }: RequestSession,
): LoginContext<User> {
  const { namedApis } = services
  return {
    kind: 'session',
    user: userOf<User>(session),
    claims: session.claims,
    api: namedApis.shared ?? namedApis.of(http),
    userInfo: () => readUserInfo(services, http),
  }
}

/** Returns the context of a signed-in user with a token. */
export function toTokenContext<User>(calls: DownstreamCalls, now: number): TokenContext<User> {
  const { current, http, services, token } = calls
  // Written out, because a spread would cost more than finding the token.
  return {
    kind: 'session',
    user: userOf<User>(current.session),
    claims: current.session.claims,
    api: services.namedApis.shared ?? services.namedApis.of(http),
    userInfo: () => readUserInfo(services, http),
    accessToken: token.token,
    tokenType: token.type,
    expiresInSeconds: Math.max(0, token.expiresAt - now),
    scopes: token.scopes,
    fetch: (input, init) => callDownstream(calls, input, init),
  }
}
