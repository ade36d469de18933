// Writes responses, and keeps cookies that the application set.
import type { ServerResponse } from 'node:http'
import { replaceCookies } from '../../web/index.ts'

// The response of Node.js, with the headers that the application has set.

/**
 * The response headers that are not sent yet. They belong to the Node.js response or to a framework object.
 */
export interface ResponseHead {
  readonly headersSent: boolean
  getHeader(name: string): number | string | string[] | undefined
  /** Replaces a header. */
  setHeader(name: string, value: string | string[]): unknown
  /** The Node.js response, if this is an object of the framework. */
  readonly response?: ServerResponse
}

/** Returns the values of a header that a response may have. */
export function toList(header: number | string | readonly string[] | undefined): string[] {
  return [header ?? []].flat().map(String)
}

/** Copies the headers of the core's response. Cookies and headers that the application set earlier remain. */
export function setHeaders({ headers }: Response, head: ResponseHead): void {
  for (const [name, value] of headers) {
    if (name === 'vary') head.setHeader('Vary', addVary(head, value))
    else if (name !== 'set-cookie') head.setHeader(name, value)
  }
  const cookies = headers.getSetCookie()
  if (cookies.length > 0) appendCookies(head, cookies)
}

/** Sends the core's response through Node.js. */
export async function writeResponse(response: Response, target: ServerResponse): Promise<void> {
  // Redirects have no body.
  const body = response.body === null ? '' : await response.text()
  // The application has responded meanwhile, for example because of a time limit.
  if (target.headersSent) return
  target.statusCode = response.status
  setHeaders(response, target)
  target.end(body)
}

/** Adds cookies to the application's cookies. A later value of a cookie replaces an earlier one. */
export function appendCookies(response: ResponseHead, cookies: readonly string[]): void {
  const earlier = response.getHeader('set-cookie')
  response.setHeader(
    'Set-Cookie',
    earlier === undefined ? [...cookies] : replaceCookies(toList(earlier), cookies),
  )
}

/** Returns `Vary` with a further value. */
export function addVary(head: ResponseHead, value: string): string {
  return [...toList(head.getHeader('vary')), value].join(', ')
}
