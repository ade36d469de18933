import type { AuthOptions } from './options.ts'

// Typed as a record, so that an option without an entry fails the build.
const NAMES: Record<keyof AuthOptions, true> = {
  clientId: true,
  clientCredential: true,
  clientSecret: true,
  authority: true,
  oidcAuthority: true,
  tenants: true,
  redirectUri: true,
  postLogoutRedirectUri: true,
  scopes: true,
  scope: true,
  endpoint: true,
  responseMode: true,
  session: true,
  onLogin: true,
  onLogout: true,
  pages: true,
  routes: true,
  logger: true,
  fetch: true,
  timeout: true,
  now: true,
  prompt: true,
  loginHint: true,
  domainHint: true,
  maxAge: true,
  claims: true,
  extraParams: true,
}

/** The options that `Auth` knows. */
export const OPTION_NAMES: readonly string[] = Object.keys(NAMES)

/** A sentence that proposes the option which was meant by a misspelt one, or nothing. */
export function nearest(misspelt: string): string {
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '')
  const meant =
    OPTION_NAMES.find((name) => plain(name) === plain(misspelt)) ??
    OPTION_NAMES.find((name) => differsByOne(plain(name), plain(misspelt)))
  return meant === undefined ? '' : ` Did you mean ${meant}?`
}

/** Whether one letter more, less or other makes one word of the other. */
function differsByOne(a: string, b: string): boolean {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  return [
    [1, 0],
    [0, 1],
    [1, 1],
  ].some(([skipA = 0, skipB = 0]) => a.slice(start + skipA) === b.slice(start + skipB))
}
