/** A redirect of TanStack Router: a response with the options of its function `redirect`. */
type Redirect = Response & {
  readonly options: {
    readonly href: string
    readonly reloadDocument: true
    readonly statusCode: number
  }
}

/**
 * Makes a redirect that the router in the browser follows with a page load. It has the shape of the result of `redirect` of
 * TanStack Router, whose package depends on the framework (React, Solid, Vue).
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

/** Whether a response is a redirect of TanStack Router, which a copy would not be. */
export function isRedirect(response: Response): boolean {
  return (response as Partial<Redirect>).options !== undefined
}
