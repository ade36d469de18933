import type { Context, Env, Handler, Hono, Input, MiddlewareHandler, Next } from 'hono'
import type { HandlerResponse } from 'hono/types'
import type { GuardResponse } from '../../http-context.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { Calls, GuardedRoute, Host } from '../../members/index.ts'
import type { Route } from '../../web/index.ts'
import {
  assertResponse,
  httpContextOf,
  runRoute,
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
  send: ([c], response) => sendResponse(c, () => response),
  // Hono replaces the response of a handler that failed.
  isSent: () => false,
  // Only the context of Hono has an environment.
  environmentKey: (request) =>
    typeof request === 'object' && request !== null && 'env' in request ? request : undefined,
}

/**
 * Makes a handler for Hono, or a middleware if the route does not have a handler.
 * @param toResponse - Returns the response to an error of a handler that runs after the middleware.
 */
export function toHandler<Known extends object>(
  routeOf: (c: Context) => GuardedRoute<Known>,
  toResponse?: (c: Context, error: Error) => Promise<Response> | undefined,
): Handler & MiddlewareHandler {
  return (c: Context, next: Next) => {
    const { guard, handler, store } = routeOf(c)
    return sendResponse(c, (http) =>
      guard(http, async (context) => {
        store(c, context)
        if (handler === undefined) {
          c.set('identity', context)
          await next()
          const response = c.error && toResponse?.(c, c.error)
          if (response !== undefined) return response
        } else {
          const response = await (handler as Run<Known>)(c, context)
          if (response !== undefined && !isOf(c, response)) c.res = response
        }
        return c.finalized ? c.res : undefined
      }),
    )
  }
}

type Run<Known> = (c: Context, context: Known) => MaybePromise<GuardResponse>

/** Runs a route of the core and sends its response. */
export function respond(c: Context, route: Route): Promise<Response> {
  return sendResponse(c, async () => runRoute(await toUnread(c), route))
}

/**
 * Sets a response on the context, and adds the changes that were collected.
 * @param act - Returns a response of the core, or the response on the context.
 */
export async function sendResponse(
  c: Context,
  act: (http: RequestHttpContext) => MaybePromise<GuardResponse>,
): Promise<Response> {
  const response = await withHttpContext(
    c.req.raw,
    async (http) => {
      const given = assertResponse(await act(http))
      // `newResponse` adds the headers that the application has set on the context.
      return isOf(c, given) ? given : c.newResponse(given.body, given)
    },
    c,
  )
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
