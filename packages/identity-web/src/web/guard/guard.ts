import { AccessDenied, IdentityError } from '../../errors.ts'
import { failureOf } from '../../event-emitter.ts'
import type { GuardResponse, HttpContext } from '../../http-context.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { RequestSession } from '../../session/index.ts'
import { shouldRedirect } from '../http/navigation.ts'
import { stepUpOf } from '../sign-in/step-up.ts'
import { checkAccess, type AccessResult } from './access.ts'
import { authenticate, type AuthenticationServices } from './authenticate.ts'
import type { AuthenticationResult } from './authentication-result.ts'
import { respondWithChallenge, returnPathOf, type ChallengeServices } from './challenge.ts'
import type { LoginContext } from './context.ts'
import type { DownstreamServices } from './downstream.ts'
import type { GroupLookUpServices } from './group-lookup.ts'
import { rejectCrossSite } from './reject-cross-site.ts'
import { checkAuthentication, type RouteRequirement } from './requirement.ts'
import { toLoginContext, toTokenContext } from './session-context.ts'
import { readTokenSession } from './session-tokens.ts'

/** A handler that runs only for signed-in users. It returns a response, or `undefined` if it sent one itself. */
export type SessionHandler<User> = (
  context: LoginContext<User>,
  current: RequestSession,
) => MaybePromise<GuardResponse>

/** The guard of one route. */
export type Guard<User> = (
  http: HttpContext,
  handler: SessionHandler<User>,
) => MaybePromise<GuardResponse>

/** The services that a guard uses. */
export interface GuardServices
  extends AuthenticationServices, ChallengeServices, DownstreamServices, GroupLookUpServices {}

/** A request to a guarded route. */
interface GuardedCall<User> {
  readonly http: HttpContext
  readonly requirement: RouteRequirement
  readonly handler: SessionHandler<User>
}

/**
 * Makes the guard of a route. The guard authenticates each request, and then calls the handler or responds with a
 * challenge.
 *
 * If `context.fetch()` or `getTokenForUser()` fails because the user must interact, the guard also responds with a
 * challenge.
 */
export function createGuard<User>(
  services: GuardServices,
  requirement: RouteRequirement,
): Guard<User> {
  // Most routes allow every signed-in user. Their guard has no step for that.
  const proceed = requirement.access === undefined ? proceedAllowed : proceedIfAllowed
  return (http, handler) => {
    const request: GuardedCall<User> = { http, requirement, handler }
    let result: MaybePromise<AuthenticationResult | undefined>
    try {
      result = authenticate(services, http, requirement)
    } catch (error) {
      return respondToError(services, request, error)
    }
    if (!(result instanceof Promise)) return proceed(services, request, result)
    return result.then(
      (authenticated) => proceed(services, request, authenticated),
      (error: unknown) => respondToError(services, request, error),
    )
  }
}

function proceedIfAllowed<User>(
  services: GuardServices,
  request: GuardedCall<User>,
  result: AuthenticationResult | undefined,
): MaybePromise<GuardResponse> {
  const { access } = request.requirement
  // A session that has ended does not say what its user may see. A request from another site must not look up groups.
  const code = result?.interactionRequired?.code
  const isRejected =
    result === undefined ||
    result.rejected !== undefined ||
    code === 'login_required' ||
    code === 'refresh_required'
  if (access === undefined || isRejected) return proceedAllowed(services, request, result)
  let checked: MaybePromise<AccessResult | undefined>
  try {
    checked = checkAccess(services, { http: request.http, current: result.current, access })
  } catch (error) {
    return respondToFailedCheck(services, request, { result, error })
  }
  return checked === undefined
    ? proceedAllowed(services, request, result)
    : proceedLater(services, request, { result, checked })
}

/** Proceeds when the access of the user is known. Signing in again would not help a user who is not allowed. */
async function proceedLater<User>(
  services: GuardServices,
  request: GuardedCall<User>,
  {
    result,
    checked,
  }: {
    readonly result: AuthenticationResult
    readonly checked: MaybePromise<AccessResult | undefined>
  },
): Promise<GuardResponse> {
  let access: AccessResult | undefined
  try {
    access = await checked
  } catch (error) {
    return respondToFailedCheck(services, request, { result, error })
  }
  if (access?.error !== undefined) return respondToDenial(services, request, access.error)
  const { current = result.current } = access ?? {}
  return proceedAllowed(services, request, { ...result, current })
}

