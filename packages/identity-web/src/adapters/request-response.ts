import type { HttpContext } from '../http-context.ts'
import type { BodyFailure, Route } from '../web/index.ts'
import { BodyCollector, replaceCookies, withoutCookies } from './base/wire.ts'

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

  /**
   * Adds the collected changes to the response. Its own cookies and its body remain.
   * @returns The response, or a copy of it with other headers.
   */
  finish(response: Response): Response {
    this.#isResponseSent = true
    // The response is newer than the changes. It may, for example, sign the user out.
    const cookies = withoutCookies(this.#cookies, response.headers.getSetCookie())
    if (cookies.length === 0 && !(this.#isPrivate && isForCaches(response))) return response
    // The response to an upgrade and `Response.error()` cannot be copied.
    if (response.status < 200) return response
    // A handler may return the same response to every request, but a cookie belongs to one user.
    const copy = new Response(response.body, response)
    copy.headers.set('cache-control', 'private, no-store')
    for (const cookie of cookies) copy.headers.append('set-cookie', cookie)
    return copy
  }
}

function isForCaches({ headers }: Response): boolean {
  return !/\b(private|no-store)\b/i.test(headers.get('cache-control') ?? '')
}

/** Returns the part of a URL after its origin, unchanged. */
export function pathAndQuery(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('//') + 2))
}

const current = new WeakMap<object, RequestHttpContext>()

/**
 * Calls a function that creates a response, and adds the changes that it collected. Nested calls for one request share
 * the changes.
 * @param key - The request, or another object that the framework creates per request.
 */
export async function withHttpContext(
  request: Request,
  act: (http: RequestHttpContext) => Response | Promise<Response>,
  key: object = request,
): Promise<Response> {
  const outer = current.get(key)
  if (outer !== undefined) return act(outer)
  const http = new RequestHttpContext(request)
  current.set(key, http)
  try {
    return http.finish(await act(http))
  } finally {
    current.delete(key)
  }
}

/** Returns the context of a request inside {@link withHttpContext}. Elsewhere, it returns one that cannot set cookies. */
export function httpContextOf(request: Request, key: object = request): RequestHttpContext {
  return current.get(key) ?? new RequestHttpContext(request, true)
}

/** Rejects the result of a JavaScript handler without a `Response`, which would be served as an empty page. */
export function assertResponse(response: Response | undefined): Response {
  if (response === undefined) throw new TypeError('A guarded handler must return a Response.')
  return response
}

/** Runs a route of the core. */
export function runRoute(request: Request, route: Route): Promise<Response> {
  const { method, headers, body } = request
  return route({
    method,
    url: pathAndQuery(request.url),
    header: (name) => headers.get(name) ?? undefined,
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
