const PAGES: ReadonlyMap<string, (name: string) => Response> = new Map([
  ['json', (name) => Response.json({ message: 'Hello', name })],
  ['text', (name) => new Response(`Hello, ${name}`)],
  [
    'html',
    (name) =>
      new Response(`<!doctype html><title>Hello</title><p>Hello, ${name}</p>`, {
        headers: { 'content-type': 'text/html; charset=utf-8' },
      }),
  ],
])

/** Returns the page that a URL ends with. */
export function pageOf(url: string, name: string): Response {
  const page = PAGES.get(url.slice(url.lastIndexOf('/') + 1))
  return page?.(name) ?? new Response(null, { status: 404 })
}
