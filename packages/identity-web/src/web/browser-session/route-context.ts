import type { HttpContext } from '../../http-context.ts'
import { replaceCookies } from '../../session/index.ts'
import type { WireRequest } from '../http/routes.ts'

/** The request of a route of this library, whose response is not created yet. */
export class RouteHttpContext implements HttpContext {
  readonly #request: WireRequest
  #cookies: readonly string[] = []
  readonly isResponseSent = false

  constructor(request: WireRequest) {
    this.#request = request
  }

  get method(): string {
    return this.#request.method
  }

  get url(): string {
    return this.#request.url
  }

  header(name: string): string | undefined {
    return this.#request.header(name)
  }

  /** The `Set-Cookie` values for the response. */
  get cookies(): readonly string[] {
    return this.#cookies
  }

  setCookies(cookies: readonly string[]): boolean {
    this.#cookies = replaceCookies(this.#cookies, cookies)
    return true
  }

  /** Every response of a route is private. */
  noStore(): void {}
}
