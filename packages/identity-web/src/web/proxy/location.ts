import type { ProxySettings } from '../options/resolve-proxy.ts'
import { ProxyFailure } from './failure.ts'

/**
 * Returns the `Location` of a response for the browser: the same place behind the proxy.
 *
 * @param requested - The path and query that the API got, to which a relative location refers.
 * @returns `undefined` if the place is not behind the proxy, and the response is not a redirect.
 * @throws ProxyFailure 502 for a redirect to another place. The browser could not follow it, and the proxy must not.
 */
export function toBrowserLocation(
  { path, target }: ProxySettings,
  { status, location }: { readonly status: number; readonly location: string },
  requested: string,
): string | undefined {
  const url = URL.canParse(location, target.origin + requested)
    ? new URL(location, target.origin + requested)
    : undefined
  const { basePath } = target
  const isBehind =
    url?.origin === target.origin &&
    (basePath === '' || url.pathname === basePath || url.pathname.startsWith(`${basePath}/`))
  if (url !== undefined && isBehind) {
    return path + url.pathname.slice(basePath.length) + url.search + url.hash
  }
  if (status < 300 || status > 399) return undefined
  throw new ProxyFailure(
    'upstream_redirect',
    'The API redirects to a URL that is not below the target of the proxy.',
    {
      hint: 'Set target in auth.proxy(path, { target }) to the URL that the API redirects to, for example with https instead of http. An API that redirects to a sign-in page does not accept access tokens.',
    },
  )
}
