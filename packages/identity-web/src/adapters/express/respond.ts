import type { NextFunction, Request, RequestHandler, Response, Router } from 'express'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { Calls, Host } from '../base/auth.ts'
import { detachedContextOf } from '../base/detached.ts'
import type { GuardedRoute } from '../base/guards.ts'
import { NodeHttpContext, failTo, ignoreResult, serveRoute, writeResponse } from '../node.ts'

/** An Express application or router. */
export type App = Pick<Router, 'use'>

/** A handler that runs only for authenticated requests. */
// oxlint-disable-next-line max-params -- It has Express's three parameters, and the context.
export type Handler<Context> = (
  req: Request,
  res: Response,
  context: Context,
  next: NextFunction,
) => unknown

export type ExpressCalls = Calls<[req: Request, res: Response], [req: Request], void>

export const HOST: Host<ExpressCalls> = {
  arity: { route: 2, request: 1 },
  respond: ([req, res], route) => serveRoute(req, res, route),
  // A raw request of the server has no response.
  toHttpContext: ([req]) =>
    req.res === undefined ? detachedContextOf(req) : new NodeHttpContext(req, req.res),
  send: ([, res], response) => writeResponse(response, res),
  isSent: ([, res]) => res.headersSent,
}

/**
 * Makes a handler for Express, or a middleware if the route does not have a handler.
 * @param name - The property of the request in which the middleware stores the context.
 */
export function toHandler<Context>(
  { guard, handler }: GuardedRoute<Context>,
  name?: 'auth' | 'authorization',
): RequestHandler {
  const run = handler as Handler<Context> | undefined
  return (req, res, next) => {
    const outcome = guard(new NodeHttpContext(req, res), (context) => {
      if (run !== undefined) return ignoreResult(run(req, res, context, next))
      if (name !== undefined) (req as unknown as Record<string, Context>)[name] = context
      next()
      return undefined
    })
    return sendResponse(outcome, res, next)
  }
}

/** Sends the response of a guard. It is `undefined` if a handler has sent one. */
export function sendResponse(
  outcome: MaybePromise<globalThis.Response | undefined>,
  res: Response,
  next: NextFunction,
): unknown {
  return outcome instanceof Promise
    ? outcome.then((response) => response && writeResponse(response, res)).catch(failTo(next))
    : outcome && writeResponse(outcome, res)
}
