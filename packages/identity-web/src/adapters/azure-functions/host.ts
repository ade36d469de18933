// Guards HTTP functions of Azure Functions.
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions'
import { handlerOf, type Calls, type GuardedRoute, type Host } from '../../classes/index.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { runGuarded } from '../../verdict.ts'
import {
  httpContextOf,
  runRoute,
  startHttpContext,
  type RequestHttpContext,
} from '../request-response.ts'
import { toHttpResponseInit, withChanges, type FunctionResponse } from './response.ts'

export type { FunctionResponse }

/** An HTTP function's handler, which you pass to `app.http`. @public */
export type Handler = (
  request: HttpRequest,
  invocation: InvocationContext,
) => Promise<HttpResponseInit>

/**
 * A handler that runs only for authenticated requests and gets the context as its second argument. It may return a `Response`
 * too.
 * @public
 */
export type GuardedHandler<Context> = (
  request: HttpRequest,
  context: Context,
  invocation: InvocationContext,
) => FunctionResponse | Promise<FunctionResponse>

/** The arguments and results with which the framework calls the adapter. */
export interface AzureFunctions extends Calls<
  [request: HttpRequest],
  [request: HttpRequest],
  HttpResponseInit
> {}

export const HOST: Host<AzureFunctions> = {
  arity: { route: 1, request: 1 },
  respond: async ([request], route) =>
    toHttpResponseInit(await runRoute(asRequest(request), route)),
  toHttpContext: ([request]) => httpContextOf(asRequest(request)),
}

/**
 * Returns the request with the type `Request`. An `HttpRequest` is not a `Request`, but has all members that the library
 * reads.
 */
export function asRequest(request: HttpRequest): Request {
  return request as unknown as Request
}

/**
 * Calls a function that creates a response, and adds the cookies that were set during the call. Nested calls for one
 * request share these cookies.
 */
export async function collectChanges(
  request: HttpRequest,
  act: (http: RequestHttpContext) => Promise<FunctionResponse>,
): Promise<HttpResponseInit> {
  const http = startHttpContext(asRequest(request))
  if (http === undefined) return toHttpResponseInit(await act(httpContextOf(asRequest(request))))
  try {
    return withChanges(await act(http), http.take())
  } finally {
    // A handler that catches the error can respond with another guard.
    http.close()
  }
}

/** Turns a guarded function into a handler. */
export function toHandler<Context extends object>(route: GuardedRoute<Context>): Handler {
  return (request, invocation) =>
    collectChanges(request, async (http) => {
      // The guard knows only the class `Response`, so the response of the handler does not pass through it.
      const run = handlerOf<Context, MaybePromise<FunctionResponse>>(route, [request, invocation])
      const { rejection, result } = await runGuarded(route.guard, http, run)
      return assertResponse(rejection ?? result)
    })
}

/** Throws if a JavaScript handler did not return a response, because the browser would otherwise show an empty page. */
function assertResponse(response: FunctionResponse | undefined): FunctionResponse {
  if (response !== undefined) return response
  throw new TypeError(
    'A guarded handler must return a response, such as { jsonBody: user } or a Response.',
  )
}
