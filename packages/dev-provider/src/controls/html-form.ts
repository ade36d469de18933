/** The first form of one of the provider's pages, as a browser would send it. */
export interface HtmlForm {
  readonly action: string
  readonly fields: Record<string, string>
}

/** The word that a page says of itself. */
export function pageName(page: string): string | undefined {
  return /<main [^>]*data-page="([^"]+)"/.exec(page)?.[1]
}

/** Reads the form of a page that the provider itself wrote: it is no parser for other people's HTML. */
export function readForm(page: string): HtmlForm | undefined {
  const action = /<form [^>]*action="([^"]*)"/.exec(page)?.[1]
  if (action === undefined) return undefined
  const fields: Record<string, string> = {}
  for (const [tag] of page.matchAll(/<input\s[^>]*type="hidden"[^>]*>/g)) {
    const name = attribute(tag, 'name')
    if (name !== undefined) fields[name] = attribute(tag, 'value') ?? ''
  }
  return { action: unescapeHtml(action), fields }
}

/** Whether a page has a button with this value. */
export function hasButton(page: string, value: string): boolean {
  return new RegExp(`<button\\b[^>]*\\bvalue="${value}"`).test(page)
}

/** Where a page goes on to by itself, without a form. */
export function readGoOn(page: string): URL | undefined {
  const href = /<a id="go-on" href="([^"]*)"/.exec(page)?.[1]
  return href === undefined ? undefined : new URL(unescapeHtml(href))
}

/** The text of a page's error, for a message. */
export function readMessage(page: string): string {
  const main = /<main[\s\S]*?<\/main>/.exec(page)?.[0] ?? ''
  return unescapeHtml(main.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : unescapeHtml(value)
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
