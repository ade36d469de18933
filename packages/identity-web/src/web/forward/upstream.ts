// The interface of the connection to an API.
import type { StreamOrBytes } from '../http/forward.ts'

// The connection to the API of a forwarded path. `#upstream` implements it with the HTTP client of Node.js, which is faster, or with
// `fetch` on other runtimes.

/** A request to the API. */
export interface UpstreamRequest {
  readonly method: string
  readonly pathAndQuery: string
  readonly headers: Record<string, string>
  readonly body: StreamOrBytes | undefined
  /** The maximum size of the body, in bytes. */
  readonly maxBodyBytes: number
  /**
   * The maximum time in milliseconds until the headers of the response arrive. Each part of the request body starts the
   * time again.
   */
  readonly timeoutMs: number
  /** Calls a function when the client closes the connection. */
  onClientGone(listener: () => void): void
}

/** A body that is read before the request is sent. */
export interface ExpectedBody {
  /** The number of bytes. */
  readonly length: number
  /** The maximum time until the next part of the body, in milliseconds. */
  readonly timeoutMs: number
}

/** The response of the API. Read or destroy its body. */
export interface UpstreamResponse {
  readonly status: number
  /** Returns a header by its lower-case name. */
  header(name: string): string | undefined
  /** The body, as a stream of the runtime. `null` if the response does not have a body. */
  readonly body: unknown
  /** Reads a body that is not passed on, so that the connection can be used again. */
  discard(): void
  /** Ends the connection. */
  destroy(): void
}

/** The connections to one API. */
export interface Upstream {
  /** @throws ForwardFailure if the API does not respond. */
  send(request: UpstreamRequest): Promise<UpstreamResponse>
  /** Reads a small body. @throws ForwardFailure if the client does not send all of it in time. */
  read(stream: unknown, expected: ExpectedBody): Promise<Uint8Array>
  /** Returns the body of a response as a stream for `Response`. */
  toWebStream(body: unknown): ReadableStream<Uint8Array>
}

/** The settings of the connections. */
export interface UpstreamOptions {
  readonly origin: string
  readonly fetch: typeof fetch
}

/** Returns whether a response to this request has a body (RFC 9110, section 6.4.1). */
export function hasBody(method: string, status: number): boolean {
  return method !== 'HEAD' && status !== 204 && status !== 205 && status !== 304
}
