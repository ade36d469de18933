import { toCarried } from '../../carried-errors.ts'
import { scopesToCall, type TokenSource } from '../../client/index.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession } from '../../session/index.ts'
import { clientOf } from '../runtime/clients.ts'
import { recordStepUp } from '../sign-in/step-up.ts'
import { getTokenFor, type DownstreamServices } from './downstream.ts'
import { requireUserToken } from './user-token.ts'

/** Returns the tokens of a session's user, for the SDKs that a handler uses. */
export function userTokenSource(
  services: DownstreamServices,
  http: HttpContext,
  { session }: RequestSession,
): TokenSource {
  return {
    kind: 'user',
    tenant: () => session.claims.tid,
    check(scopes) {
      // A connection has no response, but its session is valid.
      if (http.isResponseSent && http.isDetached !== true) throw responseSent()
      return scopesToCall(scopes, clientOf(services.clients, session).client.traits.prefixedScopes)
    },
    async getToken({ requested, challenge }) {
      try {
        const { current, token } = await requireUserToken(services, http, { requested })
        return challenge === undefined
          ? token
          : await getTokenFor(challenge, { services, http, current, requested })
      } catch (error) {
        throw IdentityError.is(error) ? recordStepUp(toCarried(error), requested) : error
      }
    },
  }
}

function responseSent(): IdentityError {
  return configurationError(
    'The response to this request has been sent, so azureCredential(context) cannot get more tokens of its user. Create the credential and the client of the SDK in the handler of each request, and wait for their results before you send the response.',
  )
}
