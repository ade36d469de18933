import { changeableHeaders } from '../fetch-api.ts'
import type { AuthorizationContext } from '../api/index.ts'
import { hasBearer, type GuardResponse, type RouteGuard } from '../http-context.ts'
import { andThen } from '../maybe-promise.ts'
import type { LoginContext } from '../web/index.ts'
import type { SessionOrBearerContext } from './context.ts'

/** The guards of a route that accepts a session or a bearer token. */
export interface BothGuards<User> {
  readonly session: RouteGuard<LoginContext<User>>
  readonly bearer: RouteGuard<AuthorizationContext>
  /** The `WWW-Authenticate` value for a request without a session and without a token. */
  readonly challenge: string
}

/**
 * Creates a guard that accepts a session or a bearer token.
 *
 * A request with the scheme `Bearer` is authenticated by its token alone. A cookie cannot replace a rejected token. Other
 * schemes do not matter, because a proxy may require them: `Basic` often protects staging.
 * A script without a session gets a 401 response with the login URL and with `WWW-Authenticate`.
 */
export function sessionOrBearer<User>({
  session,
  bearer,
  challenge,
}: BothGuards<User>): RouteGuard<SessionOrBearerContext<User>> {
  return (http, run) => {
    if (hasBearer(http)) return bearer(http, run)
    let handled: GuardResponse
    const outcome = session(http, (context) =>
      andThen(run(context), (response) => (handled = response)),
    )
    return andThen(outcome, (response) => {
      // The challenge must not be added to a 401 response of the handler.
      if (response?.status === 401 && response !== handled) {
        changeableHeaders(response).set('www-authenticate', challenge)
      }
      return response
    })
  }
}
