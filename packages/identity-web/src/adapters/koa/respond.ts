import type {
  DefaultContext,
  DefaultState,
  ExtendableContext,
  Middleware,
  Next,
  ParameterizedContext,
} from 'koa'
import type { Guarded } from '../base/guards.ts'
import { NodeHttpContext, runRoute } from '../node.ts'

/**
 * A Koa application, also one that is mounted. Not a router: it runs its middleware for its own routes only.
 *
 * @public
 */
export interface App {
  /** Adds a middleware. */
  use(middleware: Middleware<any, object>): unknown
  /** What was added. */
  readonly middleware: readonly unknown[]
}

/**
 * A handler that runs only for those who are let in, who are in its second argument. What it throws is Koa's, or that of
 * a middleware in front.
 *
 * @public
 */
export type GuardedHandler<Known, StateT = DefaultState, ContextT = DefaultContext> = (
  ctx: ParameterizedContext<StateT, ContextT, any>,
  context: Known,
  next: Next,
) => unknown

/** The core's view of a request and its response. */
export class KoaHttpContext extends NodeHttpContext {
  readonly #ctx: ExtendableContext

  constructor(ctx: ExtendableContext) {
    super(ctx.req, ctx.res)
    this.#ctx = ctx
  }

  /** As it arrived: in an application that is mounted, `ctx.url` lacks the path of that. */
  override get url(): string {
    return this.#ctx.originalUrl
  }

  /** Also where a handler said that it answers without Koa. */
  override get isResponseSent(): boolean {
    return super.isResponseSent || this.#ctx.respond === false
  }
}

/**
 * Makes a middleware of Koa, which goes on to the next one where the route has no handler of its own.
 *
 * @param keep - Puts the context where the middleware behind finds it.
 */
export function protect<Known>(
  { guard, handler }: Guarded<Known>,
  keep: (ctx: ParameterizedContext, known: Known) => void = () => undefined,
): Middleware<any, object> {
  const own = handler as GuardedHandler<Known> | undefined
  return async (ctx: ParameterizedContext, next: Next) => {
    const outcome = await guard(new KoaHttpContext(ctx), async (known) => {
      if (own !== undefined) {
        await own(ctx, known, next)
      } else {
        keep(ctx, known)
        await next()
      }
      return undefined
    })
    if (outcome !== undefined) await respond(ctx, outcome)
  }
}

/** Answers by a route of the core. */
export async function answer(
  ctx: ExtendableContext,
  route: (request: Request) => Promise<Response>,
): Promise<void> {
  const { body } = ctx.request as { readonly body?: unknown }
  await respond(ctx, await runRoute(ctx.req, route, { url: ctx.originalUrl, body }))
}

/** Puts an answer on the context, for Koa to send; cookies and headers that the application set before stay. */
export async function respond(ctx: ExtendableContext, given: Response): Promise<void> {
  ctx.status = given.status
  // A middleware in front may have set it for a body of its own.
  ctx.remove('Content-Type')
  const cookies = given.headers.getSetCookie()
  if (cookies.length > 0) new KoaHttpContext(ctx).setCookies(cookies)
  for (const [name, value] of given.headers) {
    if (name === 'vary') ctx.vary(value)
    else if (name !== 'set-cookie') ctx.set(name, value)
  }
  const text = await given.text()
  ctx.body = text
  // Koa gives no text a type, too.
  if (text === '') ctx.remove('Content-Type')
}
