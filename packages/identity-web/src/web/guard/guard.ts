import type { GuardResponse, HttpContext } from '../../http-context.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { userOf, type RequestSession } from '../../session/index.ts'
import { checkAccess, type AccessResult } from './access.ts'
import { authenticate } from './authenticate.ts'
import { isSignedIn, type AuthenticationResult } from './authentication-result.ts'
import { respondWithChallenge } from './challenge.ts'
import type { LoginContext, TokenContext } from './context.ts'
import { callDownstream, type DownstreamCalls, type DownstreamServices } from './downstream.ts'
import {
  isForUser,
  respondToDenial,
  respondToError,
  respondToFailedCheck,
  respondToHandler,
  type FailureServices,
  type GuardedRequest,
} from './failures.ts'
import type { GroupLookUpServices } from './group-lookup.ts'
import { rejectCrossSite } from './reject-cross-site.ts'
import { checkAuthentication, type RouteRequirement } from './requirement.ts'
import { readUserInfo } from './user-info.ts'

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
export interface GuardServices extends FailureServices, DownstreamServices, GroupLookUpServices {}

/** A request to a guarded route, and the handler that it is for. */
interface GuardedCall<User> extends GuardedRequest {
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
  if (access === undefined || !isSignedIn(result)) return proceedAllowed(services, request, result)
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
function toTokenContext<User>(calls: DownstreamCalls, now: number): TokenContext<User> {
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
