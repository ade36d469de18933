// The bridge for `Request` and `Response`.
import { configurationError } from '../errors.ts'
import type { HttpContext, JsonBody, StreamEnd } from '../http-context.ts'
import { isThenable, type MaybePromise } from '../maybe-promise.ts'
import { replaceCookies, type ForwardBody, type Route } from '../web/index.ts'
import { readStream, toJsonBody } from './base/body-collector.ts'
import { withStreamEnd } from './base/ending-stream.ts'
import { writeChanges, type CollectedChanges } from './request-response/write-response.ts'

// Translates between `Request`, `Response` and the core, on runtimes without Node.js too.

/** Wraps a request for the core, and collects the changes to the response until the response exists. */
export class RequestHttpContext implements HttpContext {
  readonly #request: Request
  #cookies: readonly string[] = []
  #isPrivate = false
  #headers: Readonly<Record<string, string>> | undefined
  #streamEnd: StreamEnd | undefined
  #isResponseSent: boolean

  /** @param isResponseSent - `true` if it is too late to change the response. */
  constructor(request: Request, isResponseSent = false) {
    this.#request = request
    this.#isResponseSent = isResponseSent
  }

  get method(): string {
    return this.#request.method
  }

  get url(): string {
    return pathAndQuery(this.#request.url)
  }

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined
  }

  /** `true` if the response cannot be changed anymore, for example after a handler has returned a stream. */
  get isResponseSent(): boolean {
    return this.#isResponseSent
  }

  get isEnded(): boolean {
    // Some runtimes and frameworks have requests without a signal.
    const signal = this.#request.signal as AbortSignal | undefined
    return this.#isResponseSent || signal?.aborted === true
  }

  setCookies(cookies: readonly string[]): boolean {
    // The response is sent already. The next request refreshes the session again.
    if (this.#isResponseSent) return false
    this.#cookies = replaceCookies(this.#cookies, cookies)
    return true
  }

  removeCookies(cookies: readonly string[]): void {
    this.#cookies = this.#cookies.filter((cookie) => !cookies.includes(cookie))
  }

  noStore(): void {
    this.#isPrivate = true
  }

  setHeaders(headers: Readonly<Record<string, string>>): void {
    this.#headers = { ...this.#headers, ...headers }
  }

  endStreamAt(end: StreamEnd): void {
    this.#streamEnd = end
  }

  get host(): string {
    return hostOf(this.#request)
  }

  /** Reads the body from a copy of the request, so that the handler can read the body too. */
  async readJson(maxBytes: number): Promise<JsonBody> {
    if (this.#request.bodyUsed) {
      throw configurationError(
        'The guard has the option tools, so it needs the body of the request, and the application has already read it. Put the guard before the code that reads the body.',
      )
    }
    const { body } = this.#request.clone()
    return toJsonBody(body === null ? '' : await readStream(body, maxBytes))
  }

  /** Ends the collection of changes, and returns them for a response of another class. */
  take(): CollectedChanges {
    this.#isResponseSent = true
    return { cookies: this.#cookies, isPrivate: this.#isPrivate }
  }

  /** Ends the collection of changes without a response. */
  close(): void {
    this.#isResponseSent = true
  }

  /**
   * Adds the collected changes to the response, which keeps its own cookies and its body.
   * @returns The response, or a copy of it with other headers.
   */
  finish(given: Response): Response {
    this.#isResponseSent = true
    return writeChanges(withStreamEnd(given, this.#streamEnd), {
      cookies: this.#cookies,
      isPrivate: this.#isPrivate,
      headers: this.#headers,
    })
  }
}

function hostOf({ url }: Request): string {
  return new URL(url).host
}

/** Returns the part of a URL after its origin, unchanged. */
export function pathAndQuery(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('//') + 2))
}

/** The property that contains a request's context. A `WeakMap` entry would cost several times as much. */
const CURRENT = Symbol('identity-web http')

/** A request, or another object that the framework creates per request. */
interface Key {
  [CURRENT]?: RequestHttpContext
}

/**
 * Starts to collect a request's changes. Call `finish` or `close` of the result.
 * @param key - The request, or another object that the framework creates per request.
 * @returns `undefined` if an outer call collects them.
 */
export function startHttpContext(
  request: Request,
  key: object = request,
): RequestHttpContext | undefined {
  if ((key as Key)[CURRENT]?.isResponseSent === false) return undefined
  return ((key as Key)[CURRENT] = new RequestHttpContext(request))
}

/**
 * Calls a function that creates a response, and adds the changes that were collected during the call. Nested calls for
 * one request share the changes, and the result is a promise only if the function returns one.
 * @param key - The request, or another object that the framework creates per request. With a new object, the call
 *   collects its own changes.
 */
export function withHttpContext(
  request: Request,
  act: (http: RequestHttpContext) => MaybePromise<Response>,
  key: object = request,
): MaybePromise<Response> {
  const http = startHttpContext(request, key)
  if (http === undefined) return act(httpContextOf(request, key))
  let response: MaybePromise<Response>
  try {
    response = act(http)
  } catch (error) {
    http.close()
    throw error
  }
  return isThenable(response) ? finishLater(http, response) : http.finish(response)
}

async function finishLater(
  http: RequestHttpContext,
  response: PromiseLike<Response>,
): Promise<Response> {
  try {
    return http.finish(await response)
  } finally {
    // An application can respond to an error with another guard, which must finish its own response.
    http.close()
  }
}

/**
 * Returns a request's context inside {@link withHttpContext} or, elsewhere, a context that cannot set cookies.
 */
export function httpContextOf(request: Request, key: object = request): RequestHttpContext {
  return (key as Key)[CURRENT] ?? new RequestHttpContext(request, true)
}

/**
 * Throws if a JavaScript handler did not return a `Response`, because the browser would otherwise show an empty page.
 */
export function assertResponse(response: Response | undefined): Response {
  if (response === undefined) throw new TypeError('A guarded handler must return a Response.')
  return response
}

/** Runs the core route for a request. @returns `undefined` if the request is for the application. */
export function serve(
  core: { route(url: string, method: string): Route | undefined },
  request: Request,
): Promise<Response> | undefined {
  const route = core.route(pathAndQuery(request.url), request.method)
  return route && runRoute(request, route)
}

/** Runs a core route. */
export function runRoute(request: Request, route: Route): Promise<Response> {
  if (route.forward !== undefined) return forwardThrough(request, route.forward)
  const { method, headers, body } = request
  return route({
    method,
    url: pathAndQuery(request.url),
    header: (name) => headers.get(name) ?? undefined,
    get host() {
      return hostOf(request)
    },
    readBody: async () => (body === null ? '' : readStream(body)),
  })
}

/** Forwards a request to an API. */
async function forwardThrough(
  request: Request,
  forward: NonNullable<Route['forward']>,
): Promise<Response> {
  const act = async (http: RequestHttpContext): Promise<Response> => {
    const outcome = await forward({
      http,
      body: bodyOf(request),
      onClientGone: (listener) => {
        // Some runtimes and frameworks have requests without a signal.
        const signal = request.signal as AbortSignal | undefined
        if (signal?.aborted === true) listener()
        else signal?.addEventListener('abort', listener)
      },
    })
    return 'toResponse' in outcome ? outcome.toResponse() : outcome
  }
  return withHttpContext(request, act, {})
}

function bodyOf({ body, bodyUsed }: Request): ForwardBody {
  if (bodyUsed) return 'consumed'
  return body === null ? undefined : { kind: 'stream', stream: body }
}
