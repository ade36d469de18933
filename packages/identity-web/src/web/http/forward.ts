// The types between adapters and `web/forward/`.
import type { HttpContext } from '../../http-context.ts'

// A request to forward and its response, between the adapters and `web/forward/`.

/** The body of a request: a stream of the runtime, or its bytes if the application has read and kept them. */
export type StreamOrBytes =
  | { readonly kind: 'stream'; readonly stream: unknown }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

/** The body of a request to forward. `'consumed'` means that the application has read the body and did not keep it. */
export type ForwardBody = StreamOrBytes | 'consumed' | undefined

/** A request to forward, as an adapter passes it on. */
export interface ForwardRequest {
  readonly http: HttpContext
  readonly body: ForwardBody
  /** Calls a function when the client closes the connection. */
  onClientGone(listener: () => void): void
}

/**
 * The response of an API for the browser. Adapters on Node.js send the stream without a `Response`, because a
 * `Response` would cost more than the rest of the forwarding.
 */
export interface ForwardReply {
  readonly status: number
  /**
   * The headers, without cookies. `Vary` and `Content-Security-Policy` are added to the values that the application has
   * set.
   */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** The body, as a stream of the runtime. `null` if there is none. */
  readonly body: unknown
  /** `true` if the headers must be sent at once, because the body can start much later. */
  readonly isEventStream: boolean
  /** Ends the connection to the API. */
  destroy(): void
  /** Returns the reply for adapters with `Response`. */
  toResponse(): Response
}

/** Forwards a request. The result is a `Response` if the request does not reach the API. */
export type Forward = (request: ForwardRequest) => Promise<Response | ForwardReply>
