// The connection on Node.js, with streams.
import * as http from 'node:http'
import * as https from 'node:https'
import { Readable, type Duplex } from 'node:stream'
import type { StreamOrBytes } from '../http/forward.ts'
import type {
  ExpectedBody,
  Upstream,
  UpstreamOptions,
  UpstreamRequest,
  UpstreamResponse,
} from './upstream.ts'
import {
  clientGone,
  incompleteBody,
  invalidResponse,
  noResponse,
  slowBody,
  toFailure,
  tooLarge,
} from './upstream-failures.ts'

// The connection to the API of a forwarded path on Node.js. `fetch` needs several times as much CPU for a small request.

/** The methods whose requests have the same effect if they arrive twice (RFC 9110, section 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY', 'PUT', 'DELETE'])

/** Connects to an API. Connections stay open for later requests. */
export function createUpstream({ origin }: UpstreamOptions): Upstream {
  const url = new URL(origin)
  const { Agent, request } = url.protocol === 'https:' ? https : http
  const agent = new Agent({ keepAlive: true, scheduling: 'lifo' })
  endOnExcess(agent)
  const connection: http.RequestOptions = {
    agent,
    protocol: url.protocol,
    // An IPv6 host has brackets only in a URL.
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
  }
  const open = (sent: UpstreamRequest): http.ClientRequest =>
    request({ ...connection, method: sent.method, path: sent.pathAndQuery, headers: framed(sent) })
  return {
    send: (sent) =>
      sendOnce(open, sent).catch((error: unknown) => {
        if (!(error instanceof StaleConnection)) throw toFailure(error, origin)
        // The API closed a connection that was waiting for the next request. The request did not reach it.
        return sendOnce(open, sent, false).catch((second: unknown) => {
          throw toFailure(second, origin)
        })
      }),
    read,
    toWebStream: (body) => Readable.toWeb(body as Readable) as ReadableStream<Uint8Array>,
  }
}

/**
 * Ends a waiting connection if bytes arrive on it. The API sent more than the announced body, so the rest could be the
 * response to the next user.
 */
function endOnExcess(agent: http.Agent): void {
  agent.on('free', (socket: Duplex) => void socket.on('data', endConnection))
  const reuse = agent.reuseSocket.bind(agent)
  agent.reuseSocket = (socket, request) => {
    socket.off('data', endConnection)
    reuse(socket, request)
  }
}

function endConnection(this: Duplex): void {
  this.destroy()
}

/** The error of a request for which the API closed the connection before it received the request. */
class StaleConnection extends Error {}

/**
 * Returns the headers with the length of the body. Without the length, Node.js sends the body of a DELETE or OPTIONS
 * request unchanged, and the API would read the body as the next request of the connection (request smuggling).
 */
function framed({ body, headers }: UpstreamRequest): Record<string, string> {
  return body?.kind === 'stream' && headers['content-length'] === undefined
    ? { ...headers, 'transfer-encoding': 'chunked' }
    : headers
}

function sendOnce(
  open: (sent: UpstreamRequest) => http.ClientRequest,
  sent: UpstreamRequest,
  canRepeat = sent.body?.kind !== 'stream' && IDEMPOTENT.has(sent.method),
): Promise<UpstreamResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = open(sent)
    let isBodySent = sent.body?.kind !== 'stream'
    let response: http.IncomingMessage | undefined
    const fail = (error: Error): void => {
      reject(error)
      outgoing.destroy()
    }
    const timer = setTimeout(() => fail(isBodySent ? noResponse() : slowBody()), sent.timeoutMs)
    // Each of these events is sent once at most. `once` would need another function for each of them.
    outgoing.on('response', (incoming) => {
      clearTimeout(timer)
      response = incoming
      resolve(new NodeResponse(incoming))
    })
    // After the response, an error of the request is an error of the response as well.
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = canRepeat && outgoing.reusedSocket && error.code === 'ECONNRESET'
      reject(isStale ? new StaleConnection() : error)
    })
    outgoing.on('close', () => {
      clearTimeout(timer)
      // The API has closed the connection without an error.
      if (response === undefined) reject(invalidResponse())
    })
    sent.onClientGone(() => {
      fail(clientGone())
      response?.destroy()
    })
    writeBody(outgoing, sent, {
      onPart: () => void timer.refresh(),
      onEnd: () => void (isBodySent = true),
      onFailure: fail,
    })
  })
}

interface BodyListeners {
  readonly onPart: () => void
  readonly onEnd: () => void
  readonly onFailure: (error: Error) => void
}

function writeBody(
  outgoing: http.ClientRequest,
  { body, maxBodyBytes }: Pick<UpstreamRequest, 'body' | 'maxBodyBytes'>,
  { onPart, onEnd, onFailure }: BodyListeners,
): void {
  if (body?.kind !== 'stream') {
    outgoing.end(body?.bytes)
    return
  }
  const source = toReadable(body)
  let size = 0
  let isComplete = false
  const forward = (chunk: Uint8Array): void => {
    onPart()
    size += chunk.byteLength
    if (size > maxBodyBytes) onFailure(tooLarge(maxBodyBytes))
    else if (!outgoing.write(chunk)) source.pause()
  }
  source.on('data', forward)
  source.once('end', () => {
    isComplete = true
    onEnd()
    outgoing.end()
  })
  source.once('error', () => onFailure(incompleteBody()))
  source.once('close', () => {
    if (!isComplete) onFailure(incompleteBody())
  })
  outgoing.on('drain', () => source.resume())
  outgoing.once('close', () => {
    source.off('data', forward)
    // The server discards the rest, so that it can read the next request.
    source.resume()
  })
}

/** Reads a body whose length is known. */
function read(stream: unknown, { length, timeoutMs }: ExpectedBody): Promise<Uint8Array> {
  const source = toReadable({ stream })
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    const add = (chunk: Uint8Array): void => {
      timer.refresh()
      chunks.push(chunk)
    }
    const fail = (failure: Error): void => {
      clearTimeout(timer)
      // The server discards the rest.
      source.off('data', add)
      reject(failure)
    }
    const timer = setTimeout(() => fail(slowBody()), timeoutMs)
    // The client has closed the connection while the session was refreshed, so it sends no more events.
    if (source.destroyed && !source.readableEnded) return fail(incompleteBody())
    source
      .on('data', add)
      .once('error', () => fail(incompleteBody()))
      .once('close', () => fail(incompleteBody()))
      .once('end', () => {
        const bytes = Buffer.concat(chunks)
        if (bytes.byteLength !== length) return fail(incompleteBody())
        clearTimeout(timer)
        return resolve(bytes)
      })
  })
}

/** Returns the body as a stream of Node.js. The body of a `Request` is another kind of stream. */
function toReadable({ stream }: Pick<StreamOrBytes & { kind: 'stream' }, 'stream'>): Readable {
  return stream instanceof Readable
    ? stream
    : Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0])
}

/** The response of an API, through Node.js. It is a class, so that all responses share its methods. */
class NodeResponse implements UpstreamResponse {
  readonly status: number
  readonly body: http.IncomingMessage
  readonly #headers: http.IncomingHttpHeaders

  constructor(incoming: http.IncomingMessage) {
    this.status = incoming.statusCode ?? 0
    this.body = incoming
    this.#headers = incoming.headers
  }

  header(name: string): string | undefined {
    const value = this.#headers[name]
    return typeof value === 'object' ? value.join(', ') : value
  }

  discard(): void {
    this.body.on('error', ignore).resume()
  }

  destroy(): void {
    this.body.on('error', ignore).destroy()
  }
}

function ignore(): void {}
