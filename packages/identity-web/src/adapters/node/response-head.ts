/**
 * The headers of a response before it is sent. They belong to the Node.js response or to an object of the framework.
 */
export interface ResponseHead {
  readonly headersSent: boolean
  getHeader(name: string): number | string | string[] | undefined
  /** Replaces a header. */
  setHeader(name: string, value: string | string[]): unknown
}

/** Returns the values of a header that a response may have. */
export function toList(header: number | string | readonly string[] | undefined): string[] {
  return [header ?? []].flat().map(String)
}
