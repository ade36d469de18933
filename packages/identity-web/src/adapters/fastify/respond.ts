import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { IdentityError } from '../../errors.ts'
import type { JsonBody } from '../../http-context.ts'
import { andThen } from '../../maybe-promise.ts'
import {
  HostGuards,
  detachedContextOf,
  type Calls,
  type GuardedRoute,
  type Host,
} from '../../members/index.ts'
import type { ProxyReply, Route } from '../../web/index.ts'
import { NodeHttpContext, runRoute, setHeaders, type ResponseHead } from '../node.ts'
import { arrivedBody, endsConnection, setReplyHeaders, toProxied } from '../node/proxy.ts'
import type { AnyHandler, GuardedHandler, GuardHook } from './handlers.ts'
import { sendWithHandshake } from './handshake.ts'
import { replyOf } from './request-state.ts'

export type FastifyCalls = Calls<
  [request: FastifyRequest, reply: FastifyReply],
  [request: FastifyRequest],
  void
>

export const HOST: Host<FastifyCalls> = {
  arity: { route: 2, request: 1 },
  respond: ([request, reply], route) => respond(request, reply, route),
  // A raw request of the server has no reply.
  toHttpContext: ([request]) =>
    'raw' in request ? toHttpContext(request, replyOf(request)) : detachedContextOf(request),
  send: ([, reply], response) => sendResponse(response, reply),
  isSent: ([, reply]) => new ReplyHead(reply).headersSent,
}

const FOR_HIJACKED = /^(set-cookie|access-control-.*|vary)$/i

/** The head of a reply. Fastify keeps its headers separate from those of Node.js. */
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
    // If a handler hijacks the reply, only the headers of Node.js are sent. Otherwise those of the reply replace them.
    if (!FOR_HIJACKED.test(name)) return
    this.#reply.raw.setHeader(name, value)
    if (name === 'Set-Cookie') sendWithHandshake(this.#reply)
  }

  get response(): ServerResponse {
    return this.#reply.raw
  }
}

/** Wraps a request and its reply for the core. */
class FastifyHttpContext extends NodeHttpContext {
  readonly #request: FastifyRequest

  constructor(request: FastifyRequest, reply: FastifyReply) {
    super(request.raw, new ReplyHead(reply))
    this.#request = request
  }

  override async readJson(maxBytes: number): Promise<JsonBody> {
    const { body, raw } = this.#request
    // A hook before the parsers of Fastify cannot read the stream, because they would wait for it without end.
    if (body === undefined && !raw.readableDidRead) {
      throw new IdentityError(
        'configuration',
        "The option tools of the guard needs the body of the request, and Fastify has not read it yet. Use the guard as a handler, or in the hook 'preHandler'.",
      )
    }
    return super.readJson(maxBytes)
  }

  protected override get parsedBody(): unknown {
    return this.#request.body
  }

  protected override set parsedBody(body: unknown) {
    this.#request.body = body
  }
}

function toHttpContext(request: FastifyRequest, reply: FastifyReply): NodeHttpContext {
  return new FastifyHttpContext(request, reply)
}

/** Makes a handler for Fastify, or a hook if the route does not have a handler. */
function toHandlerOrHook<Known extends object>(route: GuardedRoute<Known>): AnyHandler {
  return route.handler === undefined ? toHook(route) : toHandler(route)
}

/** Makes a handler for Fastify. */
function toHandler<Known extends object>({
  guard,
  handler,
  store,
}: GuardedRoute<Known>): AnyHandler {
  const run = handler as GuardedHandler<Known>
  return function (this: FastifyInstance, request: FastifyRequest, reply: FastifyReply) {
    let sent: unknown
    const outcome = guard(toHttpContext(request, reply), (context) => {
      store(request, context)
      const result = run.call(this, request, reply, context)
      // A handler that returns `undefined` sends later. Fastify would send an empty body for a promise of `undefined`.
      return andThen(result === undefined ? reply : result, (value) => {
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
    const outcome = guard(toHttpContext(request as FastifyRequest, fastifyReply), (context) => {
      store(request, context)
      ;(request as { identity?: Known }).identity = context
      return undefined
    })
    // Fastify continues when the promise is fulfilled. `done` with an `undefined` error would let the request pass.
    if (outcome instanceof Promise)
      return outcome.then((response) => response && sendResponse(response, fastifyReply))
    return outcome === undefined ? done() : sendResponse(outcome, fastifyReply)
  }
}

/** Runs a route of the core and sends its response. */
async function respond(request: FastifyRequest, reply: FastifyReply, route: Route): Promise<void> {
  if (route.forward !== undefined) return forwardThrough(request, reply, route.forward)
  const { originalUrl: url, body } = request
  await sendResponse(await runRoute(request.raw, route, { url, body }), reply)
}

/** Forwards a request to the API of a proxy. It is called before Fastify reads the body. */
async function forwardThrough(
  request: FastifyRequest,
  reply: FastifyReply,
  forward: NonNullable<Route['forward']>,
): Promise<void> {
  const http = toHttpContext(request, reply)
  const outcome = await forward(toProxied(request.raw, reply.raw, { http, parsed: request.body }))
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

/** Fastify adds a type to bytes without one, but not to a stream. */
function bodyFor(reply: FastifyReply, outcome: ProxyReply): unknown {
  if (outcome.body === null) return undefined
  return (reply.hasHeader('content-type') ? arrivedBody(outcome) : undefined) ?? outcome.body
}

/** Serves routes of the core in a hook. Hooks of an application also run for paths without a route. */
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
 * Sends a response through the hooks of the application.
 * @returns A promise that is fulfilled when the response is sent. Fastify would otherwise continue with the handler.
 */
export async function sendResponse(response: Response, reply: FastifyReply): Promise<void> {
  reply.code(response.status)
  setHeaders(response, new ReplyHead(reply))
  const body = await response.text()
  reply.send(body === '' ? undefined : body)
  await reply
}

export const GUARDS: HostGuards<AnyHandler> = new HostGuards('fastify', toHandlerOrHook)
