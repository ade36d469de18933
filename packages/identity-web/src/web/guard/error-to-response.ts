// `toResponse()`: the response for an error outside a guard.
import { needsSignIn, unwrapped } from '../../carried-errors.ts'
import { parseScopes, scopesOfOneResource, type ResourceScopes } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { sessionHeader, userOf, type Session } from '../../session/index.ts'
import { shouldRedirect } from '../http/navigation.ts'
import { stepUpOf } from '../sign-in/step-up.ts'
import { respondWithChallenge, returnPathOf } from './challenge.ts'
import { toStepUp } from './failures.ts'
import type { GuardServices } from './services.ts'

/** The options of `auth.toResponse()` and `auth.sendResponse()`. @public */
export interface ErrorResponseScopes {
  /**
   * The scopes that the next sign-in requests from one API, as a list or a space-separated string.
   *
   * @defaultValue the scopes of the call that failed
   * @example await auth.toResponse(req, error, { scopes: ['Mail.Read'] })
   */
  readonly scopes?: string | readonly string[] | undefined
}

/** An error during a request, and the scopes that the route needs. */
export interface FailedCall extends ErrorResponseScopes {
  readonly error: unknown
}

/**
 * Converts an error that occurred outside a guard to the response that a guard would send.
 *
 * @throws The error, if it is not an {@link IdentityError} and does not contain one.
 */
export async function errorToResponse(
  services: GuardServices,
  http: HttpContext,
  { error: thrown, scopes }: FailedCall,
): Promise<Response> {
  const cookieHeader = sessionHeader(services.sessions, http) ?? ''
  const readSession = async (): Promise<Session | undefined> =>
    services.sessions.read(cookieHeader, http)
  const error = IdentityError.is(thrown)
    ? thrown
    : unwrapped(thrown, (await readSession())?.id ?? '')
  if (!IdentityError.is(error)) throw thrown
  if (!needsSignIn(error)) {
    // A store that fails must not replace the error.
    const session = error.status === 403 ? await readSession().catch(() => undefined) : undefined
    return services.pages.errors.toResponse(http, error, {
      isNavigation: shouldRedirect(http, 'auto'),
      isSignIn: false,
      hasSession: cookieHeader !== '',
      claims: session?.claims,
      user: session && userOf(session),
      returnTo: returnPathOf(services, http),
    })
  }
  const prefixed = services.provider.client.traits.prefixedScopes
  const requested: ResourceScopes | undefined =
    scopes === undefined ? stepUpOf(error) : scopesOfOneResource(parseScopes(scopes), prefixed)
  const requirement = { requested, challenge: 'auto' } as const
  const session = await readSession()
  const result =
    session && (await toStepUp(services, { current: { cookieHeader, session }, error }))
  return respondWithChallenge(services, http, { requirement, result, error })
}
