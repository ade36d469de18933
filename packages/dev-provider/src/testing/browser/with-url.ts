/** Adds the URL of a page to its response. Otherwise, only `fetch` can set it. */
export function withUrl(response: Response, url: URL, redirected: boolean): Response {
  return Object.defineProperties(response, {
    url: { value: url.href },
    redirected: { value: redirected, configurable: true },
  })
}
