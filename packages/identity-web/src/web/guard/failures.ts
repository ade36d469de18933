// The response if a check or the handler throws.
import { errorForUser } from '../../carried-errors.ts'
import { AccessDenied, IdentityError } from '../../errors.ts'
import { failureAt, failureOf } from '../../event-emitter.ts'
import type { HttpContext } from '../../http-context.ts'
import { userOf, type RequestSession } from '../../session/index.ts'
import { shouldRedirect } from '../http/navigation.ts'
import { stepUpOf } from '../sign-in/step-up.ts'
import { AuthenticationResult } from './authentication-result.ts'
import { respondWithChallenge, returnPathOf } from './challenge.ts'
import type { RouteRequirement } from './requirement.ts'
import { readTokenSession } from './session-tokens.ts'
import { clientOf } from '../runtime/provider.ts'
import type { GuardServices } from './services.ts'

// The responses of a guard when authentication, a check or the handler throws.

/** A request to a guarded route. */
export interface GuardedRequest {
  readonly http: HttpContext
  readonly requirement: RouteRequirement
}

/** Responds to a request whose access could not be checked. */
export async function respondToFailedCheck(
  services: GuardServices,
  request: GuardedRequest,
  { result, error }: { readonly result: AuthenticationResult; readonly error: unknown },
): Promise<Response> {
  const { http, requirement } = request
  const needsUser =
    IdentityError.is(error) &&
    (error.code === 'interaction_required' || error.code === 'refresh_required')
  const { current } = result
  if (!needsUser) return respondToError(services, { ...request, current }, error)
  return respondWithChallenge(services, http, {
    requirement: { ...requirement, requested: stepUpOf(error) ?? requirement.requested },
    result: new AuthenticationResult(current, undefined, { interactionRequired: error }),
  })
}

/** A guarded request with a session. */
export interface FailedRequest extends GuardedRequest {
  readonly current: RequestSession
}

/** Responds to an error of a handler that concerns its user. Rethrows every other error. */
export async function respondToHandler(
  services: GuardServices,
  { http, requirement, current }: FailedRequest,
  thrown: unknown,
): Promise<Response> {
  const error = errorForUser(thrown, current.session.id)
  if (error === undefined || http.isResponseSent) throw thrown
  if (AccessDenied.is(error))
    return respondToDenial(services, { http, requirement, current }, error)
  return respondWithChallenge(services, http, {
    requirement: { ...requirement, requested: stepUpOf(error) ?? requirement.requested },
    result: await toStepUp(services, { current, error }),
  })
}

/** Returns the result for a user who must interact because of an error. */
export async function toStepUp(
  { sessions, provider }: GuardServices,
  { current, error }: { readonly current: RequestSession; readonly error: IdentityError },
): Promise<AuthenticationResult> {
  const tokenSession = await readTokenSession(sessions, current)
  const { userTokens } = clientOf(provider, current.session)
  const { tokens } = userTokens.latestState(tokenSession)
  // The scopes that the page has already must be available afterwards, too.
  const granted = tokens.access.flatMap(({ scopes }) => scopes)
  return new AuthenticationResult(current, undefined, { interactionRequired: error, granted })
}

/**
 * Returns whether the application rejected the user, for example in `onRefresh`. An `access_denied` of the provider
 * leads to a page with the next step instead.
 */
export function isDenial(error: unknown): error is IdentityError {
  return IdentityError.is(error) && error.code === 'access_denied' && error.oauthError === undefined
}

interface FailedAuthentication {
  readonly http: HttpContext
  readonly requirement: Pick<RouteRequirement, 'challenge'>
  /** Not set without a session, or if `onRefresh` rejected the user, whose session has ended. */
  readonly current?: RequestSession | undefined
}

/** Responds to an error of the authentication that the user cannot solve. */
export async function respondToError(
  services: GuardServices,
  { http, requirement, current }: FailedAuthentication,
  error: unknown,
): Promise<Response> {
  if (isDenial(error)) return respondToDenial(services, { http, requirement, current }, error)
  if (!IdentityError.is(error)) throw error
  if (http.delivery === 'throw') throw error
  return services.pages.errors.toResponse(http, error, {
    isNavigation: shouldRedirect(http, requirement.challenge),
    returnTo: returnPathOf(services, http),
    isSignIn: false,
    hasSession: true,
    claims: current?.session.claims,
  })
}

/** Responds to a user who is signed in but not allowed. */
export async function respondToDenial(
  services: GuardServices,
  { http, requirement, current }: FailedAuthentication,
  error: IdentityError,
): Promise<Response> {
  const claims = current?.session.claims
  if (http.delivery === 'throw') {
    const failure = await failureAt(services.events, error, { url: http.url, claims })
    services.events.emit('access.denied', { ...failure, level: 'info' })
    throw error
  }
  return services.pages.errors.toForbidden(http, error, {
    isNavigation: shouldRedirect(http, requirement.challenge),
    returnTo: returnPathOf(services, http),
    claims,
    user: current && userOf(current.session),
  })
}

/**
 * Responds to a request that another site caused: 403, as a page or as JSON for a script. Only developers learn which header
 * is wrong and what to change.
 *
 * @throws IdentityError `access_denied` if the response cannot be an error page, as in a server action of Next.js.
 */
export async function rejectCrossSite(
  services: GuardServices,
  { http, requirement }: GuardedRequest,
  rejected: IdentityError,
): Promise<Response> {
  if (http.delivery === 'throw') {
    services.events.emit('request.rejected', { level: 'info', ...failureOf(rejected) })
    throw rejected
  }
  return services.pages.errors.toResponse(http, rejected, {
    reason: 'cross-site',
    isNavigation: shouldRedirect(http, requirement.challenge),
    returnTo: returnPathOf(services, http),
  })
}
