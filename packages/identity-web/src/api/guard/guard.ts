import { IdentityError } from '../../errors.ts'
import type { GuardResponse, HttpContext } from '../../http-context.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { isInUrl, readBearer } from '../token/bearer.ts'
import type { AuthenticateToken } from './authenticate.ts'
import { checkAuthorization } from './authorize.ts'
import type { BearerResponses } from './bearer-responses.ts'
import { isClientError } from './client-error.ts'
import type { AuthorizationContext } from './context.ts'
import type { CallerGroups } from './groups.ts'
import type { Requirement } from './requirement.ts'

/** A handler that runs only for authorized callers. It returns a response, or `undefined` if it sent one itself. */
export type AuthorizedHandler = (context: AuthorizationContext) => MaybePromise<GuardResponse>

/** The guard of one route of an API. */
export type AuthorizationGuard = (
  http: HttpContext,
  handler: AuthorizedHandler,
) => MaybePromise<GuardResponse>

/** The services that a guard uses. */
interface AuthorizationServices {
  readonly authenticateToken: AuthenticateToken
  readonly bearerResponses: BearerResponses
  readonly groups: Pick<CallerGroups, 'of'>
}

/**
 * Makes the guard of a route. The guard authenticates the token of each request, checks the requirement, and then calls
 * the handler or responds with an error.
 *
 * If a call to another API fails because the user must interact, the guard converts this error to a response as well.
 *
 * Most requests contain a token that was verified before. Their handler is called at once, without a promise.
 */
export function createAuthorizationGuard(
  { authenticateToken, bearerResponses, groups }: AuthorizationServices,
  requirement: Requirement,
): AuthorizationGuard {
  // These functions are made once per route. Separate functions contain the closures that wait for promises, so that a
  // request with a cached token does not allocate any.
  const { fullScopes } = requirement

  async function respondToError(error: unknown): Promise<Response> {
    // The framework handles every other error, such as one of the `claims` function.
    if (!IdentityError.is(error)) throw error
    return bearerResponses.toResponse(error, fullScopes)
  }

  function checkCaller(
    context: AuthorizationContext,
  ): MaybePromise<AuthorizationContext | Response> {
    const checked = checkAuthorization(requirement, context, groups.of)
    return checked === undefined ? context : rejectCaller(checked, context)
  }

  function rejectCaller(
    checked: MaybePromise<IdentityError | undefined>,
    context: AuthorizationContext,
  ): MaybePromise<AuthorizationContext | Response> {
    // An application cannot request the scopes of a user.
    const scopes = context.user === undefined ? [] : fullScopes
    return andThen(checked, (error): MaybePromise<AuthorizationContext | Response> =>
      error === undefined ? context : bearerResponses.toResponse(error, scopes),
    )
  }

  function authorize(http: HttpContext): MaybePromise<AuthorizationContext | Response> {
    let authorized: MaybePromise<AuthorizationContext | Response>
    try {
      const token = readBearer(http)
      if (token === undefined) return bearerResponses.unauthorized(fullScopes, isInUrl(http))
      authorized = andThen(authenticateToken(token), checkCaller)
    } catch (error) {
      return respondToError(error)
    }
    return authorized instanceof Promise ? authorized.catch(respondToError) : authorized
  }

  function callHandler(
    authorized: AuthorizationContext | Response,
    http: HttpContext,
    handler: AuthorizedHandler,
  ): MaybePromise<GuardResponse> {
    if (authorized instanceof Response) return authorized
    try {
      const response = handler(authorized)
      return response instanceof Promise ? respondToClientError(response, http) : response
    } catch (error) {
      if (!isClientError(error)) throw error
      return respondToClientError(Promise.reject(error), http)
    }
  }

  async function callHandlerLater(
    authorized: Promise<AuthorizationContext | Response>,
    http: HttpContext,
    handler: AuthorizedHandler,
  ): Promise<GuardResponse> {
    return callHandler(await authorized, http, handler)
  }

  async function respondToClientError(
    response: Promise<GuardResponse>,
    http: HttpContext,
  ): Promise<GuardResponse> {
    try {
      return await response
    } catch (error) {
      if (!isClientError(error) || http.isResponseSent) throw error
      return bearerResponses.toResponse(error)
    }
  }

  return (http, handler) => {
    const authorized = authorize(http)
    return authorized instanceof Promise
      ? callHandlerLater(authorized, http, handler)
      : callHandler(authorized, http, handler)
  }
}
