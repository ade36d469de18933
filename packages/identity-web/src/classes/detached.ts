// Requests outside a framework: upgrades and streams, and their cookies.
import { configurationError } from '../errors.ts'
import type { CookieAccess, HttpContext } from '../http-context.ts'
import { replaceCookies, withSetCookies } from '../web/index.ts'
import {
  rawRequestOf,
  sourceOf,
  withOwnHeaders,
  type AnyRequest,
  type RequestSource,
} from './any-request.ts'

/** A Node.js response whose headers are not sent yet, such as a `ServerResponse`. @public */
export interface OutgoingResponse {
  /** `true` if the headers were sent, so that cookies can no longer be set. */
  readonly headersSent: boolean
  /** Returns a header. */
  getHeader(name: string): number | string | string[] | undefined
  /** Replaces a header. */
  setHeader(name: string, value: string | string[]): unknown
  /** Calls a function when the response closes. */
  once?(event: 'close', listener: () => void): unknown
}

/** The response that gets the cookies if `authenticate()` refreshes the session. @public */
export interface CookieTarget {
  /**
   * The Node.js response, before its headers are sent. When this response closes, the library stops watching the session, so
   * `signal` no longer aborts.
   *
   * @defaultValue not set: a session in cookies is not refreshed
   * @example await auth.authenticate(req, { res })
   */
  readonly res?: OutgoingResponse | undefined
  /**
   * The headers that you send with the response, or with a WebSocket handshake. `authenticate()` adds cookies to them
   * before it returns.
   *
   * @defaultValue not set: a session in cookies is not refreshed
   * @example
   * ```ts
   * const responseHeaders = new Headers()
   * const session = await auth.authenticate(req, { responseHeaders })
   * ```
   */
  readonly responseHeaders?: Headers | undefined
}

/** The functions that change response headers, as long as these were not sent. */
interface Target {
  readonly isOpen: boolean
  add(cookies: readonly string[]): void
  noStore(): void
}

const NO_STORE = 'private, no-store'

/** A request for an upgrade, for a stream or to an unsupported server. */
export class DetachedHttpContext implements HttpContext {
  readonly #source: RequestSource
  #target: Target | undefined
  /** The headers that `authenticate()` received, which the application adds to the response. */
  #responseHeaders: Target | undefined
  #cookieHeader: string | undefined
  #res: OutgoingResponse | undefined
  #isClosed = false

  constructor(source: RequestSource) {
    this.#source = withOwnHeaders(source)
    if (source.header('upgrade') !== undefined) ignoreErrors(source.raw)
  }

  get method(): string {
    return this.#source.method
  }

  get url(): string {
    return this.#source.url
  }

