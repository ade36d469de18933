// Guards of Fastify as handlers or hooks, and its error handler.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { andThen, isThenable } from '../../maybe-promise.ts'
import { isAllowedBy } from '../../verdict.ts'
import {
  apiOf,
  detachedContextOf,
  type ApiAuthBase,
  type Calls,
  type GuardedRoute,
  type Host,
  type ReplyHost,
} from '../../classes/index.ts'
import type { ForwardReply, Route } from '../../web/index.ts'
import { runRoute } from '../node.ts'
import { arrivedBody, endsConnection, setReplyHeaders, toForwardRequest } from '../node/forward.ts'
import { setHeaders } from '../node/write-response.ts'
import type { AnyHandler, GuardedHandler, GuardHook, HandlesErrors } from './signatures.ts'
import { FastifyHttpContext, ReplyHead } from './http-context.ts'
import { replyOf } from './request-state.ts'

/** The arguments and results with which Fastify calls the adapter. */
export interface Fastify extends Calls<
  [request: FastifyRequest, reply: FastifyReply],
  [request: FastifyRequest],
  void
> {}

export const HOST: Host<Fastify> & ReplyHost<Fastify> = {
  arity: { route: 2, request: 1 },
  needsApp: true,
  respond: ([request, reply], route) => respond(request, reply, route),
  // A raw request of the server has no reply.
  toHttpContext: ([request]) =>
    'raw' in request
      ? new FastifyHttpContext(request, replyOf(request))
      : detachedContextOf(request),
  send: ([, reply], response) => sendResponse(response, reply),
  isSent: ([, reply]) => new ReplyHead(reply).headersSent,
}

/** Returns a handler for Fastify, or a hook if the route does not have a handler. */
export function toHandlerOrHook<Known extends object>(route: GuardedRoute<Known>): AnyHandler {
  return route.handler === undefined ? toHook(route) : toHandler(route)
}

/** Returns a handler for Fastify. */
function toHandler<Known extends object>({
  guard,
  handler,
  store,
}: GuardedRoute<Known>): AnyHandler {
  const run = handler as GuardedHandler<Known>
  return function (this: FastifyInstance, request: FastifyRequest, reply: FastifyReply) {
    let sent: unknown
    const outcome = guard(new FastifyHttpContext(request, reply), (context) => {
      store(request, context)
      const result = run.call(this, request, reply, context)
      // A handler that returns `undefined` sends later. Fastify would send an empty body for a promise of `undefined`. The reply
      // looks like a promise, but the guard does not wait until it is sent.
      if (result === undefined || result === reply) {
        sent = reply
        return undefined
      }
      return andThen(result, (value) => {
        sent = value
        return undefined
      })
    })
    return andThen(outcome, (response) =>
      response === undefined ? sent : sendResponse(response, reply),
    )
  }
}

function toHook<Known extends object>({ guard, store }: GuardedRoute<Known>): GuardHook {
  return (request, reply, done) => {
    const fastifyReply = reply as FastifyReply
    const http = new FastifyHttpContext(request as FastifyRequest, fastifyReply)
    const outcome = isAllowedBy(guard, http, (context) => {
      store(request, context)
      ;(request as { identity?: Known }).identity = context
    })
    // Fastify continues when the promise is fulfilled. `done` with an `undefined` error would let the request pass.
    if (isThenable(outcome)) return sendLater(outcome, fastifyReply)
    return outcome === true ? done() : sendResponse(outcome, fastifyReply)
  }
}

async function sendLater(
  outcome: PromiseLike<true | Response>,
  reply: FastifyReply,
): Promise<void> {
  const response = await outcome
  if (response !== true) await sendResponse(response, reply)
}

/** Runs a core route and sends its response. */
async function respond(request: FastifyRequest, reply: FastifyReply, route: Route): Promise<void> {
  if (route.forward !== undefined) return forwardThrough(request, reply, route.forward)
  const { originalUrl: url, body } = request
  await sendResponse(await runRoute(request.raw, route, { url, body }), reply)
}

/** Forwards a request to an API, before Fastify reads the body. */
async function forwardThrough(
  request: FastifyRequest,
  reply: FastifyReply,
  forward: NonNullable<Route['forward']>,
): Promise<void> {
  const http = new FastifyHttpContext(request, reply)
  const outcome = await forward(
    toForwardRequest(request.raw, reply.raw, { http, parsed: request.body }),
  )
  if (!('toResponse' in outcome)) {
    if (endsConnection(request.raw, outcome.status)) reply.header('connection', 'close')
    return sendResponse(outcome, reply)
  }
  reply.code(outcome.status)
  setReplyHeaders(outcome, new ReplyHead(reply))
  reply.send(bodyFor(reply, outcome))
  // Fastify sends the headers with the first part of the body. Hooks of the application can delay them.
  if (outcome.isEventStream) setImmediate(() => reply.raw.flushHeaders())
  if (!reply.sent) await reply
}

/**
 * Returns the body that Fastify sends. If the response does not have a content type, Fastify adds one to bytes, but not
 * to a stream.
 */
function bodyFor(reply: FastifyReply, outcome: ForwardReply): unknown {
  if (outcome.body === null) return undefined
  return (reply.hasHeader('content-type') ? arrivedBody(outcome) : undefined) ?? outcome.body
}

/** Serves core routes in a hook, because an application's hooks also run for paths without a route. */
export function addRouteHook(
  app: FastifyInstance,
  findRoute: (request: FastifyRequest, reply: FastifyReply) => Route | undefined,
): void {
  app.addHook('onRequest', (request, reply, done) => {
    const route = findRoute(request, reply)
    if (route !== undefined) return respond(request, reply, route)
    done()
    return undefined
  })
}

/**
 * Sends a response through the application's hooks.
 * @returns A promise that is fulfilled when the response is sent, because Fastify would otherwise continue with the
 *   handler.
 */
async function sendResponse(response: Response, reply: FastifyReply): Promise<void> {
  reply.code(response.status)
  setHeaders(response, new ReplyHead(reply))
  const body = await response.text()
  reply.send(body === '' ? undefined : body)
  await reply
}

/** Returns the error handler for the hook form of the guard. */
export function toErrorHandler(owner: ApiAuthBase<Fastify>): HandlesErrors['errorHandler'] {
  return async (error, _request, reply) => {
    const response = reply.sent ? undefined : apiOf(owner).respondToClientError(error)
    if (response === undefined) throw error
    await sendResponse(await response, reply)
  }
}
