// Identifies every visitor, for hooks of frameworks.
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { authenticate } from './authenticate.ts'
import { AuthenticationResult } from './authentication-result.ts'
import type { LoginContext } from './context.ts'
import { isDenial, respondToDenial } from './failures.ts'
import { toLoginContext } from './guard.ts'
import type { GuardServices } from './services.ts'

/** The visitor of a request, before the application handles it. */
export interface Visitor<User> {
  /** The context of the user. `undefined` if the visitor is not signed in. */
  readonly context?: LoginContext<User>
  /** The response for a user whom `onRefresh` rejected. The session of this user has ended. */
  readonly denial?: Response
}

/**
 * Identifies the visitor of a request for a hook that runs for all requests, and refreshes the session if necessary.
 *
 * A request that another site caused has no user here, because the application can use the user to authorize a change.
 * During an outage, the visitor is not signed in. A guard of the page reports the outage, and pages without a guard
 * stay available.
 */
export async function identify<User>(
  services: GuardServices,
  http: HttpContext,
): Promise<Visitor<User>> {
  try {
    const result = await authenticate(services, http, { csrf: true })
    if (!AuthenticationResult.isSignedIn(result)) return {}
    http.noStore()
    return { context: toLoginContext<User>(services, http, result.current) }
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    if (!isDenial(error)) return {}
    const requirement = { challenge: 'auto' } as const
    return { denial: await respondToDenial(services, { http, requirement }, error) }
  }
}
