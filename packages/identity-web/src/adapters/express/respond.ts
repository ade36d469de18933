import type { NextFunction, Request, Response, Router } from 'express'
import type { MaybePromise } from '../../maybe-promise.ts'
import { sendResponse, toRequest } from '../node.ts'

/** An Express application, or a router of one. */
export type App = Pick<Router, 'use'>

/** Whether a constructor was given an application before its options. */
export function isApp(value: object): value is App {
  return 'use' in value
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

export async function answer(
  req: Request,
  res: Response,
  route: (request: globalThis.Request) => Promise<globalThis.Response>,
): Promise<void> {
  const request = await toRequest(req)
  if (request === undefined) res.status(413).end()
  else await sendResponse(await route(request), res)
}
