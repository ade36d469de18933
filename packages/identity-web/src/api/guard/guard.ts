// The guard of a route: token, requirement, then the handler.
import { unwrapped } from '../../carried-errors.ts'
import { IdentityError } from '../../errors.ts'
import type { GuardResponse, HttpContext } from '../../http-context.ts'
import { isThenable, type MaybePromise } from '../../maybe-promise.ts'
import { Allowed, Rejected, unknownVerdict, type Verdict } from '../../verdict.ts'
import { isInUrl, readBearer } from '../token/bearer.ts'
import { recordCaller } from '../token/rules.ts'
import { AuthenticatedCaller, type AuthenticateToken } from './authenticate.ts'
import { checkAuthorization } from './authorize.ts'
import type { BearerResponses } from './bearer-responses.ts'
import { isClientError } from './on-behalf-of-errors.ts'
import type { AuthorizationContext } from './context.ts'
import type { Requirement } from './requirement.ts'

/** A handler that runs only for authorized callers, and returns a response, or `undefined` if it sent one itself. */
export type AuthorizedHandler = (context: AuthorizationContext) => MaybePromise<GuardResponse>

export type AuthorizationGuard = (
  http: HttpContext,
  handler: AuthorizedHandler,
) => MaybePromise<GuardResponse>

interface AuthorizationServices {
  readonly authenticateToken: AuthenticateToken
  readonly bearerResponses: BearerResponses
}

/**
 * A step's decision about a request, or `undefined` if the step did not decide, so that the request is rejected.
 */
type Decision = Verdict<AuthorizationContext> | undefined

/**
 * Makes a route's guard, which authenticates each request's token, checks the requirement, and then calls the handler
 * or responds with an error.
 *
 * If a call to another API fails because the user must interact, the guard converts this error to a response as well.
 *
 * Most requests contain a token that was verified before, so their handler is called at once, without a promise.
 */
export function createAuthorizationGuard(
  { authenticateToken, bearerResponses }: AuthorizationServices,
  requirement: Requirement,
): AuthorizationGuard {
  // These functions are made once per route. Separate functions contain the closures that wait for promises, so that a
  // request with a cached token does not allocate any.
  const { fullScopes } = requirement

  async function reject(
    error: IdentityError,
    http: HttpContext,
    scopes = fullScopes.get(undefined),
  ): Promise<Rejected> {
    return new Rejected(await bearerResponses.toResponse(error, scopes, http))
  }

  async function rejectFailure(error: unknown, http: HttpContext): Promise<Rejected> {
    // The framework handles every other error, such as one from the `claims` function.
    if (!IdentityError.is(error)) throw error
    return reject(error, http)
  }

  function authorize(caller: AuthenticatedCaller, http: HttpContext): MaybePromise<Decision> {
    const context = AuthenticatedCaller.contextOf(caller)
    if (context === undefined) return undefined
    const checked = checkAuthorization(requirement, context)
    if (isThenable(checked)) return toDecisionLater(checked, context, http)
    return toDecision(checked, context, http)
  }

  function toDecision(
    checked: Allowed<AuthorizationContext> | IdentityError,
    context: AuthorizationContext,
    http: HttpContext,
  ): MaybePromise<Decision> {
    if (Allowed.is(checked)) return checked
    if (!IdentityError.is(checked)) return undefined
    recordCaller(checked, context)
    // An application cannot request a user's scopes.
    return reject(checked, http, context.user === undefined ? [] : fullScopes.get(context.issuer))
  }

  async function toDecisionLater(
    checked: PromiseLike<Allowed<AuthorizationContext> | IdentityError>,
    context: AuthorizationContext,
    http: HttpContext,
  ): Promise<Decision> {
    return toDecision(await checked, context, http)
  }

  function decide(http: HttpContext): MaybePromise<Decision> {
    try {
      const token = readBearer(http)
      if (token === undefined) {
        return new Rejected(bearerResponses.unauthorized(fullScopes.get(undefined), isInUrl(http)))
      }
      const caller = authenticateToken(token)
      const decided = isThenable(caller) ? authorizeLater(caller, http) : authorize(caller, http)
      return isThenable(decided) ? decideLater(decided, http) : decided
    } catch (error) {
      return rejectFailure(error, http)
    }
  }

  async function authorizeLater(
    caller: PromiseLike<AuthenticatedCaller>,
    http: HttpContext,
  ): Promise<Decision> {
    return authorize(await caller, http)
  }

  async function decideLater(decided: PromiseLike<Decision>, http: HttpContext): Promise<Decision> {
    try {
      return await decided
    } catch (error) {
      return rejectFailure(error, http)
    }
  }

  function proceed(
    decision: Decision,
    http: HttpContext,
    handler: AuthorizedHandler,
  ): MaybePromise<GuardResponse> {
    if (!Allowed.is(decision)) {
      if (Rejected.is(decision)) return decision.response
      throw unknownVerdict()
    }
    try {
      const response = handler(decision.context)
      return isThenable(response)
        ? respondToClientError(response, http, decision.context)
        : response
    } catch (error) {
      return respondToThrown(error, http, decision.context)
    }
  }

  function respondToThrown(
    thrown: unknown,
    http: HttpContext,
    { token }: AuthorizationContext,
  ): Promise<Response> {
    const error = unwrapped(thrown, token)
    if (!isClientError(error) || http.isResponseSent) throw thrown
    return bearerResponses.toResponse(error, [], http)
  }

  async function proceedLater(
    decision: PromiseLike<Decision>,
    http: HttpContext,
    handler: AuthorizedHandler,
  ): Promise<GuardResponse> {
    return proceed(await decision, http, handler)
  }

  async function respondToClientError(
    response: PromiseLike<GuardResponse>,
    http: HttpContext,
    context: AuthorizationContext,
  ): Promise<GuardResponse> {
    try {
      return await response
    } catch (error) {
      return respondToThrown(error, http, context)
    }
  }

  return (http, handler) => {
    const decision = decide(http)
    return isThenable(decision)
      ? proceedLater(decision, http, handler)
      : proceed(decision, http, handler)
  }
}
