// Wraps a request and a reply of Fastify.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { configurationError } from '../../errors.ts'
import type { JsonBody } from '../../http-context.ts'
import { NodeHttpContext } from '../node.ts'
import { toList, type ResponseHead } from '../node/write-response.ts'

const FOR_HIJACKED = /^(set-cookie|access-control-.*|vary)$/i

/** A reply's head, whose headers Fastify keeps separate from those of Node.js. */
export class ReplyHead implements ResponseHead {
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
    const isCookie = name === 'Set-Cookie'
    // Fastify would add a cookie to those that are set.
    if (isCookie) this.#reply.removeHeader(name)
    this.#reply.header(name, value)
    // If a handler hijacks the reply, only the headers of Node.js are sent. Otherwise those of the reply replace them.
    if (!FOR_HIJACKED.test(name)) return
    this.#reply.raw.setHeader(name, value)
    if (isCookie) sendWithHandshake(this.#reply)
  }

  get response(): ServerResponse {
    return this.#reply.raw
  }
}

/** Wraps a request and its reply for the core. */
export class FastifyHttpContext extends NodeHttpContext {
  readonly #request: FastifyRequest

  constructor(request: FastifyRequest, reply: FastifyReply) {
    super(request.raw, new ReplyHead(reply))
    this.#request = request
  }

  override async readJson(maxBytes: number): Promise<JsonBody> {
    const { body, raw } = this.#request
    // A hook before the parsers of Fastify cannot read the stream, because they would wait for it without end.
    if (body === undefined && !raw.readableDidRead) {
      throw configurationError(
        "The guard has the option tools, so it needs the body of the request, and Fastify has not read it yet. Use the guard as a handler, or in the hook 'preHandler'.",
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

/** The server of `@fastify/websocket`, which responds to an upgrade without the reply's headers. */
interface SocketServer {
  on(event: 'headers', listener: (lines: string[], request: IncomingMessage) => void): unknown
}

const known = new WeakSet<SocketServer>()
const upgrades = new WeakMap<IncomingMessage, FastifyReply>()

/** Adds a reply's cookies to a WebSocket handshake, because a session that a guard refreshed would otherwise be lost. */
function sendWithHandshake(reply: FastifyReply): void {
  const { raw, server } = reply.request
  const { websocketServer } = server as { readonly websocketServer?: SocketServer }
  if (raw.headers.upgrade === undefined || websocketServer === undefined) return
  upgrades.set(raw, reply)
  if (known.has(websocketServer)) return
  known.add(websocketServer)
  websocketServer.on('headers', (lines, request) => {
    for (const cookie of toList(upgrades.get(request)?.raw.getHeader('set-cookie')))
      lines.push(`Set-Cookie: ${cookie}`)
  })
}
