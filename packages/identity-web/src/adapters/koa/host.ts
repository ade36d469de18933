// Routes and guards of Koa, also in mounted applications.
import type { ExtendableContext, Middleware, Next, ParameterizedContext } from 'koa'
import {
  apiOf,
  detachedContextOf,
  startIn,
  webOf,
  type ApiAuthBase,
  type AuthBase,
  type Calls,
  type GuardedRoute,
  type Host,
  type ReplyHost,
  type RequestIdentity,
} from '../../classes/index.ts'
import type { CookieAccess } from '../../http-context.ts'
import type { Route } from '../../web/index.ts'
import type { GuardedHandler } from './signatures.ts'
import { NodeHttpContext, runRoute } from '../node.ts'
import {
  arrivedBody,
  endsConnection,
  setReplyHeaders,
  toBody,
  toForwardRequest,
} from '../node/forward.ts'

declare module 'koa' {
  interface DefaultState {
    /**
     * The context that a guard sets if it runs as middleware, for the signed-in user (`kind` is `'session'`) or the
     * caller with an access token (`'bearer'`). It is not set on other routes.
     */
    identity?: RequestIdentity
  }
}

/**
 * A Koa application, which may be mounted. You cannot pass a router, because it runs middleware only for its own
 * routes.
 * @public
 */
export interface App {
  /** Adds a middleware. */
  use(middleware: Middleware<any, object>): unknown
  /** The middleware that was added. */
  readonly middleware: readonly unknown[]
}

/** The arguments and results with which Koa calls the adapter. */
export interface Koa extends Calls<[ctx: ExtendableContext], [ctx: ExtendableContext], void> {}

export const HOST: Host<Koa> & ReplyHost<Koa> = {
  arity: { route: 1, request: 1 },
  needsApp: true,
  respond: ([ctx], route) => respond(ctx, route),
  // A raw request of the server has no response.
  toHttpContext: ([ctx]) => ('req' in ctx ? new KoaHttpContext(ctx) : detachedContextOf(ctx)),
  send: ([ctx], response) => sendResponse(ctx, response),
  isSent: ([ctx]) => new KoaHttpContext(ctx).isResponseSent,
}

/** Wraps a request and its response for the core. */
class KoaHttpContext extends NodeHttpContext {
  readonly #ctx: ExtendableContext

  constructor(ctx: ExtendableContext) {
    super(ctx.req, ctx.res)
    this.#ctx = ctx
  }

  /**
   * The path and query as they arrived. In a mounted application, `ctx.url` does not contain the mount path.
   */
  override get url(): string {
    return this.#ctx.originalUrl
  }

