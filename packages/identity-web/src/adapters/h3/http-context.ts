// Wraps an event, or the request for a page of Nuxt.
import type { H3Event } from 'h3'
import { NodeHttpContext, urlOf, type NodeRequest } from '../node.ts'
import { assertNotCached, assertVersion, callerOf } from './event.ts'

/** Wraps an event for the core. */
export class H3HttpContext extends NodeHttpContext {
  constructor({ node: { req, res } }: H3Event) {
    super(req, res)
  }
}

/** Wraps a page's request. Its guard runs in the render, which can only redirect or show an error. */
export class PageHttpContext extends H3HttpContext {
  readonly delivery = 'throw'
}

/**
 * Wraps a request that the render of a page sends to its own server.
 *
 * The response to this request does not reach the browser, so its cookies are set on the page's response. A user who
 * must sign in or consent returns to the page. A sign-in does not start again and again, as with a guard of the page.
 */
class LocalHttpContext extends NodeHttpContext {
  readonly delivery = 'throw'
  readonly #caller: NodeRequest
  readonly #own: H3HttpContext

  constructor(event: H3Event, { node: { req, res } }: H3Event) {
    super(event.node.req, res)
    this.#caller = req
    this.#own = new H3HttpContext(event)
  }

  override get url(): string {
    return urlOf(this.#caller)
  }

  // Nitro copies all headers of the page except this one.
  override header(name: string): string | undefined {
    return name === 'accept' ? this.#caller.headers.accept : super.header(name)
  }

  override noStore(): void {
    super.noStore()
    this.#own.noStore()
  }
}

/**
 * Wraps an event for a member of `Auth`.
 * @throws IdentityError `configuration` if the response is stored for all users, and for an event of h3 2.
 */
export function httpContextOf(event: H3Event): NodeHttpContext {
  assertVersion(event)
  assertNotCached(event)
  const caller = callerOf(event)
  return caller === undefined ? new H3HttpContext(event) : new LocalHttpContext(event, caller)
}
