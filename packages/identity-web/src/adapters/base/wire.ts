import type { Route } from '../../web/index.ts'

// The parts that Node.js' http and the fetch API have in common.

/** The largest body that is read, in bytes. Authorization responses are smaller. */
const MAX_BODY_BYTES = 100_000

/** The methods that `Request` does not accept (Fetch Standard, section 2.2.1). */
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])

/** Why a body was not read, as the status of the response. 400: the client cut it off. 413: it is too large. */
export type BodyFailure = 400 | 413

/** A request to a route of the core. */
export interface WireRequest {
  readonly method: string
  /** The path and query, as they arrived. */
  readonly url: string
  readonly headers: NonNullable<RequestInit['headers']>
  /** Reads the body of a POST request. */
  readBody(): Promise<string | BodyFailure>
}

/** Runs a route of the core. A request that the routes cannot read is the mistake of the client. It does not reject. */
export async function callRoute(
  route: Route,
  { method, url, headers, readBody }: WireRequest,
): Promise<Response> {
  if (FORBIDDEN_METHODS.has(method)) return reject(405, { allow: 'GET, HEAD, POST' })
  const body = method === 'POST' ? await readBody() : null
  if (typeof body === 'number') return reject(body)
  const request = toRequest(url, { method, headers, body })
  return request === undefined ? reject(400) : route(request)
}

function reject(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, {
    status,
    headers: { 'cache-control': 'private, no-store', ...headers },
  })
}

// The parser of a server can be more lenient than `Request`.
function toRequest(url: string, init: RequestInit): Request | undefined {
  try {
    return new Request(toLocalUrl(url), init)
  } catch {
    return undefined
  }
}

/** Collects the chunks of a body. */
export class BodyCollector {
  readonly #decoder = new TextDecoder()
  #text = ''
  #size = 0

  /** @returns `false` if the body is too large for an authorization response. */
  add(chunk: Uint8Array): boolean {
    this.#size += chunk.byteLength
    if (this.#size > MAX_BODY_BYTES) return false
    this.#text += this.#decoder.decode(chunk, { stream: true })
    return true
  }

  end(): string {
    return this.#text + this.#decoder.decode()
  }
}

/** Returns the URL that the core sees. Its host is fixed, because clients can send any `Host` header. */
function toLocalUrl(pathAndQuery: string): URL {
  // The request target `//host/path` must not be parsed as another host.
  // `URL` also removes tabs and line breaks.
  return new URL(`/${pathAndQuery.replace(/^[/\\\t\r\n]+/, '')}`, 'http://localhost')
}
