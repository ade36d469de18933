// Tokens of the user for SDKs.
import type { TokenSource } from '../../client/index.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession } from '../../session/index.ts'
import { clientOf } from '../runtime/provider.ts'
import { getTokenFor } from './downstream.ts'
import { requireUserToken } from './user-token.ts'
import type { GuardServices } from './services.ts'

/** Returns the tokens of a session's user, for the SDKs that a handler uses. */
export function userTokenSource(
  services: GuardServices,
  http: HttpContext,
  { session }: RequestSession,
): TokenSource {
  return {
    kind: 'user',
    sessionId: session.id,
    client: clientOf(services.provider, session).client,
    tenant: () => session.claims.tid,
    isEnded: () => http.isEnded ?? http.isResponseSent,
    async getToken(requested, challenge) {
      const { current, token } = await requireUserToken(services, http, { requested })
      return challenge === undefined
        ? token
        : getTokenFor(challenge, { services, http, current, requested })
    },
  }
}
