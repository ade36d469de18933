// Resolves the paths of routes and the redirect URI.
import type { LocationOptions } from '../seams/app-location.ts'
import { toPaths } from '../seams/site.ts'
import { PREVIEWS, type ResolvedPreviews } from '../seams/previews.ts'
import { toReturnPath } from '../seams/return-to.ts'
import { ANY_ORIGIN, type AuthOptions } from './auth-options.ts'
import type { OptionReport } from './option-report.ts'
import type { Findings } from './resolve-session.ts'
import type { Environment } from '../host-traits.ts'
import { definedOnly, entryOf } from './rows.ts'
import type { Platform, PlatformSettings } from '../seams/platform.ts'

/**
 * Checks the location of the application, and returns the paths as browsers send them.
 *
 * @param options - The options in code. An empty `basePath` says that the application is at the root.
 */
export function resolveLocation(
  { basePath, homePath }: LocationOptions,
  redirectUri: URL | undefined,
  report: OptionReport,
): LocationOptions {
  const home = homePath === undefined ? undefined : toReturnPath(homePath, ANY_ORIGIN)
  const isRoute = (Object.values(toPaths(redirectUri)) as unknown[]).includes(home)
  if (homePath !== undefined && (home === undefined || isRoute)) {
    report.add(
      'homePath',
      'must be the path of a page, and not a URL of another origin or a route of the sign-in',
    )
  }
  return { basePath: basePath && toReturnPath(basePath, ANY_ORIGIN), homePath: home }
}

/**
 * Checks the options of the session endpoint.
 *
 * @returns The path of the endpoint. `undefined` if the application does not have this endpoint, or if the path is
 *   wrong.
 */
export function resolveSessionPath<User>(
  { browser, basePath, homePath }: Pick<AuthOptions<User>, 'browser' | 'basePath' | 'homePath'>,
  redirectUri: URL | undefined,
  report: OptionReport,
): string | undefined {
  if (browser === undefined) return undefined
  // Without TypeScript, an application can pass any value.
  const { sessionView, path: given } = Object(browser) as Readonly<Record<string, unknown>>
  if (typeof sessionView !== 'function') {
    report.add(
      'browser.sessionView',
      'must be a function that returns the part of the user that scripts may see',
    )
  }
  const routes = toPaths(redirectUri, basePath)
  const path = given ?? routes.login.replace(/login$/, 'session')
  const fault = pathFault(path, { routes: Object.values(routes) as string[], homePath })
  if (fault === undefined) return path as string
  report.add('browser.path', fault)
  return undefined
}

interface OtherPaths {
  readonly routes: readonly string[]
  readonly homePath: string | undefined
}

function pathFault(path: unknown, { routes, homePath }: OtherPaths): string | undefined {
  const isPath =
    typeof path === 'string' && !/[?#]/.test(path) && toReturnPath(path, ANY_ORIGIN) === path
  if (!isPath || path === '/') {
    return 'must be a path that starts with /, but not / alone. Write the path without a query, and encode it as browsers do'
  }
  if (routes.includes(path)) return `is ${path}, which is already the path of another route`
  return path === homePath ? `is ${path}, which is also the homePath` : undefined
}

/**
 * Returns the URL of the callback at this deployment. It differs from the redirect URI in a preview.
 *
 * @param ownOrigin - The origin of this deployment, if it is a preview.
 */
export function ownCallback(redirectUri: URL, ownOrigin: string | undefined): URL {
  return ownOrigin === undefined ? redirectUri : new URL(ownOrigin + redirectUri.pathname)
}

/**
 * Checks the option `previews`. Returns `undefined` if it is not set, or if its value does not come from
 * `previewRelay()`.
 */
export function resolvePreviews(
  { previews, session }: Pick<AuthOptions, 'previews' | 'session'>,
  redirectUri: URL | undefined,
  { variables, report }: Pick<Findings, 'variables' | 'report'>,
): ResolvedPreviews | undefined {
  if (previews === undefined) return undefined
  const resolved = PREVIEWS.of(previews)?.({
    variables,
    redirectUri,
    sessionSecrets: [session?.secret, variables['IDENTITY_SESSION_SECRET']].flat(),
  })
  if (resolved === undefined) report.addForeign('previews', 'previewRelay()', 'previews')
  for (const message of resolved?.problems ?? []) report.addMessage('previews', message)
  return resolved
}

const AUTHORITY_VARIABLES = [
  'IDENTITY_AUTHORITY',
  'IDENTITY_OIDC_AUTHORITY',
  'IDENTITY_B2C_TENANT_NAME',
] as const

/**
 * Returns the settings that the platform's variables contain. The application's own options and variables take
 * precedence.
 */
export function platformSettings<User>(
  platform: Platform | undefined,
  { authority, oidcAuthority, b2c, clientSecret }: AuthOptions<User>,
  variables: Environment,
): PlatformSettings {
  if (platform === undefined) return {}
  const { settings } = platform
  const fromVariables = AUTHORITY_VARIABLES.map((name) => variables[name] || undefined)
  const isOwn = [authority, oidcAuthority, b2c, ...fromVariables].some(
    (value) => value !== undefined,
  )
  return definedOnly({
    clientId: settings.clientId,
    authority: isOwn ? undefined : settings.authority,
    clientCredential: clientSecret === undefined ? settings.clientCredential : undefined,
  }) as PlatformSettings
}

/** The options for sign-ins and sessions that would not have an effect, because the platform keeps the sessions. */
const UNENFORCED = [
  ['maxAgeSeconds', 'Set loginRequired({ maxAgeSeconds }) on routes instead.'],
  ['session.denyList', 'Remove it.'],
  ['previews', 'Remove it.'],
  ['session.idleTimeoutSeconds', 'Set cookieExpiration in the authentication settings instead.'],
  [
    'session.absoluteTimeoutSeconds',
    'Set cookieExpiration in the authentication settings instead.',
  ],
] as const

/** Checks the options of an application behind a platform's sign-in. */
export function checkPlatform<User>(
  platform: Platform | undefined,
  options: AuthOptions<User>,
  report: OptionReport,
): void {
  const { signIn, redirectUri } = options
  if (platform === undefined || signIn === undefined) return
  const { name } = signIn
  for (const message of platform.problems) report.addMessage('signIn', message)
  if (redirectUri !== undefined && /\/\.auth\//.test(redirectUri)) {
    report.add('redirectUri', {
      fault: 'is a URL of the platform, and requests for it never reach this application',
      remedy: `With signIn: ${name}, remove Auth({ redirectUri }), or set it to a URL of this application, for example https://app.contoso.com/redirect.`,
    })
  }
  for (const [option, remedy] of UNENFORCED) {
    if (entryOf(options, option)[1] === undefined) continue
    const fault = `has no effect with signIn: ${name}, because the platform keeps the sessions`
    report.add(option, { fault, remedy })
  }
}
