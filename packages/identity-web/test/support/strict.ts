import type { SignInResult } from 'identity-web-dev'
import type { Browser, BrowserResponse } from './browser.ts'

/** Whether a response is the page that continues with `SameSite=Strict` cookies. */
export function isContinuePage({ status, text }: BrowserResponse): boolean {
  return status === 200 && text.includes('>One moment, please</h1>')
}

/** Does what the page does: sends the authorization response again, from the own origin. */
export function continued(
  browser: Browser,
  { url }: SignInResult,
  { text }: BrowserResponse,
): Promise<BrowserResponse> {
  const fields = fieldsOf(text)
  if (fields === undefined) return browser.navigate(url.href)
  return browser.navigate(url.href, {
    method: 'POST',
    headers: { origin: url.origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: fields.toString(),
  })
}

/** Returns the fields of the form on the page. `undefined` if the page only opens a URL. */
function fieldsOf(html: string): URLSearchParams | undefined {
  if (!html.includes('<form method="post">')) return undefined
  const inputs = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
  return new URLSearchParams(inputs.map(([, name = '', value = '']) => [plain(name), plain(value)]))
}

const plain = (html: string): string =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
