// `Request`, `Response` and `fetch`, in spite of other packages that replace them.
// Responses are made by the current global `Response`, because hosts compare with it. `Response.json()`, `.redirect()` and
// `.error()` return objects of the native class, also if another package has replaced the global.

// `instanceof` would miss objects of such a class, too, and those of a polyfill.
const { toString } = Object.prototype

/**
 * Returns whether a value of the application is a `Response` of any class. It never decides whether a request is
 * allowed.
 */
function isResponse(value: unknown): value is Response {
  return toString.call(value) === '[object Response]'
}

/** Returns whether a value is a `Request` of any class. */
export function isRequest(value: unknown): value is Request {
  return toString.call(value) === '[object Request]'
}

/** Returns whether a value is a `ReadableStream` of any class. */
export function isReadableStream(value: unknown): value is ReadableStream {
  return toString.call(value) === '[object ReadableStream]'
}

export function jsonResponse(body: unknown, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers)
  if (!headers.has('content-type')) headers.set('content-type', 'application/json')
  const json = JSON.stringify(body) as string | undefined
  if (json === undefined) throw new TypeError('The body of a response cannot be converted to JSON.')
  return new Response(json, { ...init, headers })
}

/** Returns a JSON response that is not cached. */
export function uncachedJson(
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return jsonResponse(body, { status, headers: { 'cache-control': 'no-store', ...headers } })
}

/** Converts the result of a guarded function of an API, where frameworks accept data instead of a response. */
export function toApiResponse(result: unknown): Response {
  return isResponse(result) ? result : jsonResponse(result ?? null)
}

/**
 * Returns the headers of a response so that the caller can change them. The `Response` of @hono/node-server 1 loses
 * changes that were made before its body was read, if another host copies the response.
 */
export function changeableHeaders(response: Response): Headers {
  Reflect.get(response, 'body')
  return response.headers
}

/**
 * Calls the global `fetch`. It is a wrapper, because `fetch` cannot be called as a method of another object on edge
 * runtimes.
 */
export const globalFetch: typeof fetch = (input, init) => fetch(input, init)

const wrappers = new WeakSet<typeof fetch>([globalFetch])

/**
 * Marks a function that calls the global `fetch`, so that error messages do not say that the application passed its own
 * `fetch`.
 */
export function markGlobalFetch(wrapper: typeof fetch): typeof fetch {
  wrappers.add(wrapper)
  return wrapper
}

/** Returns whether a function calls the global `fetch`, so that it was not passed by the application. */
export function isGlobalFetch(given: typeof fetch): boolean {
  return wrappers.has(given)
}

/** The parts of Node.js that tell how this process was started. The types of Node.js are not available here. */
export interface NodeProcess {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly argv: readonly string[]
  readonly execArgv: readonly string[]
  readonly versions: { readonly node?: string }
  cwd(): string
  getBuiltinModule(name: string): unknown
}

/** Returns the parts of `process` that exist on this runtime. */
export function nodeProcess(): Partial<NodeProcess> {
  return (globalThis as { readonly process?: Partial<NodeProcess> }).process ?? {}
}
