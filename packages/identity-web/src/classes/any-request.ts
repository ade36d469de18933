// Accepts requests of every framework in `authenticate()`.
import { own } from '../own.ts'
// The requests that `authenticate()` and `toResponse()` accept in every framework. The types describe the requests of
// Node.js by their members, so that the entries without Node.js do not need its types.

/**
 * A Node.js request, such as an `IncomingMessage`.
 * @public
 */
export interface IncomingRequest {
  /** The method. @defaultValue `'GET'` */
  readonly method?: string | undefined
  /** The path and query. @defaultValue `'/'` */
  readonly url?: string | undefined
  /** The headers, whose names are in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/**
 * A request in any form: an `IncomingMessage`, a `Request`, or the object that a framework passes to a handler (the
 * Express, Fastify or Nest request, the Koa or Hono context, a loader's argument, the h3 event).
 * @public
 */
export type AnyRequest =
  | Request
  | IncomingRequest
  | {
      /** The method of a request with fetch API headers, such as an `HttpRequest` from Azure Functions. */
      readonly method: string
      /** The absolute URL. */
      readonly url: string
      /** The headers. */
      readonly headers: {
        /** Returns a header, or `null` if the request does not have it. */
        get(name: string): string | null
      }
    }
  | {
      /** The Node.js request, as in Fastify. */
      readonly raw: IncomingRequest
    }
  | {
      /** The Node.js request, as in Koa, or Hono's request. */
      readonly req: IncomingRequest | { readonly raw: Request }
    }
  | {
      /** The request, as in React Router loaders. */
      readonly request: Request
    }
  | {
      /** The Node.js objects, as in an event of h3 1, which Nuxt 4 uses. */
      readonly node: {
        /** The Node.js request. */
        readonly req: IncomingRequest
      }
    }

/** The parts of a request that do not depend on the framework. */
export interface RequestSource {
  /** The Node.js request or the `Request`. */
  readonly raw: object
  readonly method: string
  /** The path and query. */
  readonly url: string
  header(name: string): string | undefined
}

interface Given {
  readonly raw?: unknown
  readonly req?: { readonly raw?: unknown }
  readonly request?: unknown
  readonly node?: { readonly req?: unknown }
  readonly originalUrl?: unknown
}

/** @returns The Node.js request or the `Request`. `undefined` if the value is not a request. */
export function rawRequestOf(given: unknown): IncomingRequest | Request | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  const { raw, req, node, request } = given as Given
  // An event of h3 has headers too, but not those of a request of Node.js.
  return [raw, req?.raw, req, node?.req, given, request].find(hasHeaders)
}

/** @returns `undefined` if the value is not a request. */
export function sourceOf(given: unknown): RequestSource | undefined {
  const inner = rawRequestOf(given)
  if (inner === undefined) return undefined
  if (isFetchRequest(inner)) return fetchSource(inner)
  return nodeSource(inner, (given as Given).originalUrl ?? (inner as Given).originalUrl)
}

/**
 * Returns the request with a copy of its headers, because on Deno the headers cannot be read after the upgrade to a
 * WebSocket.
 */
export function withOwnHeaders(source: RequestSource): RequestSource {
  const raw = source.raw as IncomingRequest | Request
  if (!isFetchRequest(raw)) return source
  const headers = new Headers(raw.headers)
  return { ...source, header: (name) => headers.get(name) ?? undefined }
}

function hasHeaders(value: unknown): value is IncomingRequest | Request {
  return typeof value === 'object' && value !== null && 'headers' in value
}

// Frameworks have their own classes of requests, so `instanceof` would not recognize all of them.
function isFetchRequest(request: IncomingRequest | Request): request is Request {
  return typeof request.headers.get === 'function'
}

function fetchSource(request: Request): RequestSource {
  const { url } = request
  return {
    raw: request,
    method: request.method,
    url: url.slice(url.indexOf('/', url.indexOf('//') + 2)),
    header: (name) => request.headers.get(name) ?? undefined,
  }
}

/** @param originalUrl - The URL before a framework removed a mounted application's path. */
function nodeSource(request: IncomingRequest, originalUrl: unknown): RequestSource {
  return {
    raw: request,
    method: request.method ?? 'GET',
    url: typeof originalUrl === 'string' ? originalUrl : (request.url ?? '/'),
    header: (name) => headerOf(request, name),
  }
}

/** A Node.js request with its headers as they arrived. */
interface RawHeaders {
  readonly rawHeaders?: readonly string[]
}

/** Returns a header of a Node.js request. */
export function headerOf(request: IncomingRequest, name: string): string | undefined {
  if (name === 'authorization') return authorizationOf(request)
  const value = own(request.headers, name)
  // HTTP/2 has a pseudo-header in place of `Host`.
  if (value === undefined && name === 'host') return headerOf(request, ':authority')
  return typeof value === 'object' ? value.join(', ') : value
}

// Node.js keeps only the first of several. A proxy may use the last one, and would authenticate another caller.
function authorizationOf(request: IncomingRequest): string | undefined {
  const first = own(request.headers, 'authorization')
  if (typeof first === 'object') return first.join(', ')
  if (first === undefined) return undefined
  const { rawHeaders = [] } = request as RawHeaders
  const all: (string | undefined)[] = []
  // A plain loop, because it runs for every request with a token.
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]
    if (name?.length === 13 && name.toLowerCase() === 'authorization') {
      all.push(rawHeaders[index + 1])
    }
  }
  return all.length > 1 ? all.join(', ') : first
}
