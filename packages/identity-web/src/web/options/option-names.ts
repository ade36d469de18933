import type { B2cOptions } from '../../authority/index.ts'
import type { AuthOptions, Pages, SessionCookieOptions, SessionOptions } from './options.ts'

// Typed as a record, so that an option without an entry fails the build.
const NAMES: Record<keyof AuthOptions, true> = {
  clientId: true,
  clientCredential: true,
  clientSecret: true,
  authority: true,
  oidcAuthority: true,
  b2c: true,
  tenants: true,
  clientCapabilities: true,
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

const SESSION_NAMES: Record<keyof SessionOptions, true> = {
  secret: true,
  cookie: true,
  idle: true,
  absolute: true,
}
const COOKIE_NAMES: Record<keyof SessionCookieOptions, true> = {
  name: true,
  domain: true,
  sameSite: true,
}
const B2C_NAMES: Record<keyof B2cOptions, true> = {
  tenantName: true,
  customDomain: true,
  signUpSignInUserFlow: true,
  editProfileUserFlow: true,
  resetPasswordUserFlow: true,
}
const PAGE_NAMES: Record<keyof Pages, true> = {
  login: true,
  device: true,
  error: true,
  loggedOut: true,
}

/** A sentence for each option that `Auth` doesn't know. */
export function unknownOptions<User>(given: AuthOptions<User>): string[] {
  const { session, pages, b2c, ...options } = given
  return [
    ...unknownNames(options, NAMES, ''),
    ...unknownNames(session, SESSION_NAMES, 'session.'),
    ...unknownNames(session?.cookie, COOKIE_NAMES, 'session.cookie.'),
    ...unknownNames(pages, PAGE_NAMES, 'pages.'),
    ...unknownNames(b2c, B2C_NAMES, 'b2c.'),
  ]
}

function unknownNames(given: object | null | undefined, known: object, prefix: string): string[] {
  const names = Object.keys(known)
  return Object.keys(given ?? {})
    .filter((name) => !names.includes(name))
    .map((name) => `Auth has no option ${prefix}${name}.${nearest(name, names)}`)
}

/** A sentence that proposes the option which was meant by a misspelt one, or nothing. */
function nearest(misspelt: string, names: readonly string[]): string {
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '')
  const meant =
    names.find((name) => plain(name) === plain(misspelt)) ??
    names.find((name) => differsByOne(plain(name), plain(misspelt)))
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
