// Routes, guards and the error handler of Express.
import type {
  ErrorRequestHandler,
  NextFunction,
  Request,
  RequestHandler,
  Response,
  Router,
} from 'express'
import { isThenable, type MaybePromise } from '../../maybe-promise.ts'
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
import type { GuardedHandler } from './signatures.ts'
import { NodeHttpContext, failTo, ignoreResult, serveRoute, urlOf } from '../node.ts'
import { writeResponse } from '../node/write-response.ts'

declare global {
  namespace Express {
    interface Request {
      /**
       * The context that a guard sets if it runs as middleware, for the signed-in user (`kind` is `'session'`) or the
       * caller with an access token (`'bearer'`). It is not set on other routes.
       */
      identity?: RequestIdentity
    }
  }
}

/** An Express application or router. */
export type App = Pick<Router, 'use'>

/** The arguments and results with which Express calls the adapter. */
export interface Express extends Calls<[req: Request, res: Response], [req: Request], void> {}

export const HOST: Host<Express> & ReplyHost<Express> = {
  arity: { route: 2, request: 1 },
  needsApp: true,
  respond: ([req, res], route) => serveRoute(req, res, route),
  // A raw request of the server has no response.
  toHttpContext: ([req]) =>
    req.res === undefined ? detachedContextOf(req) : new NodeHttpContext(req, req.res),
  send: ([, res], response) => writeResponse(response, res),
  isSent: ([, res]) => res.headersSent,
  fail,
  // A response that was sent is destroyed too. Then the error is one of the application.
  isClientGone: ([, { destroyed, writableFinished }], error) =>
    destroyed &&
    !writableFinished &&
    CLIENT_GONE.has((error as { readonly code?: unknown } | undefined)?.code),
}

/**
 * Passes an error to Express. Because Express 4 ignores rejected promises, a rejection would end the process.
 */
function fail([{ next }]: Express['route'], error: unknown): boolean {
  // A request of a server without Express has no `next`.
  if (next === undefined) return false
  failTo(next)(error)
  return true
}

/** The codes of errors that only say that the client has closed the connection. */
const CLIENT_GONE: ReadonlySet<unknown> = new Set([
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
  'ECONNRESET',
  'EPIPE',
])

const SETTING = 'identity-web auth'

/** Mounts the sign-in routes. */
export function mountAuth(auth: AuthBase<any, Express>, app: App): void {
  startIn(auth, app)
  // Mounted applications inherit settings, so `loginRequired` finds this object there too.
  if ('set' in app && typeof app.set === 'function') app.set(SETTING, auth)
  const { location, route } = webOf(auth)
  app.use((req, res, next) => {
    // Only an application that is mounted in another one has a path to learn.
    if (req.baseUrl !== '') location.learn(req.baseUrl)
    const found = route(urlOf(req), req.method)
    if (found === undefined) next()
    else serveRoute(req, res, found).catch(failTo(next))
  })
}

/** Returns the `Auth` for the application that handles a request. */
export function authOf(req: Request): AuthBase<unknown> | undefined {
  return req.app.get(SETTING) as AuthBase<unknown> | undefined
}

/** Mounts the routes that need no token. */
export function mountApi(owner: ApiAuthBase<Express>, app: App): void {
  startIn(owner, app)
  const api = apiOf(owner)
  app.use((req, res, next) => {
    const route = api.route(urlOf(req), req.method)
    if (route === undefined) next()
    else serveRoute(req, res, route).catch(failTo(next))
  })
}

/** Returns the error handler for the middleware form of the guard. */
export function toErrorHandler(owner: ApiAuthBase<Express>): ErrorRequestHandler {
  // oxlint-disable-next-line max-params -- Express recognizes an error handler by its four parameters.
  return (error: unknown, _req, res, next) => {
    const response = res.headersSent ? undefined : apiOf(owner).respondToClientError(error)
    if (response === undefined) next(error)
    else sendResponse(response, res, next)
  }
}

/** Returns a handler for Express, or a middleware if the route does not have a handler. */
export function toHandler<Context extends object>({
  guard,
  handler,
  store,
}: GuardedRoute<Context>): RequestHandler {
  const run = handler as GuardedHandler<Context> | undefined
  return (req, res, next) => {
    const outcome = guard(new NodeHttpContext(req, res), (context) => {
      store(req, context)
      if (run !== undefined) return ignoreResult(run(req, res, context, next))
      req.identity = context as unknown as RequestIdentity
      next()
      return undefined
    })
    return sendResponse(outcome, res, next)
  }
}

/** Sends a guard's response, which is `undefined` if a handler has already sent one. */
function sendResponse(
  outcome: MaybePromise<globalThis.Response | undefined>,
  res: Response,
  next: NextFunction,
): unknown {
  return isThenable(outcome)
    ? sendLater(outcome, res).catch(failTo(next))
    : outcome && writeResponse(outcome, res)
}

async function sendLater(
  outcome: PromiseLike<globalThis.Response | undefined>,
  res: Response,
): Promise<void> {
  const response = await outcome
  if (response !== undefined) await writeResponse(response, res)
}
