import { toPlainString } from '../provider-text.ts'
import type { ProviderResponse } from './transport.ts'

/**
 * Returns the target of a redirect without its query. Returns `undefined` for other responses.
 *
 * Redirects are never followed, because the target would receive the credentials of the application, or could replace the
 * keys of the provider.
 */
export function redirectTarget(
  { status, headers }: ProviderResponse,
  url: string,
): string | undefined {
  const location = headers.get('location')
  if (status < 300 || status > 399 || location === null || !URL.canParse(location, url))
    return undefined
  const { origin, pathname } = new URL(location, url)
  return toPlainString(`${origin}${pathname}`, [], 200)
}
