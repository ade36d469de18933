import type { Context, Env, Handler, Hono, Input, MiddlewareHandler, Next } from 'hono'
import type { HandlerResponse } from 'hono/types'
import type { GuardResponse } from '../../http-context.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import {
  EnvironmentGuards,
  type Calls,
  type ErrorToResponse,
  type GuardedRoute,
  type Host,
} from '../../members/index.ts'
import type { Route } from '../../web/index.ts'
import {
  assertResponse,
  httpContextOf,
  runRoute,
  startHttpContext,
  withHttpContext,
  type RequestHttpContext,
} from '../request-response.ts'

/** A Hono application, or a part of one. */
export type App = Pick<Hono<any, any, any>, 'use'>

/**
 * A handler that runs only for authenticated requests. Its second argument is the context. `app.onError` receives its
 * errors.
 * @public
 */
export type GuardedHandler<
  Known,
  E extends Env = any,
  P extends string = any,
  I extends Input = {},
  R extends HandlerResponse<any> = any,
> = (c: Context<E, P, I>, context: Known) => R

export type HonoCalls = Calls<[c: Context], [c: Context], Response>

export const HOST: Host<HonoCalls> = {
  arity: { route: 1, request: 1 },
  respond: ([c], route) => respond(c, route),
  toHttpContext: ([c]) => httpContextOf(c.req.raw, c),
  prepare: (request, response) =>
    isContext(request) ? sendResponse(request, () => response) : response,
  environmentKey: (request) => (isContext(request) ? request : undefined),
}

/** Only the context of Hono has an environment. */
function isContext(request: unknown): request is Context {
  return typeof request === 'object' && request !== null && 'env' in request
}

/**
 * Makes a handler for Hono, or a middleware if the route does not have a handler.
 * @param toResponse - Returns the response to an error of a handler that runs after the middleware.
 */
function toHandler<Known extends object>(
  routeOf: (c: Context) => GuardedRoute<Known>,
  toResponse?: ErrorToResponse<Context>,
): Handler & MiddlewareHandler {
  const guarded = (c: Context, next: Next): MaybePromise<Response> => {
    const { guard, handler, store } = routeOf(c)
    return sendResponse(c, (http) =>
      guard(http, (context) => {
        store(c, context)
        if (handler === undefined) {
          c.set('identity', context)
          return passOn(c, next, toResponse)
        }
        return andThen((handler as Run<Known>)(c, context), (response) => setOwn(c, response))
      }),
    )
  }
  // Hono also accepts middleware that responds without a promise. Only its type does not.
  return guarded as Handler & MiddlewareHandler
}

type Run<Known> = (c: Context, context: Known) => MaybePromise<GuardResponse>

async function passOn(
  c: Context,
  next: Next,
  toResponse?: ErrorToResponse<Context>,
): Promise<GuardResponse> {
  await next()
  return (c.error && (await toResponse?.(c, c.error))) ?? responseOf(c)
}

/** Sets the response of the application's handler, so that it differs from a response of the core. */
function setOwn(c: Context, response: GuardResponse): GuardResponse {
  if (response !== undefined && !isOf(c, response)) c.res = response
  return responseOf(c)
}

function responseOf(c: Context): GuardResponse {
  return c.finalized ? c.res : undefined
}

/** Runs a route of the core and sends its response. */
export async function respond(c: Context, route: Route): Promise<Response> {
  const forwards = route.forward !== undefined
  return sendResponse(c, async () => runRoute(forwards ? c.req.raw : await toUnread(c), route))
}

/** Runs the rest of the application, and adds the changes that its handlers collected. Every request runs it. */
export function passOnAll(c: Context, next: Next): Promise<Response | void> {
  const http = startHttpContext(c.req.raw, c)
  if (http === undefined) return next()
  // Without a response, Hono reports that no handler has sent one.
  return next().then(() => (c.finalized ? setFinished(c, http.finish(c.res)) : undefined))
}

/**
 * Sets a response on the context, and adds the changes that were collected. The result is a promise only if that of `act` is
 * one.
 * @param act - Returns a response of the core, or the response on the context.
 */
function sendResponse(
  c: Context,
  act: (http: RequestHttpContext) => MaybePromise<GuardResponse>,
): MaybePromise<Response> {
  const response = withHttpContext(
    c.req.raw,
    (http) => andThen(act(http), (given) => withOwnHeaders(c, assertResponse(given))),
    c,
  )
  return andThen(response, (finished) => setFinished(c, finished))
}

/** `newResponse` adds the headers that the application has set on the context. */
function withOwnHeaders(c: Context, response: Response): Response {
  return isOf(c, response) ? response : c.newResponse(response.body, response)
}

function setFinished(c: Context, response: Response): Response {
  if (!isOf(c, response)) {
    // Hono would replace the new cookies with those of its previous response.
    c.res = undefined
    c.res = response
  }
  return response
}

function isOf(c: Context, response: Response): boolean {
  return c.finalized && c.res === response
}

/** Returns a request whose body can be read. If the application has read it, Hono has cached the body. */
async function toUnread(c: Context): Promise<Request> {
  const { raw } = c.req
  if (!raw.bodyUsed) return raw
  const form = new URLSearchParams()
  // A body of another type is not an authorization response.
  const fields = await c.req.formData().catch(() => [])
  for (const [name, value] of fields) form.append(name, typeof value === 'string' ? value : '')
  return new Request(raw.url, { method: raw.method, headers: raw.headers, body: form.toString() })
}

export const GUARDS: EnvironmentGuards<Handler & MiddlewareHandler, Context> =
  new EnvironmentGuards('hono', toHandler)
