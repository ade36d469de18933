/** Adds the URL of a page to its response. Only `fetch` itself can set it in another way. */
export function withUrl(response: Response, url: URL, redirected: boolean): Response {
  return Object.defineProperties(response, {
    url: { value: url.href },
    redirected: { value: redirected, configurable: true },
  })
}
