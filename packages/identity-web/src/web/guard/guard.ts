// The guard of a route: session, requirement, then the handler.
import type { GuardResponse, HttpContext } from '../../http-context.ts'
import type { SourceOfTokens } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import { isThenable, type MaybePromise } from '../../maybe-promise.ts'
import { own } from '../../own.ts'
import { userOf, type Claims, type RequestSession } from '../../session/index.ts'
import { isString } from '../../options/checks.ts'
import { TOKEN_SOURCE } from '../../tokens.ts'
import { Allowed, Rejected, unknownVerdict, type Verdict } from '../../verdict.ts'
import { checkAccess, type AccessResult } from './access.ts'
import { authenticate } from './authenticate.ts'
import { AuthenticationResult } from './authentication-result.ts'
import { respondWithChallenge } from './challenge.ts'
import { fetchWithoutToken, type LoginContext, type TokenContext } from './context.ts'
import { callDownstream, type DownstreamCalls } from './downstream.ts'
import {
  rejectCrossSite,
  respondToDenial,
  respondToError,
  respondToFailedCheck,
  respondToHandler,
  type FailedRequest,
  type GuardedRequest,
} from './failures.ts'
import { checkAuthentication, type RouteRequirement } from './requirement.ts'
import { readUserInfo } from './user-token.ts'
import type { GuardServices } from './services.ts'

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

/**
 * The decision of a step about a request. It is `undefined` if the step did not decide, and the request is then
 * rejected.
 */
type Decision = Verdict<AuthenticationResult> | undefined

/**
 * Creates the guard of a route. The guard authenticates each request, and then calls the handler or responds with a
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
    const request: GuardedRequest = { http, requirement }
    const decision = decide(services, request)
    return isThenable(decision)
      ? proceedLater(services, request, { decision, handler })
      : proceed(services, request, { decision, handler })
  }
}

function decide(services: GuardServices, request: GuardedRequest): MaybePromise<Decision> {
  let result: MaybePromise<AuthenticationResult | undefined>
  try {
    result = authenticate(services, request.http, request.requirement)
  } catch (error) {
    return reject(respondToError(services, request, error))
  }
  return isThenable(result)
    ? decideLater(services, request, result)
    : checkResult(services, request, result)
}

async function decideLater(
  services: GuardServices,
  request: GuardedRequest,
  result: PromiseLike<AuthenticationResult | undefined>,
): Promise<Decision> {
  let known: AuthenticationResult | undefined
  try {
    known = await result
  } catch (error) {
    return reject(respondToError(services, request, error))
  }
  return checkResult(services, request, known)
}

async function reject(response: Promise<Response>): Promise<Rejected> {
  return new Rejected(await response)
}

/**
 * Decides about a result. It checks the access of the user only if the session is valid and the request does not come
 * from another site, because such a request must not look up groups.
 */
function checkResult(
  services: GuardServices,
  request: GuardedRequest,
  result: AuthenticationResult | undefined,
): MaybePromise<Decision> {
  const { access } = request.requirement
  // Most routes allow every signed-in user.
  if (access === undefined || !AuthenticationResult.isSignedIn(result))
    return checkState(services, request, result)
  let checked: MaybePromise<AccessResult>
  try {
    checked = checkAccess(services, { http: request.http, current: result.current, access })
  } catch (error) {
    return reject(respondToFailedCheck(services, request, { result, error }))
  }
  return isThenable(checked)
    ? checkAccessLater(services, request, { result, checked })
    : checkAccessed(services, request, { result, checked })
}

/** Waits until the access of the user is known, and then decides. */
async function checkAccessLater(
  services: GuardServices,
  request: GuardedRequest,
  {
    result,
    checked,
  }: { readonly result: AuthenticationResult; readonly checked: PromiseLike<AccessResult> },
): Promise<Decision> {
  let known: AccessResult
  try {
    known = await checked
  } catch (error) {
    return reject(respondToFailedCheck(services, request, { result, error }))
  }
  return checkAccessed(services, request, { result, checked: known })
}

/**
 * Decides by the access of the user. A user who is not allowed is rejected first, because signing in again would not
 * help.
 */
function checkAccessed(
  services: GuardServices,
  request: GuardedRequest,
  { result, checked }: { readonly result: AuthenticationResult; readonly checked: AccessResult },
): MaybePromise<Decision> {
  if (Allowed.is(checked)) {
    const { context: current } = checked
    const changed = current === result.current ? result : result.withCurrent(current)
    return checkState(services, request, changed)
  }
  const { current } = result
  return IdentityError.is(checked)
    ? reject(respondToDenial(services, { ...request, current }, checked))
    : undefined
}

