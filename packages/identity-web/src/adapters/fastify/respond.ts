import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  HookHandlerDoneFunction,
} from 'fastify'
import { andThen } from '../../maybe-promise.ts'
import type { Guarded } from '../base/guards.ts'
import { NodeHttpContext, runRoute, setHeaders, type ResponseHead } from '../node.ts'
import type { AnyHandler, GuardedHandler, GuardHook } from './handlers.ts'

/** The head of a reply, which Fastify keeps beside that of Node.js' response. */
class ReplyHead implements ResponseHead {
  readonly #reply: FastifyReply

  constructor(reply: FastifyReply) {
    this.#reply = reply
  }

  get headersSent(): boolean {
    return this.#reply.sent || this.#reply.raw.headersSent
  }

  getHeader(name: string): number | string | string[] | undefined {
    return this.#reply.getHeader(name)
  }

  setHeader(name: string, value: string | string[]): void {
    this.#reply.removeHeader(name).header(name, value)
    // A handler that hijacks the reply sends what Node.js' response has; in all others the reply's take their place.
    if (name === 'Set-Cookie') this.#reply.raw.setHeader(name, value)
  }
}

/** The core's view of a request and its reply. */
export function httpContextOf(request: FastifyRequest, reply: FastifyReply): NodeHttpContext {
  return new NodeHttpContext(request.raw, new ReplyHead(reply))
}

/** Makes a handler of Fastify. */
export function wrap<Known>({ guard, handler }: Guarded<Known>): AnyHandler {
  const own = handler as GuardedHandler<Known>
  return function (this: FastifyInstance, request: FastifyRequest, reply: FastifyReply) {
    let sent: unknown
    const outcome = guard(httpContextOf(request, reply), (known) => {
      const returned = own.call(this, request, reply, known)
      // One that returns nothing sends later: a promise of nothing would be an empty answer.
      return andThen(returned === undefined ? reply : returned, (value) => {
        sent = value
        return undefined
      })
    })
    return andThen(outcome, (stop) => (stop === undefined ? sent : send(stop, reply)))
  }
}

/**
 * Makes a hook of Fastify.
 *
 * @param keep - Puts the context where the handlers behind find it.
 */
export function hook<Known>(
  { guard }: Guarded<Known>,
  keep: (request: FastifyRequest, known: Known) => void,
): GuardHook {
  const own = (
    request: FastifyRequest,
    reply: FastifyReply,
    done: HookHandlerDoneFunction,
  ): void | Promise<void> => {
    const outcome = guard(httpContextOf(request, reply), (known) => {
      keep(request, known)
      return undefined
    })
    // Fastify goes on when a promise is kept. `done` with an error that is nothing would let the request in.
    if (outcome instanceof Promise) return outcome.then((stop) => stop && send(stop, reply))
    return outcome === undefined ? done() : send(outcome, reply)
  }
  return own as GuardHook
}

/** Answers by a route of the core. */
export async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  route: (request: Request) => Promise<Response>,
): Promise<void> {
  const { originalUrl: url, body } = request
  await send(await runRoute(request.raw, route, { url, body }), reply)
}

/**
 * Sends an answer the way that Fastify's own go, through the hooks of the application.
 *
 * @returns When it is sent: before that, Fastify would go on to the handler, or answer what a promise brings.
 */
export async function send(answered: Response, reply: FastifyReply): Promise<void> {
  reply.code(answered.status)
  setHeaders(answered, new ReplyHead(reply))
  const text = await answered.text()
  reply.send(text === '' ? undefined : text)
  await reply
}
