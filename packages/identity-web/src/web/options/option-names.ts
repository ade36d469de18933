import {
  B2C_NAMES,
  PROVIDER_NAMES,
  prefixed,
  unknownOptionChecks,
} from '../../settings/option-names.ts'
import type { FailedCheck, OptionInfo } from '../../settings/problems.ts'
import type { BrowserOptions } from './browser-options.ts'
import type { AuthOptions } from './options.ts'
import type { Pages } from './pages.ts'
import type { SessionCookieOptions, SessionOptions } from './session-options.ts'

// The type makes the build fail if an option has no entry here.
const OPTION_NAMES: Record<keyof AuthOptions, OptionInfo> = {
  ...PROVIDER_NAMES,
  redirectUri: {
    variable: 'IDENTITY_REDIRECT_URI',
    example: "'https://app.contoso.com/redirect'",
  },
  previews: { example: "previewRelay({ origins: ['https://*.preview.contoso.com'] })" },
  signIn: { example: 'easyAuth()' },
  basePath: { example: "'/expenses'" },
  homePath: { example: "'/expenses/'" },
  postLogoutRedirectUri: { example: "'https://app.contoso.com/goodbye'" },
  scopes: { variable: 'IDENTITY_SCOPE', example: "['User.Read']" },
  responseMode: { example: "'form_post'" },
  session: { example: '{ secret: process.env.IDENTITY_SESSION_SECRET }' },
  onLogin: { example: '(claims) => users.find(claims.oid)' },
  onLogout: { example: '(user) => audit(user)' },
  onRefresh: { example: '(user, { claims }) => users.find(claims.oid)' },
  revalidateUserSeconds: { example: '3600' },
  userInfo: { example: 'true' },
  appName: { example: "'Contoso'" },
  logo: { example: "'/logo.svg'" },
  languages: { example: '[german]' },
  texts: { example: "{ en: { signIn: 'Log in' } }" },
  pages: { example: '{ error: (page) => html(page) }' },
  routes: { example: 'false' },
  trustedOrigins: { example: "['https://admin.contoso.com']", restricts: true },
  browser: { example: '{ sessionView: (user) => ({ name: user.name }) }' },
  prompt: { example: "'select_account'" },
  loginHint: { example: "'ann@contoso.com'" },
  domainHint: { example: "'contoso.com'" },
  maxAgeSeconds: { example: '3600', restricts: true },
  claimsRequest: { example: "{ id_token: { acrs: { essential: true, value: 'c1' } } }" },
  extraParams: { example: "{ ui_locales: 'de' }" },
}

const SESSION_NAMES: Record<keyof SessionOptions, OptionInfo> = {
  secret: {
    variable: 'IDENTITY_SESSION_SECRET',
    example: 'the output of `openssl rand -base64 32`',
  },
  store: { example: 'redisStore(client)' },
  denyList: { example: 'redisStore(client)', restricts: true },
  storeTimeoutSeconds: { example: '1' },
  cookie: { example: "{ name: 'identity' }" },
  idleTimeoutSeconds: { example: '86400' },
  absoluteTimeoutSeconds: { example: '604800' },
}
const COOKIE_NAMES: Record<keyof SessionCookieOptions, OptionInfo> = {
  name: { example: "'identity'" },
  domain: { example: "'contoso.com'" },
  sameSite: { example: "'lax'" },
  partitioned: { example: 'true' },
  prefix: { example: "'__Host-Http-'" },
  transient: { example: 'true' },
}
const PAGE_NAMES: Record<keyof Pages, OptionInfo> = {
  login: { example: '(page) => html(page)' },
  error: { example: '(page) => html(page)' },
  forbidden: { example: '(page) => html(page)' },
  loggedOut: { example: '(page) => html(page)' },
}

const BROWSER_NAMES: Record<keyof BrowserOptions, OptionInfo> = {
  sessionView: { example: '(user) => ({ name: user.name })' },
  path: { example: "'/api/session'" },
}

/** All options of `Auth` by their whole names, such as `session.secret`. */
export const AUTH_OPTIONS: Readonly<Record<string, OptionInfo>> = {
  ...OPTION_NAMES,
  ...prefixed('session.', SESSION_NAMES),
  ...prefixed('session.cookie.', COOKIE_NAMES),
  ...prefixed('pages.', PAGE_NAMES),
  ...prefixed('browser.', BROWSER_NAMES),
  ...prefixed('b2c.', B2C_NAMES),
}

/** The messages about options that only the identity library for Python has. They name what replaces the option. */
const REPLACED_OPTIONS: ReadonlyMap<string, string> = new Map([
  [
    'scope',
    "Auth has no option scope. Set Auth({ scopes }) or IDENTITY_SCOPE, for example Auth({ scopes: ['User.Read'] }).",
  ],
  [
    'endpoint',
    "Auth has no option endpoint. Pass the URL of the API to context.fetch(), for example context.fetch('https://graph.microsoft.com/v1.0/me'). Or set Auth({ apis }), for example Auth({ apis: { todos: { baseUrl: 'https://todos.contoso.com', scopes: ['api://todos/Todos.Read'] } } }).",
  ],
])

/** Returns a failed check for each option that `Auth` does not know. */
export function unknownOptions<User>(given: AuthOptions<User>): FailedCheck[] {
  const { session, pages, browser, b2c, ...options } = given
  const owner = 'Auth'
  return unknownOptionChecks([
    { owner, known: OPTION_NAMES, given: options },
    { owner, known: SESSION_NAMES, given: session, prefix: 'session.' },
    { owner, known: COOKIE_NAMES, given: session?.cookie, prefix: 'session.cookie.' },
    { owner, known: PAGE_NAMES, given: pages, prefix: 'pages.' },
    { owner, known: BROWSER_NAMES, given: Object(browser) as object, prefix: 'browser.' },
    { owner, known: B2C_NAMES, given: b2c, prefix: 'b2c.' },
  ]).map(({ option, message }) => ({
    option,
    message: REPLACED_OPTIONS.get(option) ?? message,
  }))
}
