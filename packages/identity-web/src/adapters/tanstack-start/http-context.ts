// Keeps the request in TanStack Start's context.
import { configurationError } from '../../errors.ts'
import { RequestHttpContext } from '../request-response.ts'

/** A request to a TanStack Start application, which the `Auth` middleware creates. */
export class StartHttpContext extends RequestHttpContext {
  readonly request: Request
  /** The response of a guard that did not accept the request, which the middleware sends. */
  refusal: Response | undefined

  constructor(request: Request) {
    super(request)
    this.request = request
  }

  /**
   * `true` if a script on a page called a server function. A render calls a server function without a request.
   */
  get isServerFunction(): boolean {
    return this.header('x-tsr-serverfn') === 'true'
  }
}

// `getRequest()` of TanStack Start returns the object that the middleware received.
const contexts = new WeakMap<Request, StartHttpContext>()

/**
 * The name of the property in TanStack Start's context. It is a string, because TanStack Start does not copy properties whose
 * name is a symbol.
 */
export const NAME = '~identity-web'

/** @returns `undefined` if the request did not pass an `Auth` middleware. */
export function findHttpContext(request: Request): StartHttpContext | undefined {
  return contexts.get(request)
}

/** Starts to collect the changes to a request's response. Call `close()` of the result at the end. */
export function openHttpContext(request: Request): StartHttpContext {
  const http = new StartHttpContext(request)
  contexts.set(request, http)
  return http
}

/** @throws IdentityError `configuration` if the request did not pass an `Auth` middleware. */
export function httpContextOf(request: Request | undefined): StartHttpContext {
  const http = request && contexts.get(request)
  if (http !== undefined) return http
  throw configurationError(
    'The middleware of Auth did not handle this request. Add the middleware to src/start.ts: createStart(() => ({ requestMiddleware: [createMiddleware().server(auth.middleware)] })). Pass getRequest() of @tanstack/react-start/server to the functions of Auth.',
  )
}

/** The argument for a server function, a server route or a middleware. */
interface Given {
  readonly request?: Request
  readonly context?: { readonly [NAME]?: unknown }
}

/**
 * Returns the request in a server function, a server route or a middleware.
 * @throws IdentityError `configuration` if the request did not pass an `Auth` middleware.
 */
export function httpContextOfArgs({ request, context }: Given): StartHttpContext {
  // The browser can send a context too, but not an object of this class.
  const given = context?.[NAME]
  return given instanceof StartHttpContext ? given : httpContextOf(request)
}

/** A TanStack Router redirect: a response with the options of its function `redirect`. */
type Redirect = Response & {
  readonly options: {
    readonly href: string
    readonly reloadDocument: true
    readonly statusCode: number
  }
}

/**
 * Makes a redirect that the router in the browser follows with a page load. It has the shape of the result of TanStack
 * Router's `redirect`, whose package depends on the framework (React, Solid, Vue).
 */
export function toRedirect(href: string, given: Headers = new Headers()): Redirect {
  const headers = new Headers(given)
  for (const name of ['content-type', 'content-length']) headers.delete(name)
  headers.set('location', href)
  const response = new Response(null, { status: 307, headers })
  return Object.assign(response, {
    options: { href, reloadDocument: true, statusCode: 307 } as const,
  })
}

/** Returns whether a response is a TanStack Router redirect. A copy of it would not be a redirect. */
export function isRedirect(response: Response): boolean {
  return (response as Partial<Redirect>).options !== undefined
}
