/** The first form on a provider page, with the fields that a browser would send. */
export interface HtmlForm {
  readonly action: string
  readonly fields: Record<string, string>
}

/** Returns the name that a provider page has in `data-page`. */
export function pageName(page: string): string | undefined {
  return /<main [^>]*data-page="([^"]+)"/.exec(page)?.[1]
}

/** Reads the form on a page that the provider created. It cannot parse other HTML. */
export function readForm(page: string): HtmlForm | undefined {
  const start = /<form [^>]*action="([^"]*)"/.exec(page)
  const action = start?.[1]
  if (start === null || action === undefined) return undefined
  // A page can have a second form, for example a search.
  const form = page.slice(start.index, page.indexOf('</form>', start.index))
  const fields: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input\s[^>]*type="hidden"[^>]*>/g)) {
    const name = attribute(tag, 'name')
    if (name !== undefined) fields[name] = attribute(tag, 'value') ?? ''
  }
  return { action: unescapeHtml(action), fields }
}

/** Returns whether a page contains a button with this value. */
export function hasButton(page: string, value: string): boolean {
  return new RegExp(`<button\\b[^>]*\\bvalue="${value}"`).test(page)
}

/** Returns the user names that a page offers. */
export function readAccounts(page: string): string[] {
  return [...page.matchAll(/<(?:button|option)\s[^<>]*>/g)]
    .map(([tag]) => attribute(tag, 'value') ?? '')
    .filter((value) => value.includes('@'))
}

/** Returns the target of the link that a page follows automatically. */
export function readContinueUrl(page: string): URL | undefined {
  const href = /<a id="continue-link" href="([^"]*)"/.exec(page)?.[1]
  return href === undefined ? undefined : new URL(unescapeHtml(href))
}

/** Returns a page's visible text, for an error message. */
export function readMessage(page: string): string {
  const main = /<main[\s\S]*?<\/main>/.exec(page)?.[0] ?? ''
  // The closed details of a page are long, and are not visible.
  const [first = '', ...others] = main.split('<details')
  const visible = [
    first,
    ...others.map((part) => part.split('</details>').slice(1).join(' ')),
  ].join(' ')
  return unescapeHtml(visible.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : unescapeHtml(value)
}

function unescapeHtml(escaped: string): string {
  return escaped
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
