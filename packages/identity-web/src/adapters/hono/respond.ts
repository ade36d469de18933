import type { Context, Env, Handler, Hono, Input, MiddlewareHandler, Next } from 'hono'
import type { HandlerResponse } from 'hono/types'
import type { GuardResponse } from '../../http-context.ts'
import type { Guarded } from '../base/guards.ts'
import { answering, runRoute, type RequestHttpContext } from '../request-response.ts'

/** A Hono application, or a part of one. */
export type App = Pick<Hono<any, any, any>, 'use'>

/**
 * A handler that runs only for those who are let in, who are in its second argument. What it throws is `app.onError`'s.
 *
 * @public
 */
export type GuardedHandler<
  Known,
  E extends Env = any,
  P extends string = any,
  I extends Input = {},
  R extends HandlerResponse<any> = any,
> = (c: Context<E, P, I>, context: Known) => R

/** What becomes of a context in the middleware form. */
export interface Middleware<Known> {
  /** Puts it where the handlers behind find it. */
  keep(c: Context, known: Known): void
  /** The answer to an error of a handler behind. */
  relay?(c: Context, error: Error): Promise<Response> | undefined
}

/** Makes a handler of Hono, or a middleware where the route has none of its own. */
export function protect<Known>(
  guardOf: (c: Context) => Guarded<Known>,
  { keep, relay }: Middleware<Known> = { keep: () => undefined },
): Handler & MiddlewareHandler {
  return (c: Context, next: Next) => {
    const { guard, handler } = guardOf(c)
    const own = handler as
      ((c: Context, known: Known) => GuardResponse | Promise<GuardResponse>) | undefined
    return around(c, (http) =>
      guard(http, async (known) => {
        if (own !== undefined) {
          const response = await own(c, known)
          if (response !== undefined && !isOf(c, response)) c.res = response
        } else {
          keep(c, known)
          await next()
          const relayed = c.error && relay?.(c, c.error)
          if (relayed !== undefined) return relayed
        }
        return c.finalized ? c.res : undefined
      }),
    )
  }
}

/** Answers by a route of the core. */
export function answer(
  c: Context,
  route: (request: Request) => Promise<Response>,
): Promise<Response> {
  return around(c, async () => runRoute(await unread(c), route))
}

/**
 * Puts an answer on the context, or takes what handlers put there, with what was to be set meanwhile.
 *
 * @param act - Gives an answer of ours, or the context's response.
 */
export async function around(
  c: Context,
  act: (http: RequestHttpContext) => GuardResponse | Promise<GuardResponse>,
): Promise<Response> {
  const response = await answering(
    c.req.raw,
    async (http) => {
      const given = await act(http)
      if (given === undefined) throw new TypeError('A guarded handler returned no Response.')
      // With the headers that the application set on the way.
      return isOf(c, given) ? given : c.newResponse(given.body, given)
    },
    c,
  )
  if (!isOf(c, response)) {
    // Hono would put the cookies that its response had before in the place of the new ones.
    c.res = undefined
    c.res = response
  }
  return response
}

function isOf(c: Context, response: Response): boolean {
  return c.finalized && c.res === response
}

/** A request whose body can be read: what the application read before us is in Hono's hands. */
export async function unread(c: Context): Promise<Request> {
  const { raw } = c.req
  if (!raw.bodyUsed) return raw
  const form = new URLSearchParams()
  // Any other body is no answer of a provider.
  const fields = await c.req.formData().catch(() => [])
  for (const [name, value] of fields) form.append(name, typeof value === 'string' ? value : '')
  return new Request(raw.url, { method: raw.method, headers: raw.headers, body: form.toString() })
}
