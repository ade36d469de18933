import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpContext } from '../http-context.ts'
import { MAX_BODY_BYTES, replaceCookies, toLocalUrl } from './base/wire.ts'

// What every framework on Node.js' http shares: the way from its request to the core and back.

/** The request as frameworks leave it: `originalUrl` where they cut a mount path off, `body` where one parsed it. */
export type NodeRequest = IncomingMessage & {
  readonly originalUrl?: string
  readonly body?: unknown
}

/** The path and query as they arrived, whatever the application is mounted under. */
export function urlOf(request: NodeRequest): string {
  return request.originalUrl ?? request.url ?? '/'
}

/** The head of a response, until it is sent: Node.js' own, or that of a framework that keeps one by itself. */
export interface ResponseHead {
  readonly headersSent: boolean
  getHeader(name: string): number | string | string[] | undefined
  /** Puts a header in the place of an earlier one. */
  setHeader(name: string, value: string | string[]): unknown
}

/** The core's view of a request and its response. A class: one small object per request, methods shared. */
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
    if (name === 'authorization') return this.#authorization()
    const value = this.#request.headers[name]
    return typeof value === 'object' ? value.join(', ') : value
  }

  // Node.js keeps the first of several, so that a proxy that goes by the last would judge another one than we do.
  #authorization(): string | undefined {
    const first = this.#request.headers.authorization
    if (first === undefined) return undefined
    const { rawHeaders } = this.#request
    const all: (string | undefined)[] = []
    // A plain loop: it runs for every request with a token.
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index]
      if (name?.length === 13 && name.toLowerCase() === 'authorization') {
        all.push(rawHeaders[index + 1])
      }
    }
    return all.length > 1 ? all.join(', ') : first
  }

  /** Whether the response began. */
  get isResponseSent(): boolean {
    return this.#response.headersSent
  }

  setCookies(cookies: readonly string[]): boolean {
    // Too late once the response began; the next request renews what this one could not store.
    if (this.#response.headersSent) return false
    appendCookies(this.#response, cookies)
    this.noStore()
    return true
  }

  noStore(): void {
    if (!this.#response.headersSent) this.#response.setHeader('Cache-Control', 'private, no-store')
  }
}

/** Adds cookies beside those that the application set; a later value of a cookie replaces an earlier one. */
function appendCookies(response: ResponseHead, cookies: readonly string[]): void {
  const present = response.getHeader('set-cookie') ?? []
  const before = Array.isArray(present) ? present : [String(present)]
  response.setHeader('Set-Cookie', replaceCookies(before, cookies))
}

/** What a framework keeps beside Node.js' request. */
export interface Kept {
  /** The path and query as they arrived. */
  readonly url: string
  /** What a parser made of the body. */
  readonly body: unknown
}

/**
 * Lets a route of the core answer a request.
 *
 * @param kept - Where the framework doesn't put it on the request itself.
 */
export async function runRoute(
  request: NodeRequest,
  route: (request: Request) => Promise<Response>,
  kept: Kept = { url: urlOf(request), body: request.body },
): Promise<Response> {
  const own = await toRequest(request, kept)
  return own === undefined ? new Response(null, { status: 413 }) : route(own)
}

/** @returns `undefined` for a body that is too large to be an authorization response. */
async function toRequest(
  request: IncomingMessage,
  { url, body: parsed }: Kept,
): Promise<Request | undefined> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !name.startsWith(':')) {
      headers.set(name, typeof value === 'string' ? value : value.join(', '))
    }
  }
  const method = request.method ?? 'GET'
  const body = method === 'POST' ? await readForm(request, parsed) : null
  if (body === undefined) return undefined
  return new Request(toLocalUrl(url), { method, headers, body })
}

async function readForm(request: IncomingMessage, parsed: unknown): Promise<string | undefined> {
  // The application's own parser was here first: the stream is empty.
  if (typeof parsed === 'string') return parsed
  if (Buffer.isBuffer(parsed)) return parsed.toString('utf8')
  if (isParsed(request, parsed)) {
    const form = new URLSearchParams()
    for (const [name, value] of Object.entries(parsed)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        // No form has objects: this is JSON, whose `toString` may be a number.
        form.append(name, typeof one === 'object' ? '' : String(one))
      }
    }
    return form.toString()
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

// Parsers for other content types leave an empty object behind, and the stream unread (body-parser 1).
function isParsed({ readableDidRead }: IncomingMessage, body: unknown): body is object {
  if (typeof body !== 'object' || body === null || 'pipe' in body) return false
  return readableDidRead || Object.keys(body).length > 0
}

function addVary(response: ResponseHead, field: string): void {
  const present = [response.getHeader('vary') ?? []].flat().map(String)
  response.setHeader('Vary', [...present, field].join(', '))
}

/** Sets the headers of an answer of the core; cookies and headers that the application set before stay. */
export function setHeaders({ headers }: Response, response: ResponseHead): void {
  for (const [name, value] of headers) {
    if (name === 'vary') addVary(response, value)
    else if (name !== 'set-cookie') response.setHeader(name, value)
  }
  const cookies = headers.getSetCookie()
  if (cookies.length > 0) appendCookies(response, cookies)
}

/** Sends an answer of the core. */
export async function sendResponse(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status
  setHeaders(answer, response)
  response.end(await answer.text())
}

/** Of what a handler returns that answers by itself, only that it is done counts. */
export function ignoreValue(handled: unknown): Promise<undefined> | undefined {
  return handled instanceof Promise ? handled.then(() => undefined) : undefined
}
