// Events of h3: path, page request, cached handlers.
import type { H3Event } from 'h3'
import { configurationError } from '../../errors.ts'
import { urlOf } from '../node.ts'

// The parts of an event that h3 and Nitro do not describe with types.

/**
 * The property of an event's context that contains the page request. Because page code is another bundle, it can find
 * the property only by a symbol that the whole process shares.
 */
export const PAGE: unique symbol = Symbol.for('identity-web page') as never

/** The request that came from the browser. */
interface Origin {
  readonly [PAGE]?: { readonly event: H3Event }
}

/** A request that Nitro created for `$fetch` within the server. */
interface LocalRequest {
  /** The context of the event that called `event.$fetch`. */
  readonly __unenv__?: Origin
}

/**
 * Returns the event whose code sent this request to its own server with `event.$fetch` or `useFetch`.
 * @returns `undefined` if the request came over the network.
 */
export function callerOf(event: H3Event): H3Event | undefined {
  const { __unenv__: context } = event.node.req as LocalRequest
  const caller = context?.[PAGE]?.event
  if (caller === undefined || caller === event) return undefined
  // An API route can call another one.
  return callerOf(caller) ?? caller
}

/** Returns the path and query as they arrived. */
export function pathOf(event: H3Event): string {
  return urlOf(event.node.req)
}

/**
 * Returns the path under which the application is mounted, such as Nuxt's `app.baseURL`. It is known only in a
 * middleware for that path.
 */
export function mountPathOf(event: H3Event): string | undefined {
  const url = pathOf(event)
  const { path } = event
  return url !== path && url.endsWith(path) ? url.slice(0, -path.length) : undefined
}

/** Returns whether Nitro stores this event's response, and sends it to other users. */
export function isCached({ context }: Pick<H3Event, 'context'>): boolean {
  return context['cache'] !== undefined
}

/** @throws IdentityError `configuration` if Nitro would send the response to other users. */
export function assertNotCached(event: Pick<H3Event, 'context'>): void {
  if (!isCached(event)) return
  throw configurationError(
    'Nuxt caches the response of this route for all users, so the route must not depend on a session. Remove cache, swr and isr from the routeRules of this route. If the route uses defineCachedEventHandler(), use defineEventHandler() instead.',
  )
}

/**
 * Rejects h3 2 events, whose responses work in another way. The property `url` identifies them.
 * @throws IdentityError `configuration`.
 */
export function assertVersion(event: H3Event): void {
  if (!('url' in event)) return
  throw configurationError(
    'identity-web/h3 received an event of h3 2, but it works only with h3 1 (Nuxt 4 and Nitro 2). To keep h3 2, import Auth from identity-web/fetch, and pass event.req to the guards, as in the recipe for h3 2 in docs/recipes.md. To keep identity-web/h3, install h3@1.',
  )
}
