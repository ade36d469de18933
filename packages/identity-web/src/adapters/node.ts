// The bridge for Node.js: wraps `req` and `res`, and runs routes.
import { own } from '../own.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpContext, JsonBody, StreamEnd } from '../http-context.ts'
import { isThenable } from '../maybe-promise.ts'
import { headerOf, isClosed } from '../classes/index.ts'
import type { Route } from '../web/index.ts'
import { toJsonBody } from './base/body-collector.ts'
import { endResponseAt } from './node/open-responses.ts'
import { endsConnection, toForwardRequest, writeReply } from './node/forward.ts'
import { isParsed, readForm, readStream } from './node/read-body.ts'
import {
  addVary,
  appendCookies,
  toList,
  writeResponse,
  type ResponseHead,
} from './node/write-response.ts'

// Translates between Node.js' http and the core, for every framework that is built on it.

/** A Node.js request as frameworks pass it on: with `originalUrl` below a mount path, and with a parsed `body`. */
export type NodeRequest = IncomingMessage & {
  readonly originalUrl?: string
  readonly body?: unknown
}

/** Returns the path and query as they arrived, including a mounted application's path. */
export function urlOf(request: NodeRequest): string {
  return request.originalUrl ?? request.url ?? '/'
}

/** Wraps a request and its response for the core. It is a class, so that requests share its methods. */
export class NodeHttpContext implements HttpContext {
  readonly #request: NodeRequest
  readonly #response: ResponseHead

  constructor(request: NodeRequest, response: ResponseHead) {
    this.#request = request
    this.#response = response
  }

  get method(): string {
    return this.#request.method ?? 'GET'
  }

  get url(): string {
    return urlOf(this.#request)
  }

  header(name: string): string | undefined {
    return readHeader(this.#request, name)
  }

  get isPlain(): boolean {
    return !('encrypted' in this.#request.socket)
  }

  get isResponseSent(): boolean {
    return this.#response.headersSent
  }

  /** Also `true` if the client closed the connection before the handler sent a response. */
  get isEnded(): boolean {
    const response = this.#response.response ?? this.#response
    return response.headersSent || isClosed(response)
  }

  setCookies(cookies: readonly string[]): boolean {
    // The headers are sent already. The next request refreshes the session again.
    if (this.#response.headersSent) return false
    appendCookies(this.#response, cookies)
    this.noStore()
    return true
  }

  removeCookies(cookies: readonly string[]): void {
    const kept = toList(this.#response.getHeader('set-cookie'))
    this.#response.setHeader(
      'Set-Cookie',
      kept.filter((cookie) => !cookies.includes(cookie)),
    )
  }

  noStore(): void {
    if (!this.#response.headersSent) this.#response.setHeader('Cache-Control', 'private, no-store')
  }

  setHeaders(headers: Readonly<Record<string, string>>): void {
    if (this.#response.headersSent) return
    for (const [name, value] of Object.entries(headers)) {
      this.#response.setHeader(name, name === 'vary' ? addVary(this.#response, value) : value)
    }
  }

  endStreamAt(end: StreamEnd): void {
    endResponseAt(this.#response.response ?? (this.#response as ServerResponse), end)
  }

  /**
   * Reads the body as JSON. If one of the application's parsers has read the body, its value is used, so that the
   * handler and the guard see the same value.
   */
  async readJson(maxBytes: number): Promise<JsonBody> {
    const parsed = this.parsedBody
    if (isParsed(this.#request, parsed) && !Buffer.isBuffer(parsed)) return { json: parsed }
    const text =
      typeof parsed === 'string' || Buffer.isBuffer(parsed)
        ? String(parsed)
        : await readStream(this.#request, maxBytes)
    const body = toJsonBody(text)
    if ('json' in body) this.parsedBody = body.json
    return body
  }

  /** The body that a parser produced. */
  protected get parsedBody(): unknown {
    return this.#request.body
  }

  protected set parsedBody(body: unknown) {
    ;(this.#request as { body?: unknown }).body = body
  }
}

/** Returns the value of a header. Nearly every header is a string or is missing. */
function readHeader(request: IncomingMessage, name: string): string | undefined {
  const value = own(request.headers, name)
  return typeof value === 'object' || name === 'authorization' || name === 'host'
    ? headerOf(request, name)
    : value
}

/** The parts of a request that some frameworks do not store on the Node.js request. */
export interface ParsedRequest {
  /** The path and query as they arrived. */
  readonly url: string
  /** The body that a parser produced. */
  readonly body: unknown
}

/**
 * Runs a core route.
 * @param parsed - Required if the framework does not store these parts on the request itself.
 */
export function runRoute(
  request: NodeRequest,
  route: Route,
  { url, body }: ParsedRequest = { url: urlOf(request), body: request.body },
): Promise<Response> {
  return route({
    method: request.method ?? 'GET',
    url,
    header: (name) => readHeader(request, name),
    isPlain: !('encrypted' in request.socket),
    readBody: () => readForm(request, body),
  })
}

/** Runs a core route and sends its response through Node.js. */
export function serveRoute(
  request: NodeRequest,
  target: ServerResponse,
  route: Route,
): Promise<void> {
  const { forward } = route
  if (forward !== undefined) return serveForward(request, target, { forward })
  return runRoute(request, route).then((response) => writeResponse(response, target))
}

/**
 * The function that forwards a request, and the parts of the request that some frameworks do not store on the Node.js
 * request.
 */
interface ServedForward {
  readonly forward: NonNullable<Route['forward']>
  readonly http?: HttpContext
  /** The body that a parser produced. */
  readonly parsed?: unknown
}

/** Forwards a request to an API, and sends the response through Node.js. */
export function serveForward(
  request: NodeRequest,
  target: ServerResponse,
  { forward, http = new NodeHttpContext(request, target), parsed = request.body }: ServedForward,
): Promise<void> {
  return forward(toForwardRequest(request, target, { http, parsed })).then((outcome) => {
    if ('toResponse' in outcome) return writeReply(outcome, target)
    if (endsConnection(request, outcome.status)) outcome.headers.set('connection', 'close')
    return writeResponse(outcome, target)
  })
}

/** Waits for a handler that sends its own response, and ignores its result. */
export function ignoreResult(result: unknown): Promise<undefined> | undefined {
  return isThenable(result) ? wait(result) : undefined
}

async function wait(result: PromiseLike<unknown>): Promise<undefined> {
  await result
  return undefined
}

/**
 * Returns a function that passes an error to the framework. It never calls `next()` without an error or with `'route'`,
 * because such a call would allow the request.
 */
export function failTo(next: (error: Error) => void): (error: unknown) => void {
  return (error) =>
    next(error instanceof Error ? error : new Error('A handler failed.', { cause: error }))
}
