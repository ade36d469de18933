import type { Guarded } from '../base/guards.ts'
import { answering } from '../request-response.ts'

/**
 * A handler of requests, as servers of `Request` and `Response` take it.
 *
 * @typeParam Rest - What the server gives its handlers besides the request.
 * @public
 */
export type Handler<Rest extends readonly unknown[] = []> = (
  request: Request,
  ...rest: Rest
) => Promise<Response>

/** A handler that runs only for those who are let in. */
export type GuardedHandler<Context, Rest extends readonly unknown[]> = (
  request: Request,
  context: Context,
  ...rest: Rest
) => Response | Promise<Response>

/** Makes a handler of the guard's and the route's own. */
export function protect<Context>({
  guard,
  handler,
}: Guarded<Context>): (request: Request, ...rest: readonly unknown[]) => Promise<Response> {
  const own = handler as GuardedHandler<Context, readonly unknown[]>
  return (request, ...rest) =>
    answering(request, async (http) => {
      const answer = await guard(http, (context) => own(request, context, ...rest))
      // From JavaScript: a handler without an answer would be served as an empty page.
      if (answer === undefined) throw new TypeError('A guarded handler returned no Response.')
      return answer
    })
}
