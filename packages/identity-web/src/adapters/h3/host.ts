// Guards of event handlers of Nuxt, Nitro and h3.
import { once } from 'node:events'
import type { EventHandler, EventHandlerRequest, H3Event, H3EventContext } from 'h3'
import {
  handlerOf,
  hostApi,
  hostAuth,
  type ApiParts,
  type AuthParts,
  detachedContextOf,
  type Calls,
  type GuardedRoute,
  type Host,
  type RequestIdentity,
} from '../../classes/index.ts'
import { isAllowedBy, runGuarded } from '../../verdict.ts'
import { jsonResponse } from '../../fetch-api.ts'
import type { Route } from '../../web/index.ts'
import { runRoute, serveForward } from '../node.ts'
import { assertNotCached, callerOf, pathOf } from './event.ts'
import { H3HttpContext, httpContextOf } from './http-context.ts'

declare module 'h3' {
  interface H3EventContext {
    /**
     * The context that a guard sets if it runs as middleware, for the signed-in user (`kind` is `'session'`) or the
     * caller with an access token (`'bearer'`). It is not set on other routes.
     */
    readonly identity?: RequestIdentity
  }
}

/** A handler that runs only for authenticated requests and gets the context as its second argument. @public */
export type GuardedHandler<
  Context,
  Req extends EventHandlerRequest = EventHandlerRequest,
  Result = unknown,
> = (event: H3Event<Req>, context: Context) => Result

/** An event handler with any result. The types of the guards check the result. */
export type H3Handler = EventHandler<EventHandlerRequest, Promise<never>>

/** Marks a function as an event handler, because h3 warns about a handler without the mark. */
export function markHandler(run: (event: H3Event) => unknown): H3Handler {
  return Object.assign(run as H3Handler, { __is_handler__: true as const })
}

/** The arguments and results with which the framework calls the adapter. */
export interface H3 extends Calls<[event: H3Event], [event: H3Event], Response> {}

export const HOST: Host<H3> = {
  arity: { route: 1, request: 1 },
  // Only a forwarded path does not return a response, and members of `Auth` do not run one.
  respond: async ([event], route) => (await respond(event, route)) as Response,
  // A raw request of the server is not an event.
  toHttpContext: ([event]) => ('node' in event ? httpContextOf(event) : detachedContextOf(event)),
  prepare: (request, response) => (isEvent(request) ? toLocalReply(request, response) : response),
}

/** Returns whether a request that `toResponse` received is an event, which contains the response too. */
export function isEvent(request: unknown): request is H3Event {
  const { node } = Object(request) as { readonly node?: { readonly res?: unknown } }
  return node?.res !== undefined
}

/**
 * Runs a core route.
 * @returns The response, or `undefined` if it was sent already.
 */
export async function respond(event: H3Event, route: Route): Promise<Response | undefined> {
  const body = await bodyOf(event)
  const { req: request, res } = event.node
  if (route.forward !== undefined) {
    const http = new H3HttpContext(event)
    // h3 would not wait for a slow client, so that the memory of the server would fill.
    await serveForward(request, res, { forward: route.forward, http, parsed: body })
    if (!res.writableFinished && !res.destroyed) await once(res, 'close')
    return undefined
  }
  return toReply(event, await runRoute(request, route, { url: pathOf(event), body }))
}

const RAW_BODY = Symbol.for('h3RawBody')

/** Returns a request's body, if h3 has read it or if a server without streams has passed it on. */
async function bodyOf({ node: { req } }: H3Event): Promise<unknown> {
  const { [RAW_BODY]: read, body } = req as { [RAW_BODY]?: unknown; body?: unknown }
  return (await read) ?? body
}

/**
 * Prepares the core's response, which h3 sends. The cookies and headers that the application has set remain.
 */
export function toReply(event: H3Event, response: Response): Response {
  const { headers } = response
  const cookies = headers.getSetCookie()
  // h3 would add a cookie a second time, instead of replacing it.
  if (cookies.length > 0 && new H3HttpContext(event).setCookies(cookies))
    headers.delete('set-cookie')
  const [earlier, vary] = [event.node.res.getHeader('vary'), headers.get('vary')]
  if (earlier !== undefined && vary !== null) headers.set('vary', [earlier, vary].flat().join(', '))
  return response
}

/**
 * Returns the response for page code that called an API route. It contains the URL, because the code cannot follow a
 * redirect.
 */
export function toLocalReply(event: H3Event, response: Response): Response {
  const loginUrl = response.headers.get('location')
  if (callerOf(event) === undefined || loginUrl === null) return toReply(event, response)
  const headers = { 'cache-control': 'private, no-store' }
  return jsonResponse({ error: 'login_required', loginUrl }, { status: 401, headers })
}

/** Returns an event handler. If the route does not have a handler, the next event handler runs. */
function toHandler<Context extends object>(route: GuardedRoute<Context>): H3Handler {
  const { guard, handler, store } = route
  const guarded = async (event: H3Event): Promise<unknown> => {
    const http = httpContextOf(event)
    if (handler === undefined) {
      const outcome = await isAllowedBy(guard, http, (context) => {
        store(event, context)
        expose(event, context as unknown as RequestIdentity)
      })
      // h3 continues with the next handler if the result is `undefined`.
      return outcome === true ? undefined : toLocalReply(event, outcome)
    }
    const outcome = await runGuarded(guard, http, handlerOf<Context, unknown>(route, [event]))
    return outcome.rejection === undefined ? outcome.result : toLocalReply(event, outcome.rejection)
  }
  return markHandler(guarded)
}

/**
 * Sets `event.context.identity`, but not for a cached handler, which has the same context and must not see the user.
 */
function expose(event: H3Event, identity: RequestIdentity): void {
  Object.defineProperty(event.context, 'identity', {
    configurable: true,
    get(this: H3EventContext) {
      assertNotCached({ context: this })
      return identity
    },
  })
}

export const AUTH: AuthParts<H3Handler> = hostAuth(toHandler)
export const API: ApiParts<H3Handler> = hostApi(toHandler)
