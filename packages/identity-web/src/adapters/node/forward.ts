// Streams forwarded requests and their responses on Node.js.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import type { HttpContext } from '../../http-context.ts'
import type { ForwardBody, ForwardRequest, ForwardReply } from '../../web/index.ts'
import type { ResponseHead } from './write-response.ts'

// Requests to forward and their responses on Node.js. Their streams do not pass through `Request` and `Response`.

/** A request whose body one of the application's parsers may have read. */
type ParsedRequest = IncomingMessage & { readonly rawBody?: unknown }

/**
 * Wraps a request to forward.
 *
 * @param parsed - The body that a parser produced.
 */
export function toForwardRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { http, parsed }: { readonly http: HttpContext; readonly parsed: unknown },
): ForwardRequest {
  return {
    http,
    body: bodyOf(request, parsed),
    onClientGone: (listener) => {
      if (response.destroyed) listener()
      else
        response.on('close', () => {
          if (!response.writableFinished) listener()
        })
    },
  }
}

function bodyOf(request: ParsedRequest, parsed: unknown): ForwardBody {
  if (!announcesBody(request)) return undefined
  const kept = [parsed, request.rawBody].find(
    (body) => typeof body === 'string' || Buffer.isBuffer(body),
  )
  if (kept !== undefined) return { kind: 'bytes', bytes: Buffer.from(kept as string) }
  return request.readableDidRead ? 'consumed' : { kind: 'stream', stream: request }
}

/**
 * Returns whether a request has a body (RFC 9112, section 6). In HTTP/2, a request without a body is marked as ended.
 */
function announcesBody(request: IncomingMessage): boolean {
  const { headers, httpVersionMajor } = request
  if (headers['transfer-encoding'] !== undefined) return true
  if (headers['content-length'] !== undefined) return headers['content-length'] !== '0'
  const { stream } = request as { readonly stream?: { readonly endAfterHeaders?: boolean } }
  return httpVersionMajor >= 2 && stream?.endAfterHeaders === false
}

/**
 * Returns whether the connection must end after the response. If the rest of a body is not read, the connection cannot be used
 * for another request.
 */
export function endsConnection({ httpVersionMajor }: IncomingMessage, status: number): boolean {
  return httpVersionMajor === 1 && (status === 408 || status === 413)
}

/** Sets a reply's headers. The headers that the application has set remain. */
export function setReplyHeaders({ headers }: ForwardReply, head: ResponseHead): void {
  for (const [name, value] of headers) {
    if (name === 'vary' || name === 'content-security-policy') {
      head.setHeader(name, [head.getHeader(name) ?? [], value].flat().join(', '))
    } else if (name !== 'cache-control' || head.getHeader('set-cookie') === undefined) {
      // A response with the new cookies of a session keeps the `no-store` that came with them.
      head.setHeader(name, value)
    }
  }
}

/** Sends a reply through Node.js, and reads from the API only as fast as the browser reads. */
export function writeReply(reply: ForwardReply, target: ServerResponse): void {
  // The application has responded meanwhile, for example because of a time limit.
  if (target.headersSent || target.destroyed) {
    reply.destroy()
    return
  }
  target.statusCode = reply.status
  setReplyHeaders(reply, target)
  if (reply.body === null) {
    target.end()
    return
  }
  if (reply.isEventStream) target.flushHeaders()
  const bytes = arrivedBody(reply)
  if (bytes === undefined) pass(toBody(reply, target), target)
  else target.end(bytes)
}

/**
 * Returns a body that has arrived completely. A small body arrives together with its response's headers, and the framework can
 * send bytes with less work than a stream.
 *
 * @returns `undefined` for every other body, which is a stream.
 */
export function arrivedBody({ body }: ForwardReply): Uint8Array | undefined {
  const { complete, headers, readableLength } = body as IncomingMessage
  // Without a length, runtimes other than Node.js could say `complete` too early.
  const isWhole =
    complete && readableLength > 0 && headers['content-length'] === `${readableLength}`
  return isWhole ? ((body as Readable).read() as Uint8Array) : undefined
}

/**
 * Sends a body. It does what `pipe` does, with fewer listeners: the end of the client's connection is already known
 * (`onClientGone`), and few bodies fill the connection's buffer.
 */
function pass(body: Readable, target: ServerResponse): void {
  let waits = false
  body.on('data', (part: Uint8Array) => {
    // The application has ended the response, for example because of a time limit.
    if (target.writableEnded || target.destroyed) body.destroy()
    else if (!target.write(part)) {
      body.pause()
      if (!waits) target.on('drain', () => void body.resume())
      waits = true
    }
  })
  body.on('end', () => {
    if (!target.writableEnded) target.end()
  })
}

/**
 * Returns a reply's body. If the API fails, the connection is closed, so that the browser sees that the response is not
 * complete.
 */
export function toBody({ body }: ForwardReply, target: ServerResponse): Readable {
  return (body as Readable).on('error', () => void target.destroy())
}
