/**
 * A form's body: its fields, a string, or bytes.
 *
 * @example
 * ```ts
 * const body: RequestBody = { item: 'book', count: '2' }
 * ```
 */
export type RequestBody = Readonly<Record<string, string>> | URLSearchParams | string | Uint8Array

/** Encodes a form's body, and adds its `Content-Type` unless the headers contain one. */
export function toBody(
  body: RequestBody | undefined,
  headers: Headers,
): string | Uint8Array | undefined {
  if (body === undefined || body instanceof Uint8Array) return body
  if (!headers.has('content-type')) {
    headers.set('content-type', 'application/x-www-form-urlencoded')
  }
  return typeof body === 'string' ? body : new URLSearchParams(body).toString()
}