/** Decides by the state of the session and by the way in which the user signed in. */
function checkState(
  services: GuardServices,
  request: GuardedRequest,
  result: AuthenticationResult | undefined,
): MaybePromise<Decision> {
  if (!AuthenticationResult.isAccepted(result)) return rejectResult(services, request, result)
  const { http, requirement } = request
  const { authentication } = requirement
  if (authentication === undefined) return new Allowed(result)
  const clock = services.provider.client.issuing.clock()
  const checked = checkAuthentication(result.current.session, authentication, clock)
  if (checked === true) return new Allowed(result)
  const reason = { interactionRequired: checked }
  const interrupted = new AuthenticationResult(result.current, undefined, reason)
  return reject(respondWithChallenge(services, http, { requirement, result: interrupted }))
}

/**
 * Rejects a request if it does not have a session, if it comes from another site, or if its user must interact first.
 */
function rejectResult(
  services: GuardServices,
  { http, requirement }: GuardedRequest,
  result: AuthenticationResult | undefined,
): MaybePromise<Decision> {
  if (result !== undefined && !AuthenticationResult.is(result)) return undefined
  const { rejected } = result ?? {}
  return reject(
    rejected === undefined
      ? respondWithChallenge(services, http, { requirement, result })
      : rejectCrossSite(services, { http, requirement }, rejected),
  )
}

/** A decision, and the handler of the route. */
interface Proceeding<User, Decided> {
  readonly decision: Decided
  readonly handler: SessionHandler<User>
}

async function proceedLater<User>(
  services: GuardServices,
  request: GuardedRequest,
  { decision, handler }: Proceeding<User, PromiseLike<Decision>>,
): Promise<GuardResponse> {
  return proceed(services, request, { decision: await decision, handler })
}

/** Calls the handler. Only this function calls handlers. */
function proceed<User>(
  services: GuardServices,
  { http, requirement }: GuardedRequest,
  { decision, handler }: Proceeding<User, Decision>,
): MaybePromise<GuardResponse> {
  if (!Allowed.is(decision)) {
    if (Rejected.is(decision)) return decision.response
    throw unknownVerdict()
  }
  const { current, token } = decision.context
  const { requested } = requirement
  http.noStore()
  const context: LoginContext<User> =
    token === undefined || requested === undefined
      ? toLoginContext<User>(services, http, current)
      : toTokenContext<User>({ services, http, current, requested, token }, services.now())
  try {
    const response = handler(context, current)
    return isThenable(response)
      ? respondToHandlerLater(services, { http, requirement, current }, response)
      : response
  } catch (error) {
    return respondToHandler(services, { http, requirement, current }, error)
  }
}

async function respondToHandlerLater(
  services: GuardServices,
  request: FailedRequest,
  response: PromiseLike<GuardResponse>,
): Promise<GuardResponse> {
  try {
    return await response
  } catch (error) {
    return respondToHandler(services, request, error)
  }
}

// Plain objects, so that an application can copy all of a context with `{ ...context }`. Instances of a class with `fetch` on the
// prototype took 8 µs more of garbage collection per request in NestJS on Fastify, and an own property costs nothing there.
// The symbol is last, because V8 creates only the properties before the first computed name from a template.

/** Returns the context of a signed-in user, without a token. */
export function toLoginContext<User>(
  services: GuardServices,
  http: HttpContext,
  current: RequestSession,
): LoginContext<User> {
  const { namedApis } = services
  const { session } = current
  // The type of a route without scopes does not have `fetch`. JavaScript gets an error that says what to change.
  const context: LoginContext<User> &
    SourceOfTokens & { readonly fetch: typeof fetchWithoutToken } = {
    kind: 'session',
    user: userOf<User>(session),
    claims: session.claims,
    roles: rolesOf(session.claims),
    api: namedApis.shared ?? namedApis.of(http),
    userInfo: () => readUserInfo(services, http),
    fetch: fetchWithoutToken,
    [TOKEN_SOURCE]: () => services.tokenSource(http, current),
  }
  return context
}

/** Returns the context of a signed-in user with a token. */
function toTokenContext<User>(
  calls: DownstreamCalls,
  now: number,
): TokenContext<User> & SourceOfTokens {
  const { current, http, services, token } = calls
  // Written out, because a spread would cost more than finding the token.
  return {
    kind: 'session',
    user: userOf<User>(current.session),
    claims: current.session.claims,
    roles: rolesOf(current.session.claims),
    api: services.namedApis.shared ?? services.namedApis.of(http),
    userInfo: () => readUserInfo(services, http),
    accessToken: token.token,
    tokenType: token.type,
    expiresInSeconds: Math.max(0, token.expiresAt - now),
    scopes: token.scopes,
    fetch: (input, init) => callDownstream(calls, input, init),
    [TOKEN_SOURCE]: () => services.tokenSource(http, current),
  }
}

/** Returns the roles in the claims. The claims are frozen, so requests can share the list. */
function rolesOf(claims: Claims): readonly string[] {
  const roles: unknown = own(claims, 'roles')
  if (typeof roles === 'string') return [roles]
  if (!Array.isArray(roles)) return NO_ROLES
  return (roles.every(isString) ? roles : roles.filter(isString)) as readonly string[]
}

const NO_ROLES: readonly string[] = Object.freeze([])
