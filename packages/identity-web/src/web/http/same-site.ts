/**
 * Whether a request comes from a page of this site, or from nobody's: what a link or a form of another site must not
 * do is done only then.
 *
 * Browsers without fetch metadata send no more than the cookie, which `SameSite=Lax` keeps at home for posts.
 *
 * @param origin - The application's own. Where it doesn't know it, a page must be of the host that it was asked for at:
 *   a browser sets that header, and no page can.
 */
export function isFromSameSite({ headers }: Request, origin: string | undefined): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site !== 'cross-site'
  const sender = headers.get('origin') ?? headers.get('referer')
  if (sender === null) return true
  if (!URL.canParse(sender)) return false
  const url = new URL(sender)
  return origin === undefined ? url.host === headers.get('host') : url.origin === origin
}
