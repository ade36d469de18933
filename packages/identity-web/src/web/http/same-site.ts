/**
 * Whether a request comes from a page of this site, or from the browser itself. Requests from other sites must not sign
 * users out.
 *
 * Some browsers do not send fetch metadata. With `SameSite=Lax`, they do not send the cookie with a cross-site POST.
 *
 * @param origin - The application's own origin. If it is not known, the page must have the same host as the request. A
 *   page cannot change the `Host` header, because the browser sets it.
 */
export function isFromSameSite(
  { header }: { header(name: string): string | undefined },
  origin: string | undefined,
): boolean {
  const site = header('sec-fetch-site')
  if (site !== undefined) return site !== 'cross-site'
  const sender = header('origin') ?? header('referer')
  if (sender === undefined) return true
  if (!URL.canParse(sender)) return false
  const url = new URL(sender)
  return origin === undefined ? url.host === header('host') : url.origin === origin
}
