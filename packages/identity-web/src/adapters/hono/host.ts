// Routes and guards of Hono, and the bindings of Workers.
import type { Context, Handler, Hono as Application, MiddlewareHandler, Next } from 'hono'
import { env, getRuntimeKey } from 'hono/adapter'
import { routePath } from 'hono/route'
import { SERVER } from '../../host-traits.ts'
import type { GuardResponse } from '../../http-context.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import {
  apisOf,
  startIn,
  stateOf,
  type ApiAuthBase,
  type AuthBase,
  type Calls,
  type Environments,
  type ErrorToResponse,
  type GuardedRoute,
  type Host,
} from '../../classes/index.ts'
import type { Route } from '../../web/index.ts'
import {
  assertResponse,
  httpContextOf,
  pathAndQuery,
  runRoute,
  startHttpContext,
  withHttpContext,
  type RequestHttpContext,
} from '../request-response.ts'

/** A Hono application, or a part of one. */
export type App = Pick<Application<any, any, any>, 'use'>

/** The arguments and results with which Hono calls the adapter. */
export interface Hono extends Calls<[c: Context], [c: Context], Response> {}

export const HOST: Host<Hono> = {
  arity: { route: 1, request: 1 },
  needsApp: true,
  respond: ([c], route) => respond(c, route),
  toHttpContext: ([c]) => httpContextOf(c.req.raw, c),
  prepare: (request, response) =>
    isContext(request) ? sendResponse(request, () => response) : response,
  environmentKey: (request) => (isContext(request) ? request : undefined),
}

/** Returns whether an object is Hono's context, which is the only object with an environment. */
function isContext(request: unknown): request is Context {
  return typeof request === 'object' && request !== null && 'env' in request
}

/**
 * Returns a handler for Hono, or a middleware if the route does not have a handler.
 * @param toResponse - Returns the response to an error from a handler that runs after the middleware.
 */
export function toHandler<Known extends object>(
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

/**
 * Stores the response of the application's handler on the context, so that it can be told apart from a response of the
 * core.
 */
function setOwn(c: Context, response: GuardResponse): GuardResponse {
  if (response !== undefined && !isOf(c, response)) c.res = response
  return responseOf(c)
}

function responseOf(c: Context): GuardResponse {
  return c.finalized ? c.res : undefined
}

/** Runs a core route and sends its response. */
async function respond(c: Context, route: Route): Promise<Response> {
  const forwards = route.forward !== undefined
  return sendResponse(c, async () => runRoute(forwards ? c.req.raw : await toUnread(c), route))
}

/**
 * Runs the rest of the application for every request, and adds the changes that its handlers collected.
 */
function passOnAll(c: Context, next: Next): Promise<Response | void> {
  const http = startHttpContext(c.req.raw, c)
  if (http === undefined) return next()
  return next().then(
    () => {
      if (c.finalized) return setFinished(c, http.finish(c.res))
      // Without a response, Hono reports that no handler has sent one.
      return http.close()
    },
    (error: unknown) => {
      http.close()
      throw error
    },
  )
}

/**
 * Sets a response on the context, and adds the changes that were collected. The result is a promise only if `act`
 * returns a promise.
 * @param act - Returns the core's response, or the response on the context.
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

/** Returns the response with the headers that the application has set on the context, which `newResponse` adds. */
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

/**
 * The property that contains the `Auth` of the application that handles a request, for the stand-alone `loginRequired`.
 */
const AUTH = Symbol('identity-web auth')

type Mounted = Context & { [AUTH]?: AuthBase<unknown> }

/** Mounts the sign-in routes. */
export function mountAuth(auth: AuthBase<any, Hono>, app: App): void {
  startIn(auth, app)
  const { webOf } = stateOf(auth)
  let mount: { readonly homePath: string } | undefined
  app.use((c, next) => {
    ;(c as Mounted)[AUTH] = auth
    const web = webOf(c)
    // Hono distinguishes `/expenses` from `/expenses/`, and calls the home page of a mounted application `/expenses`.
    mount ??= { homePath: mountPathOf(c) }
    web.location.learn(mount.homePath, mount)
    const route = web.route(pathAndQuery(c.req.url), c.req.method)
    if (route !== undefined) return respond(c, route)
    return passOnAll(c, next)
  })
}

/** Returns the `Auth` for the application that handles a request. */
export function authOf(c: Context): AuthBase<unknown> | undefined {
  return (c as Mounted)[AUTH]
}

/**
 * Returns the path under which an application is mounted. The application's middleware has the path `<path>/*`.
 *
 * Hono's own helper works only with requests from the same copy of Hono, but an application can have another copy.
 */
function mountPathOf(c: Context): string {
  const { routePath: path = routePath(c) } = c.req as { readonly routePath?: string }
  return path.replace(/\/\*$/, '')
}

/** Mounts the routes that need no token. */
export function mountApi(owner: ApiAuthBase<Hono>, app: App): void {
  startIn(owner, app)
  const apis = apisOf(owner)
  app.use((c, next) => {
    const api = apis.of(c)
    const route = api.route(pathAndQuery(c.req.url), c.req.method)
    if (route === undefined) return next()
    // The description contains the scopes of all routes, called or not.
    for (const declare of apis.declared) declare(api)
    return respond(c, route)
  })
}

/**
 * Returns where an application's environments come from.
 *
 * On Workers, and if the options are a function, each request has its own environment. On Node.js, however, the process has
 * one environment, so a server can fail at its start.
 */
export function environmentsFor(options: unknown): Environments<Context> {
  const runtime = getRuntimeKey()
  if (runtime === 'workerd') {
    return { of: (c) => (c.env as object | undefined) ?? NO_BINDINGS, host: {} }
  }
  if (typeof options !== 'function') {
    return { of: undefined, host: runtime === 'node' ? SERVER : {} }
  }
  // Other runtimes have one environment, but some of them copy it for each call of `env`.
  let ofProcess: object | undefined
  return { of: (c) => (ofProcess ??= env(c as Context<object>)), host: {} }
}

const NO_BINDINGS = {}
