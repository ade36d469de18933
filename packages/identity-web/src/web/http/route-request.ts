import { isNavigation } from './navigation.ts'

/** A request to one of the routes of this library. Its headers and cookies are read once, here. */
export interface RouteRequest {
  readonly method: string
  /** The absolute URL. Its origin comes from the adapter and is not trusted. */
  readonly url: string
  /** `''` if the request has no cookies. */
  readonly cookieHeader: string
  /** Whether the request is a page navigation. */
  readonly isNavigation: boolean
  header(name: string): string | undefined
  /** Whether the application read the body before. */
  readonly isBodyUsed: boolean
  /**
   * Reads the body as a form.
   *
   * @returns `undefined` if the request is not a POST or the body is too long.
   */
  readForm(): Promise<URLSearchParams | undefined>
}

/** The longest form and the longest query that routes read. */
const MAX_FORM_CHARACTERS = 100_000

/** Reads the parts of a request that the routes use. */
export function toRouteRequest(request: Request): RouteRequest {
  const { method, url, headers } = request
  const header = (name: string): string | undefined => headers.get(name) ?? undefined
  return {
    method,
    url,
    cookieHeader: header('cookie') ?? '',
    isNavigation: isNavigation({ header }),
    header,
    isBodyUsed: request.bodyUsed,
    readForm: async () => (method === 'POST' ? toForm(await request.text()) : undefined),
  }
}

/** Reads a query or a form. Returns `undefined` if it is too long. */
export function toForm(encoded: string): URLSearchParams | undefined {
  return encoded.length > MAX_FORM_CHARACTERS ? undefined : new URLSearchParams(encoded)
}
