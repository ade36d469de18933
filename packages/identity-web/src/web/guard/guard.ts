import { IdentityError } from '../../errors.ts'
import type { GuardResponse, HttpContext } from '../../http-context.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { userOf, type RequestSession } from '../../session/index.ts'
import { shouldRedirect } from '../http/navigation.ts'
import { stepUpOf } from '../sign-in/step-up.ts'
import { authenticate, type AuthenticationServices } from './authenticate.ts'
import type { AuthenticationResult } from './authentication-result.ts'
import { respondWithChallenge, returnPathOf, type ChallengeServices } from './challenge.ts'
import type { LoginContext, TokenContext } from './context.ts'
import { callDownstream, type DownstreamCalls, type DownstreamServices } from './downstream.ts'
import { rejectCrossSite } from './reject-cross-site.ts'
import { checkAuthentication, type RouteRequirement } from './requirement.ts'
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
  extends AuthenticationServices, ChallengeServices, DownstreamServices {}

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

function proceed<User>(
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
    const error = checkAuthentication(current.session, authentication, services.now())
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
      ? {
          user: userOf<User>(current.session),
          claims: current.session.claims,
          api: services.namedApis(http),
        }
      : toTokenContext<User>({ services, http, current, requested, token }, services.now())
  const response = handler(context, current)
  return response instanceof Promise
    ? response.catch((error: unknown) => stepUp(services, { http, requirement, current }, error))
    : response
}

function toTokenContext<User>(calls: DownstreamCalls, now: number): TokenContext<User> {
  const { current, http, services, token } = calls
  // Written out, because two spreads would cost more than finding the token.
  return {
    user: userOf<User>(current.session),
    claims: current.session.claims,
    api: services.namedApis(http),
    accessToken: token.token,
    tokenType: token.type,
    expiresInSeconds: Math.max(0, token.expiresAt - now),
    scopes: token.scopes,
    fetch: (input, init) => callDownstream(calls, input, init),
  }
}

/** A request whose handler failed. */
interface FailedRequest {
  readonly http: HttpContext
  readonly requirement: RouteRequirement
  readonly current: RequestSession
}

/** Turns an error that only the user can solve into a challenge. Rethrows every other error. */
async function stepUp(
  services: GuardServices,
  { http, requirement, current }: FailedRequest,
  error: unknown,
): Promise<Response> {
  if (!IdentityError.is(error) || error.code !== 'interaction_required') throw error
  if (http.isResponseSent) throw error
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

async function respondToError<User>(
  services: GuardServices,
  { http, requirement }: GuardedCall<User>,
  error: unknown,
): Promise<Response> {
  if (!IdentityError.is(error) || http.redirectsOnly === true) throw error
  return services.errorResponses.toResponse(error, {
    isNavigation: shouldRedirect(http, requirement.challenge),
    returnTo: returnPathOf(services, http),
  })
}
