// Requests in which a router asks for data, in the background.
import type { HttpContext } from '../../http-context.ts'

/** A request whose headers or URL a framework has changed. Cookies are set through the original request. */
class ChangedHttpContext implements HttpContext {
  readonly #http: HttpContext

  constructor(http: HttpContext) {
    this.#http = http
  }

  get method(): string {
    return this.#http.method
  }

  get url(): string {
    return this.#http.url
  }

  header(name: string): string | undefined {
    return this.#http.header(name)
  }

  setCookies(cookies: readonly string[]): boolean {
    return this.#http.setCookies(cookies)
  }

  noStore(): void {
    this.#http.noStore()
  }

  get isResponseSent(): boolean {
    return this.#http.isResponseSent
  }

  get isEnded(): boolean | undefined {
    return this.#http.isEnded
  }
}

/** The headers that only requests of scripts have, and page navigations do not. */
const BACKGROUND_HEADERS: ReadonlySet<string> = new Set(
  'accept content-type sec-fetch-mode sec-fetch-dest x-requested-with'.split(' '),
)

/**
 * A request that a framework's router sends in the background, for a page's data or for a form. The router follows a
 * redirect as it follows a link, so a guard treats the request as a page navigation. However, the guard can only
 * redirect, and throws every other error, because the router cannot show this library's pages.
 */
export class RouterHttpContext extends ChangedHttpContext {
  readonly #pageUrl: () => string
  readonly delivery = 'throw'

  /** @param pageUrl - Returns the path and query of the page, which differ from those of the request. */
  constructor(http: HttpContext, pageUrl: () => string) {
    super(http)
    this.#pageUrl = pageUrl
  }

  override get url(): string {
    return this.#pageUrl()
  }

  override header(name: string): string | undefined {
    return BACKGROUND_HEADERS.has(name) ? undefined : super.header(name)
  }
}

/**
 * A request that a page sends to its own server during the render, with the browser's cookies. The response cannot be a
 * page.
 */
export class ScriptHttpContext extends ChangedHttpContext {
  override header(name: string): string | undefined {
    return name === 'x-requested-with' ? 'XMLHttpRequest' : super.header(name)
  }
}
