import { B2C_NAMES, PROVIDER_NAMES, unknownNames } from '../../settings/option-names.ts'
import type { AuthOptions, Pages, SessionCookieOptions, SessionOptions } from './options.ts'

// The type makes the build fail if an option has no entry here.
const OPTION_NAMES: Record<keyof AuthOptions, true> = {
  ...PROVIDER_NAMES,
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
  trustedOrigins: true,
  csrfHeader: true,
  prompt: true,
  loginHint: true,
  domainHint: true,
  maxAgeSeconds: true,
  claimsRequest: true,
  extraParams: true,
}

const SESSION_NAMES: Record<keyof SessionOptions, true> = {
  secret: true,
  store: true,
  denyList: true,
  storeTimeoutSeconds: true,
  cookie: true,
  idleTimeoutSeconds: true,
  absoluteTimeoutSeconds: true,
}
const COOKIE_NAMES: Record<keyof SessionCookieOptions, true> = {
  name: true,
  domain: true,
  sameSite: true,
}
const PAGE_NAMES: Record<keyof Pages, true> = {
  login: true,
  device: true,
  error: true,
  loggedOut: true,
}

/** Returns a sentence for each option that `Auth` does not know. */
export function unknownOptions<User>(given: AuthOptions<User>): string[] {
  const { session, pages, b2c, ...options } = given
  return [
    ...unknownNames(OPTION_NAMES, { owner: 'Auth', given: options }),
    ...unknownNames(SESSION_NAMES, { owner: 'Auth', given: session, prefix: 'session.' }),
    ...unknownNames(COOKIE_NAMES, {
      owner: 'Auth',
      given: session?.cookie,
      prefix: 'session.cookie.',
    }),
    ...unknownNames(PAGE_NAMES, { owner: 'Auth', given: pages, prefix: 'pages.' }),
    ...unknownNames(B2C_NAMES, { owner: 'Auth', given: b2c, prefix: 'b2c.' }),
  ]
}
