// The middleware of requests and of server functions.
import { errorOf } from '../../authentication/index.ts'
import { unwrapped } from '../../carried-errors.ts'
import { AccessDenied, IdentityError } from '../../errors.ts'
import { webOf, type AuthBase } from '../../classes/index.ts'
import { serve } from '../request-response.ts'
import type { FunctionMiddlewareArgs, RequestMiddlewareArgs } from './signatures.ts'
import {
  findHttpContext,
  httpContextOfArgs,
  isRedirect,
  NAME,
  openHttpContext,
  toRedirect,
  type StartHttpContext,
} from './http-context.ts'
import { refuse } from './host.ts'

/** The result of `next`. */
interface NextResult {
  readonly response: Response
}

/** Responds to the sign-in routes, and sends the responses of guards that did not accept the request. */
export async function runMiddleware(
  auth: AuthBase<any>,
  { request, next }: RequestMiddlewareArgs,
): Promise<unknown> {
  const outer = findHttpContext(request)
  const http = outer ?? openHttpContext(request)
  try {
    const own = await serve(webOf(auth), request)
    if (own !== undefined) return http.finish(own)
    const response = await respond(auth, http, next)
    return outer === undefined ? finish(http, response) : response
  } finally {
    if (outer === undefined) http.close()
  }
}

/** Lets the application respond, and replaces the response if a guard did not accept the request. */
async function respond(
  auth: AuthBase<any>,
  http: StartHttpContext,
  next: RequestMiddlewareArgs['next'],
): Promise<Response> {
  let response: Response
  try {
    ;({ response } = (await next({ context: { [NAME]: http } })) as NextResult)
  } catch (error) {
    // The error of a server route.
    return webOf(auth).toResponse(http, { error })
  }
  const { refusal } = http
  // The application can handle the error of a guard, and then respond with a page.
  if (refusal === undefined || response.status < 300) return response
  return http.isServerFunction ? toServerFunctionResponse(refusal) : refusal
}

/** Handles the errors of a server function that does not have a guard. */
export async function runFunctionMiddleware(
  auth: AuthBase<any>,
  { next, context }: FunctionMiddlewareArgs,
): Promise<unknown> {
  try {
    return await (next() as unknown)
  } catch (error) {
    if (!IdentityError.is(unwrapped(error))) throw error
    const http = httpContextOfArgs({ context: context as object })
    return refuse(http, await webOf(auth).toResponse(http, { error }))
  }
}

/**
 * Returns a response that makes the call of a server function fail in the browser. The router follows redirects, but other
 * errors get a text, because TanStack Start would send all properties of an error.
 */
function toServerFunctionResponse(refusal: Response): Response {
  const error = errorOf(refusal)
  const href = refusal.headers.get('location') ?? error?.loginUrl
  if (href !== undefined) return toRedirect(href, refusal.headers)
  const headers = new Headers(refusal.headers)
  headers.set('content-type', 'text/plain; charset=utf-8')
  const text = AccessDenied.is(error) ? error.message : (error?.code ?? 'request_rejected')
  return new Response(text, { status: refusal.status, headers })
}

/** Adds the collected changes to the response. */
function finish(http: StartHttpContext, response: Response): Response {
  if (!isRedirect(response)) return http.finish(response)
  const { headers } = http.finish(new Response(null, response))
  response.headers.delete('set-cookie')
  for (const [name, value] of headers) {
    if (name === 'set-cookie') response.headers.append(name, value)
    else response.headers.set(name, value)
  }
  return response
}
