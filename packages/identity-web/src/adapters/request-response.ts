import type { HttpContext } from '../http-context.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import type { Route } from '../web/index.ts'
import {
  BodyCollector,
  callRoute,
  replaceCookies,
  withoutCookies,
  type BodyFailure,
} from './base/wire.ts'

// Translates between `Request`, `Response` and the core, on runtimes without Node.js too.

/** Wraps a request for the core. It collects the changes to the response until the response exists. */
export class RequestHttpContext implements HttpContext {
  readonly #request: Request
  #cookies: readonly string[] = []
  #isPrivate = false
  #isResponseSent: boolean

  /** @param isResponseSent - Whether it is too late to change the response. */
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

  /** A streamed response cannot be changed after its handler has returned it. */
  get isResponseSent(): boolean {
    return this.#isResponseSent
  }

  setCookies(cookies: readonly string[]): boolean {
    // The response is sent already. The next request refreshes the session again.
    if (this.#isResponseSent) return false
    this.#cookies = replaceCookies(this.#cookies, cookies)
    return true
  }

  noStore(): void {
    this.#isPrivate = true
  }

  /** Whether the response shows a user, so that caches must not store it. */
  get isPrivate(): boolean {
    return this.#isPrivate
  }

  /** Ends the collection of changes, because nobody adds them to a response anymore. */
  close(): void {
    this.#isResponseSent = true
  }

  /**
   * Adds the collected changes to the response. Its own cookies and its body remain.
   * @returns The response, or a copy of it with other headers.
   */
  finish(response: Response): Response {
    this.#isResponseSent = true
    if (this.#cookies.length === 0) return this.#isPrivate ? toPrivate(response) : response
    // The response is newer than the changes. It may, for example, sign the user out.
    const cookies = withoutCookies(this.#cookies, response.headers.getSetCookie())
    if (cookies.length === 0) return this.#isPrivate ? toPrivate(response) : response
    if (!canCopy(response)) return response
    // A handler may return the same response to every request, but a cookie belongs to one user.
    const copy = toPrivateCopy(response)
    for (const cookie of cookies) copy.headers.append('set-cookie', cookie)
    return copy
  }
}

/** The `Cache-Control` of responses that show a user. */
export const PRIVATE = 'private, no-store'

/**
 * Sets the header on the response itself, because a copy costs more than the rest of the guard. If a handler returns the same
 * response to every request, caches do not store it anymore. It never becomes public again.
 */
function toPrivate(response: Response): Response {
  const { headers } = response
  const given = headers.get('cache-control')
  if (given === PRIVATE || isPrivatePolicy(given) || !canCopy(response)) return response
  try {
    headers.set('cache-control', PRIVATE)
    return response
  } catch {
    // The headers of a response of `fetch()`, of a cache or of `Response.redirect()` cannot be changed.
    return toPrivateCopy(response)
  }
}

function isPrivatePolicy(policy: string | null): boolean {
  return policy !== null && /\b(private|no-store)\b/i.test(policy)
}

/** Whether a response can be copied. The response to an upgrade and `Response.error()` cannot. */
function canCopy({ status }: Response): boolean {
  return status >= 200
}

function toPrivateCopy(response: Response): Response {
  const copy = new Response(response.body, response)
  copy.headers.set('cache-control', PRIVATE)
  return copy
}

/** Returns the part of a URL after its origin, unchanged. */
export function pathAndQuery(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('//') + 2))
}

/** The property with the context of a request. An entry of a `WeakMap` costs several times as much. */
const CURRENT = Symbol('identity-web http')

/** A request, or another object that the framework creates per request. */
interface Key {
  [CURRENT]?: RequestHttpContext
}

/**
 * Calls a function that creates a response, and adds the changes that it collected. Nested calls for one request share
 * the changes. The result is a promise only if that of the function is one.
 * @param key - The request, or another object that the framework creates per request.
 */
export function withHttpContext(
  request: Request,
  act: (http: RequestHttpContext) => MaybePromise<Response>,
  key: object = request,
): MaybePromise<Response> {
  const outer = (key as Key)[CURRENT]
  if (outer?.isResponseSent === false) return act(outer)
  const http = new RequestHttpContext(request)
  ;(key as Key)[CURRENT] = http
  let response: MaybePromise<Response>
  try {
    response = act(http)
  } catch (error) {
    http.close()
    throw error
  }
  return response instanceof Promise ? finishLater(http, response) : http.finish(response)
}

async function finishLater(
  http: RequestHttpContext,
  response: Promise<Response>,
): Promise<Response> {
  try {
    return http.finish(await response)
  } finally {
    // An application can respond to an error with another guard, which must finish its own response.
    http.close()
  }
}

/** Returns the context of a request inside {@link withHttpContext}. Elsewhere, it returns one that cannot set cookies. */
export function httpContextOf(request: Request, key: object = request): RequestHttpContext {
  return (key as Key)[CURRENT] ?? new RequestHttpContext(request, true)
}

/**
 * Returns the result of a handler as a value or as a promise of this realm. The guard waits for such promises only, and
 * handles their errors. Libraries have their own classes of promises.
 */
export function toMaybePromise<T>(result: T | PromiseLike<T>): MaybePromise<T> {
  return result instanceof Promise || !isThenable(result)
    ? (result as MaybePromise<T>)
    : Promise.resolve(result)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown } | undefined)?.then === 'function'
}

/** Rejects the result of a JavaScript handler without a `Response`, which would be served as an empty page. */
export function assertResponse(response: Response | undefined): Response {
  if (response === undefined) throw new TypeError('A guarded handler must return a Response.')
  return response
}

/** Runs a route of the core. */
export function runRoute(request: Request, route: Route): Promise<Response> {
  const { method, headers, body } = request
  return callRoute(route, {
    method,
    url: pathAndQuery(request.url),
    headers,
    readBody: async () => (body === null ? '' : readStream(body)),
  })
}

/** @throws TypeError if the application has read the body. */
async function readStream(body: ReadableStream<Uint8Array>): Promise<string | BodyFailure> {
  const reader = body.getReader()
  const collector = new BodyCollector()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return collector.end()
      if (!collector.add(value)) break
    }
  } catch {
    return 400
  }
  // The rest of the body is not read. The client may have cut it off.
  reader.cancel().catch(() => undefined)
  return 413
}
