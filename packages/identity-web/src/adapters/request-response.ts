import type { HttpContext } from '../http-context.ts'
import { MAX_BODY_BYTES, replaceCookies, toLocalUrl, withoutCookies } from './base/wire.ts'

// What every server of Request and Response shares: the way from its request to the core and back. No Node.js here.

/** The core's view of a request. What is to be set goes to the response once that is there. */
export class RequestHttpContext implements HttpContext {
  readonly #request: Request
  #cookies: readonly string[] = []
  #isPrivate = false
  #isAnswered: boolean

  /** @param isAnswered - Whether no response follows that could carry anything. */
  constructor(request: Request, isResponseSent = false) {
    this.#request = request
    this.#isAnswered = isResponseSent
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

  /** Whether the response is out of our hands: one that is streamed is, once its handler gave it back. */
  get isResponseSent(): boolean {
    return this.#isAnswered
  }

  setCookies(cookies: readonly string[]): boolean {
    // Too late; the next request renews what this one could not store.
    if (this.#isAnswered) return false
    this.#cookies = replaceCookies(this.#cookies, cookies)
    return true
  }

  noStore(): void {
    this.#isPrivate = true
  }

  /**
   * Puts what was set meanwhile on the response; its own cookies and its body stay as they are.
   *
   * @returns The response, or a copy of it with other headers.
   */
  finish(response: Response): Response {
    this.#isAnswered = true
    // What the response sets is later than what was renewed on the way to it: a sign-out, say.
    const cookies = withoutCookies(this.#cookies, response.headers.getSetCookie())
    if (cookies.length === 0 && !(this.#isPrivate && isForCaches(response))) return response
    // A response of another kind, to an upgrade or of `Response.error()`, can't be copied.
    if (response.status < 200) return response
    // A copy: the handler may give the same response to every request, and a user's cookie is for one alone.
    const copy = new Response(response.body, response)
    copy.headers.set('cache-control', 'private, no-store')
    for (const cookie of cookies) copy.headers.append('set-cookie', cookie)
    return copy
  }
}

function isForCaches({ headers }: Response): boolean {
  return !/\b(private|no-store)\b/i.test(headers.get('cache-control') ?? '')
}

/** What a URL has behind its origin, as it is written there. */
export function pathAndQuery(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('//') + 2))
}

const underway = new WeakMap<object, RequestHttpContext>()

/**
 * Answers a request, and puts on its response what was to be set meanwhile. Within another one for the same request it
 * joins that.
 *
 * @param key - The request, or what a framework has one of for each.
 */
export async function answering(
  request: Request,
  act: (http: RequestHttpContext) => Response | Promise<Response>,
  key: object = request,
): Promise<Response> {
  const outer = underway.get(key)
  if (outer !== undefined) return act(outer)
  const http = new RequestHttpContext(request)
  underway.set(key, http)
  try {
    return http.finish(await act(http))
  } finally {
    underway.delete(key)
  }
}

/** The HTTP context of a request that is being answered; outside of that, one that can store nothing. */
export function httpContextOf(request: Request, key: object = request): RequestHttpContext {
  return underway.get(key) ?? new RequestHttpContext(request, true)
}

/** Lets a route of the core answer a request. */
export async function runRoute(
  request: Request,
  route: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { method, headers } = request
  const body = method === 'POST' ? await readForm(request) : null
  if (body === undefined) return new Response(null, { status: 413 })
  return route(new Request(toLocalUrl(pathAndQuery(request.url)), { method, headers, body }))
}

/** @returns `undefined` for a body that is too large to be an authorization response. */
async function readForm(request: Request): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  const reader = request.body?.getReader()
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    size += read.value.byteLength
    if (size > MAX_BODY_BYTES) {
      await reader?.cancel()
      return undefined
    }
    text += decoder.decode(read.value, { stream: true })
  }
  return text + decoder.decode()
}