  header(name: string): string | undefined {
    if (name === 'cookie' && this.#cookieHeader !== undefined) return this.#cookieHeader
    return this.#source.header(name)
  }

  get isResponseSent(): boolean {
    return this.#target?.isOpen !== true
  }

  get cookies(): CookieAccess {
    return this.isResponseSent ? 'later' : 'open'
  }

  /** A stream uses tokens after its headers were sent, so the end of the response decides, not its start. */
  get isEnded(): boolean {
    if (this.#isClosed) return true
    const res: (OutgoingResponse & { readonly writableEnded?: boolean }) | undefined = this.#res
    if (res !== undefined) return isClosed(res) || (res.writableEnded ?? res.headersSent)
    const { raw } = this.#source
    // `onClose` explains why only the socket of an upgrade counts.
    return this.isUpgrade
      ? (raw as WithSocket).socket?.destroyed === true
      : (raw as WithSignal).signal?.aborted === true
  }

  end(): void {
    this.#isClosed = true
  }

  setCookies(cookies: readonly string[]): boolean {
    if (this.#target?.isOpen !== true) return false
    this.#target.add(cookies)
    this.#target.noStore()
    // Later calls for this request need the refreshed tokens.
    this.#cookieHeader = withSetCookies(this.header('cookie') ?? '', cookies)
    return true
  }

  noStore(): void {
    if (this.#target?.isOpen === true) this.#target.noStore()
  }

  /** @returns A function that closes the target, if it does not close by itself. */
  open({ res, responseHeaders }: CookieTarget): () => void {
    this.#isClosed = false
    if (res !== undefined) {
      this.#res = res
      this.#target = responseTarget(res)
    } else if (responseHeaders !== undefined)
      this.#target = this.#responseHeaders = headersTarget(responseHeaders)
    return () => {
      if (res === undefined) this.#target = undefined
    }
  }

  /** `true` if this request opens a connection. Only `authenticate()` can then set its cookies. */
  get isUpgrade(): boolean {
    return this.header('upgrade') !== undefined
  }

  /** Puts cookies into the framework's response, as long as this response was not sent. */
  openResponse(own: HttpContext): void {
    this.#target = ownTarget(own, this.#responseHeaders)
  }

  /** Calls a function when the connection closes, if that can be known. */
  onClose(close: () => void, { res }: CookieTarget): void {
    if (res !== undefined) {
      if ((res as { readonly closed?: boolean }).closed === true) close()
      else res.once?.('close', close)
      return
    }
    const { raw } = this.#source
    // The socket of another request may close earlier than the connection, as with the long polling of Socket.IO.
    if (this.isUpgrade) {
      const { socket } = raw as WithSocket
      if (socket?.destroyed === true) close()
      else socket?.once('close', close)
    } else (raw as WithSignal).signal?.addEventListener('abort', close)
  }
}

interface Socket {
  readonly destroyed?: boolean
  once(event: 'close', listener: () => void): unknown
  on(event: 'error', listener: () => void): unknown
}

interface WithSocket {
  readonly socket?: Socket
}

interface WithSignal {
  readonly signal?: AbortSignal
}

/** Returns whether a response's connection is closed. With HTTP/2, only the stream tells it. */
export function isClosed(res: object): boolean {
  const { stream = res } = res as { readonly stream?: object }
  return (stream as { readonly destroyed?: boolean }).destroyed === true
}

// A socket can carry several requests.
const quietSockets = new WeakSet<Socket>()

/**
 * Ignores errors on an upgrade's socket, which closes after an error. Node.js removes its own listener, and without
 * one, a client that resets the connection would end the process.
 */
function ignoreErrors({ socket }: WithSocket): void {
  if (socket === undefined || quietSockets.has(socket)) return
  quietSockets.add(socket)
  socket.on('error', () => undefined)
}

function responseTarget(res: OutgoingResponse): Target {
  return {
    get isOpen() {
      return !res.headersSent
    },
    add(cookies) {
      const earlier = [res.getHeader('set-cookie') ?? []].flat().map(String)
      res.setHeader('Set-Cookie', replaceCookies(earlier, cookies))
    },
    noStore: () => void res.setHeader('Cache-Control', NO_STORE),
  }
}

function headersTarget(headers: Headers): Target {
  return {
    isOpen: true,
    add(cookies) {
      const all = replaceCookies(headers.getSetCookie(), cookies)
      headers.delete('set-cookie')
      for (const cookie of all) headers.append('set-cookie', cookie)
    },
    noStore: () => headers.set('cache-control', NO_STORE),
  }
}

/**
 * @param given - The headers from the application. They get the cookies too, because earlier cookies in these headers
 *   would replace the framework's cookies.
 */
function ownTarget(own: HttpContext, given: Target | undefined): Target {
  return {
    get isOpen() {
      return !own.isResponseSent && own.cookies !== 'closed'
    },
    add(cookies) {
      own.setCookies(cookies)
      given?.add(cookies)
    },
    noStore: () => own.noStore(),
  }
}

// The contexts of requests that `authenticate()` has seen. Other members of `Auth` then see the refreshed cookies too.
const contexts = new WeakMap<object, DetachedHttpContext>()

/** Returns a request's context for `authenticate()`. */
export function detachedContextOf(request: AnyRequest): DetachedHttpContext {
  const known = knownContextOf(request)
  if (known !== undefined) return known
  const source = sourceOfRequest(request)
  const context = new DetachedHttpContext(source)
  contexts.set(source.raw, context)
  return context
}

/**
 * Returns the context for a request whose response does not come from the framework: an upgrade, or a request that was
 * passed to `authenticate()`.
 * @returns `undefined` for every other request, whose framework sends the response.
 */
export function findDetachedContext(request: unknown): DetachedHttpContext | undefined {
  const known = knownContextOf(request)
  if (known !== undefined) return known
  const source = sourceOf(request)
  return source?.header('upgrade') === undefined
    ? undefined
    : detachedContextOf(source.raw as AnyRequest)
}

/**
 * Returns the context that is already known for a request. It does not read the request, because the request may be
 * closed.
 */
function knownContextOf(request: unknown): DetachedHttpContext | undefined {
  const raw = rawRequestOf(request)
  return raw && contexts.get(raw)
}

/** Wraps a request whose response the caller creates, for `toResponse()`. */
export function readContextOf(request: AnyRequest): HttpContext {
  const { method, url, header } = sourceOfRequest(request)
  return {
    method,
    url,
    header,
    isResponseSent: false,
    setCookies: () => false,
    noStore: () => undefined,
  }
}

/** @throws IdentityError `configuration` if the value is not a request. */
export function sourceOfRequest(request: AnyRequest): RequestSource {
  const source = sourceOf(request)
  if (source !== undefined) return source
  throw configurationError(
    'The first argument must be a request: an IncomingMessage, a Request, or the request that your framework passes to handlers. Use, for example, authenticate(req).',
  )
}
