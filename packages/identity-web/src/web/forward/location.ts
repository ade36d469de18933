import type { ForwardSettings } from '../../options/resolve-forward.ts'
import { ForwardFailure } from './failure.ts'

/**
 * Returns the `Location` of a response for the browser: the same place below the forwarded path.
 *
 * @param requested - The path and query that the API got, to which a relative location refers.
 * @returns `undefined` if the place is not below the target, and the response is not a redirect.
 * @throws ForwardFailure 502 for a redirect to another place. The browser could not follow it, and this server must not.
 */
export function toBrowserLocation(
  { path, target }: ForwardSettings,
  { status, location }: { readonly status: number; readonly location: string },
  requested: string,
): string | undefined {
  const url = URL.canParse(location, target.origin + requested)
    ? new URL(location, target.origin + requested)
    : undefined
  const { basePath } = target
  const isBelow =
    url?.origin === target.origin &&
    (basePath === '' || url.pathname === basePath || url.pathname.startsWith(`${basePath}/`))
  if (url !== undefined && isBelow) {
    return path + url.pathname.slice(basePath.length) + url.search + url.hash
  }
  if (status < 300 || status > 399) return undefined
  throw new ForwardFailure(
    'upstream_redirect',
    'The API redirects to a URL that is not below target.',
    {
      hint: 'Set target in auth.forward(path, { target }) to the URL that the API redirects to, for example with https instead of http. An API that redirects to a sign-in page does not accept access tokens.',
    },
  )
}