  /** The body that a Koa parser has stored on Koa's request. */
  protected override get parsedBody(): unknown {
    return (this.#ctx.request as { readonly body?: unknown }).body
  }

  protected override set parsedBody(body: unknown) {
    ;(this.#ctx.request as { body?: unknown }).body = body
  }

  /** `true` if the response is sent, also if a handler has sent it without Koa. */
  override get isResponseSent(): boolean {
    return super.isResponseSent || this.#ctx.respond === false
  }

  /** A handler that responds without Koa sends the headers of the Node.js response, which can still get cookies. */
  get cookies(): CookieAccess {
    return super.isResponseSent ? 'closed' : 'open'
  }
}

/** Returns a middleware for Koa. If the route does not have a handler, the next middleware runs. */
export function toHandler<Context extends object>({
  guard,
  handler,
  store,
}: GuardedRoute<Context>): Middleware<any, object> {
  const run = handler as GuardedHandler<Context> | undefined
  return async (ctx: ParameterizedContext, next: Next) => {
    const response = await guard(new KoaHttpContext(ctx), async (context) => {
      store(ctx, context)
      if (run !== undefined) {
        await run(ctx, context, next)
      } else {
        ctx.state.identity = context as unknown as RequestIdentity
        await next()
      }
      return undefined
    })
    if (response !== undefined) await sendResponse(ctx, response)
  }
}

/** Runs a core route and sends its response. */
async function respond(ctx: ExtendableContext, route: Route): Promise<void> {
  const { body } = ctx.request as { readonly body?: unknown }
  if (route.forward !== undefined) return forwardThrough(ctx, route.forward)
  await sendResponse(ctx, await runRoute(ctx.req, route, { url: ctx.originalUrl, body }))
}

/** Sets a response on the context, which Koa sends with the cookies and headers that the application set earlier. */
async function sendResponse(ctx: ExtendableContext, response: Response): Promise<void> {
  ctx.status = response.status
  // An earlier middleware may have set it for its own body.
  ctx.remove('Content-Type')
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) new KoaHttpContext(ctx).setCookies(cookies)
  for (const [name, value] of response.headers) {
    if (name === 'vary') ctx.vary(value)
    else if (name !== 'set-cookie') ctx.set(name, value)
  }
  const body = await response.text()
  ctx.body = body
  // Koa sets a type for an empty string too.
  if (body === '') ctx.remove('Content-Type')
}

/** Forwards a request to an API, and sets the response on the context. */
async function forwardThrough(
  ctx: ExtendableContext,
  forward: NonNullable<Route['forward']>,
): Promise<void> {
  const { body: parsed, rawBody } = ctx.request as { body?: unknown; rawBody?: unknown }
  const kept = ctx.req.readableDidRead ? (rawBody ?? parsed) : undefined
  const http = new KoaHttpContext(ctx)
  const outcome = await forward(toForwardRequest(ctx.req, ctx.res, { http, parsed: kept }))
  if (!('toResponse' in outcome)) {
    await sendResponse(ctx, outcome)
    if (endsConnection(ctx.req, outcome.status)) ctx.set('connection', 'close')
    return
  }
  ctx.status = outcome.status
  ctx.body = outcome.body === null ? '' : (arrivedBody(outcome) ?? toBody(outcome, ctx.res))
  // Koa sets them for a body.
  ctx.remove('Content-Type')
  ctx.remove('Content-Length')
  setReplyHeaders(outcome, ctx.res)
  if (outcome.isEventStream) ctx.flushHeaders()
}

/** Mounts the sign-in routes. */
export function mountAuth(auth: AuthBase<any, Koa>, app: App): void {
  startIn(auth, app)
  const web = webOf(auth)
  app.use((ctx, next) => {
    enterAuth(ctx, auth)
    // koa-mount sets it.
    web.location.learn((ctx as { readonly mountPath?: string }).mountPath)
    const route = web.route(ctx.originalUrl, ctx.method)
    return route === undefined ? next() : respond(ctx, route)
  })
}

/** Mounts the routes that need no token. */
export function mountApi(owner: ApiAuthBase<Koa>, app: App): void {
  startIn(owner, app)
  const api = apiOf(owner)
  app.use(async (ctx, next) => {
    const route = api.route(ctx.originalUrl, ctx.method)
    if (route === undefined) await next()
    else await respond(ctx, route)
  })
}

// Mounted applications share the context of a request, and `ctx.app` is the outermost application. So each application
// with an `Auth` records that a request has entered it, for the stand-alone `loginRequired`.

interface Entry {
  readonly auth: AuthBase<unknown>
  /** The number of characters that the outer mounts have removed from the URL. */
  readonly depth: number
  readonly outer: Entry | undefined
}

const entries = new WeakMap<ExtendableContext, Entry>()

/** Records that a request has entered an application with an `Auth`. */
function enterAuth(ctx: ExtendableContext, auth: AuthBase<unknown>): void {
  entries.set(ctx, { auth, depth: depthOf(ctx), outer: entries.get(ctx) })
}

/**
 * Returns the `Auth` for the application that handles the request or, without one, that of the nearest outer
 * application.
 */
export function authOf(ctx: ExtendableContext): AuthBase<unknown> | undefined {
  const depth = depthOf(ctx)
  let entry = entries.get(ctx)
  // A request that has left a mounted application does not have the users of that application.
  while (entry?.outer !== undefined && entry.depth > depth) entry = entry.outer
  return entry?.auth
}

function depthOf({ originalUrl, url }: ExtendableContext): number {
  return originalUrl.length - url.length
}
