import type { NextFunction, Request, RequestHandler, Response, Router } from 'express'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { Guarded } from '../base/guards.ts'
import { NodeHttpContext, ignoreValue, runRoute, sendResponse } from '../node.ts'

/** An Express application, or a router of one. */
export type App = Pick<Router, 'use'>

/** A handler that runs only for those who are let in. */
export type Handler<Context> = (
  req: Request,
  res: Response,
  context: Context,
  next: NextFunction,
) => unknown

/**
 * Makes a handler of Express, or a middleware where the route has none of its own.
 *
 * @param keep - Puts the context where the handlers behind the middleware find it.
 */
export function protect<Context>(
  { guard, handler }: Guarded<Context>,
  keep: (req: Request, context: Context) => void = () => undefined,
): RequestHandler {
  const own = handler as Handler<Context> | undefined
  return (req, res, next) => {
    const outcome = guard(new NodeHttpContext(req, res), (context) => {
      if (own !== undefined) return ignoreValue(own(req, res, context, next))
      keep(req, context)
      next()
      return undefined
    })
    return send(outcome, res, next)
  }
}

/** Sends what a guard answers; nothing where a handler saw to that. */
export function send(
  outcome: MaybePromise<globalThis.Response | undefined>,
  res: Response,
  next: NextFunction,
): unknown {
  return outcome instanceof Promise
    ? outcome.then((stop) => stop && sendResponse(stop, res)).catch(failTo(next))
    : outcome && sendResponse(outcome, res)
}

/** Hands an error on. `next()` with nothing, or with `'route'`, would let the request in. */
export function failTo(next: NextFunction): (error: unknown) => void {
  return (error) =>
    next(error instanceof Error ? error : new Error('A handler was rejected.', { cause: error }))
}

/** Answers by a route of the core. */
export async function answer(
  req: Request,
  res: Response,
  route: (request: globalThis.Request) => Promise<globalThis.Response>,
): Promise<void> {
  await sendResponse(await runRoute(req, route), res)
}