/** Responds to a request whose access could not be checked. */
async function respondToFailedCheck<User>(
  services: GuardServices,
  request: GuardedCall<User>,
  { result, error }: { readonly result: AuthenticationResult; readonly error: unknown },
): Promise<Response> {
  const { http, requirement } = request
  const needsUser =
    IdentityError.is(error) &&
    (error.code === 'interaction_required' || error.code === 'refresh_required')
  if (!needsUser) return respondToError(services, request, error)
  return respondWithChallenge(services, http, {
    requirement: { ...requirement, requested: stepUpOf(error) ?? requirement.requested },
    result: { current: result.current, interactionRequired: error },
  })
}

function proceedAllowed<User>(
  services: GuardServices,
  { http, requirement, handler }: GuardedCall<User>,
  result: AuthenticationResult | undefined,
): MaybePromise<GuardResponse> {
  const { authentication, requested } = requirement
  if (result === undefined || result.interactionRequired !== undefined) {
    return respondWithChallenge(services, http, { requirement, result })
  }
  const { current, token, rejected } = result
  if (rejected !== undefined) return rejectCrossSite(services, http, { requirement, rejected })
  if (authentication !== undefined) {
    const clock = services.clients.main.client.issuing.clock()
    const error = checkAuthentication(current.session, authentication, clock)
    if (error !== undefined) {
      return respondWithChallenge(services, http, {
        requirement,
        result: { current, interactionRequired: error },
      })
    }
  }
  http.noStore()
  const context: LoginContext<User> =
    token === undefined || requested === undefined
      ? toLoginContext<User>(services, http, current)
      : toTokenContext<User>({ services, http, current, requested, token }, services.now())
  try {
    const response = handler(context, current)
    return response instanceof Promise
      ? response.catch((error: unknown) =>
          respondToHandler(services, { http, requirement, current }, error),
        )
      : response
  } catch (error) {
    if (!isForUser(error)) throw error
    return respondToHandler(services, { http, requirement, current }, error)
  }
}

/** A request whose handler failed. */
interface FailedRequest {
  readonly http: HttpContext
  readonly requirement: RouteRequirement
  readonly current: RequestSession
}

/** Whether the guard responds to an error of a handler: a step that the user must take, or a denial. */
function isForUser(error: unknown): error is IdentityError {
  return (
    IdentityError.is(error) && (error.code === 'interaction_required' || AccessDenied.is(error))
  )
}

/** Responds to an error of a handler that concerns its user. Rethrows every other error. */
async function respondToHandler(
  services: GuardServices,
  { http, requirement, current }: FailedRequest,
  error: unknown,
): Promise<Response> {
  if (!isForUser(error) || http.isResponseSent) throw error
  if (AccessDenied.is(error)) return respondToDenial(services, { http, requirement }, error)
  return respondWithChallenge(services, http, {
    requirement: { ...requirement, requested: stepUpOf(error) ?? requirement.requested },
    result: await toStepUp(services, { current, error }),
  })
}

/** Returns the result for a user who must interact because of an error. */
export async function toStepUp(
  { clients, sessions }: GuardServices,
  { current, error }: { readonly current: RequestSession; readonly error: IdentityError },
): Promise<AuthenticationResult> {
  const tokenSession = await readTokenSession(sessions, current)
  const { userTokens } = clients.byUserFlow.get(current.session.userFlow) ?? clients.main
  const { tokens } = userTokens.latestState(tokenSession)
  // The scopes that the page has already must be available afterwards, too.
  const granted = tokens.access.flatMap(({ scopes }) => scopes)
  return { current, interactionRequired: error, granted }
}

/**
 * Whether the application rejected the user, for example in `onRefresh`. The provider's `access_denied` has a page with the
 * next step instead.
 */
export function isDenial(error: unknown): error is IdentityError {
  return IdentityError.is(error) && error.code === 'access_denied' && error.oauthError === undefined
}

async function respondToError<User>(
  services: GuardServices,
  { http, requirement }: GuardedCall<User>,
  error: unknown,
): Promise<Response> {
  if (isDenial(error)) return respondToDenial(services, { http, requirement }, error)
  if (!IdentityError.is(error) || http.redirectsOnly === true) throw error
  return services.errorResponses.toResponse(http, error, {
    isNavigation: shouldRedirect(http, requirement.challenge),
    returnTo: returnPathOf(services, http),
    isSignIn: false,
    hasSession: true,
  })
}

/** Responds to a user who is signed in and not allowed. */
async function respondToDenial(
  services: GuardServices,
  { http, requirement }: Pick<FailedRequest, 'http' | 'requirement'>,
  error: IdentityError,
): Promise<Response> {
  if (http.redirectsOnly === true && http.sendsErrors !== true) {
    services.events.emit('access.denied', { level: 'info', ...failureOf(error) })
    throw error
  }
  return services.errorResponses.toForbidden(http, error, {
    isNavigation: shouldRedirect(http, requirement.challenge),
    returnTo: returnPathOf(services, http),
  })
}
