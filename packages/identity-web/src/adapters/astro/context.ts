// Wraps a request of Astro, and reads its environment variables.
import { configurationError } from '../../errors.ts'
import { toEnvironment } from '../../classes/index.ts'
import { httpContextOf, type RequestHttpContext } from '../request-response.ts'

/**
 * The object that describes a request in Astro: `Astro` in a page, and the context of an endpoint, an action or a middleware.
 * @public
 */
export interface AstroContext {
  /** The request. */
  readonly request: Request
  /** The request's URL. */
  readonly url: URL
  /** The data that middleware adds to the request. */
  readonly locals: object
  /** The parameters in the route's path. */
  readonly params: Readonly<Record<string, string | undefined>>
  /** `true` if Astro renders the route in advance. */
  readonly isPrerendered: boolean
}

/**
 * The environment variables as an object, or as a function that returns a variable, such as `getSecret` from
 * `astro:env/server`.
 * @public
 */
export type Variables = object | ((name: string) => string | undefined)

/** Returns the environment variables for the options. */
export function toVariables(given: Variables | undefined): ReturnType<typeof toEnvironment> {
  if (typeof given !== 'function') return toEnvironment(given)
  const read = given as (name: string) => string | undefined
  return new Proxy({}, { get: (_, name) => read(String(name)) })
}

/**
 * Returns the context for a request that passed through the middleware.
 * @throws IdentityError `configuration` if Astro renders the route in advance, or if the middleware did not run.
 */
export function contextOfHandled(context: AstroContext): RequestHttpContext {
  if (context.isPrerendered) {
    throw configurationError(
      `Astro renders ${context.url.pathname} in advance, so identity-web cannot know the visitor, and all visitors would get the same page. Add export const prerender = false to the page or the endpoint, or remove the guard from it.`,
    )
  }
  const http = toHttpContext(context)
  if (!http.isResponseSent) return http
  throw configurationError(
    'The guard cannot work, because the middleware of its Auth did not run for this request. In src/middleware.ts, add export const onRequest = auth.onRequest. If the file calls sequence(), add auth.onRequest to its arguments.',
  )
}

/** Returns a request's context, which is stored under `locals`, because a rewrite replaces the request. */
export function toHttpContext({ request, locals }: AstroContext): RequestHttpContext {
  return httpContextOf(request, locals)
}

/** Returns a function that creates a value at its first call, and returns the same value at later calls. */
export function once<Value>(create: () => Value): () => Value {
  let created: { readonly value: Value } | undefined
  return () => (created ??= { value: create() }).value
}
