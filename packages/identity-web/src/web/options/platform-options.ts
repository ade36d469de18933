import type { FailedCheck } from '../../settings/problems.ts'
import type { Environment } from '../../settings/provider-options.ts'
import { definedOnly } from '../../settings/resolve-provider.ts'
import type { AuthOptions } from './options.ts'
import type { Platform } from './platform.ts'

type PlatformSettings = Platform['settings']

const AUTHORITY_VARIABLES = [
  'IDENTITY_AUTHORITY',
  'IDENTITY_OIDC_AUTHORITY',
  'IDENTITY_B2C_TENANT_NAME',
] as const

/**
 * Returns the settings that the platform's variables contain. The application's own options and variables take precedence,
 * under each of their names.
 */
export function platformSettings<User>(
  platform: Platform | undefined,
  { authority, oidcAuthority, b2c, clientSecret }: AuthOptions<User>,
  variables: Environment,
): PlatformSettings {
  if (platform === undefined) return {}
  const { settings } = platform
  const own = AUTHORITY_VARIABLES.map((name) => variables[name] || undefined)
  const isOwn = [authority, oidcAuthority, b2c, ...own].some((value) => value !== undefined)
  return definedOnly({
    clientId: settings.clientId,
    authority: isOwn ? undefined : settings.authority,
    clientCredential: clientSecret === undefined ? settings.clientCredential : undefined,
  }) as PlatformSettings
}

/** The options that restrict sessions. The platform keeps the sessions, so they would have no effect. */
const UNENFORCED = [
  ['maxAgeSeconds', 'Set loginRequired({ maxAgeSeconds }) on routes instead.'],
  ['session.denyList', 'Remove it.'],
  ['session.idleTimeoutSeconds', 'Set cookieExpiration in the authentication settings instead.'],
  [
    'session.absoluteTimeoutSeconds',
    'Set cookieExpiration in the authentication settings instead.',
  ],
] as const

/** Returns the failed checks of the options for an application behind a platform's sign-in. */
export function platformProblems<User>(
  platform: Platform | undefined,
  options: AuthOptions<User>,
): FailedCheck[] {
  const { signIn, redirectUri } = options
  if (platform === undefined || signIn === undefined) return []
  const { name } = signIn
  const given: Readonly<Record<string, unknown>> = {
    maxAgeSeconds: options.maxAgeSeconds,
    'session.denyList': options.session?.denyList,
    'session.idleTimeoutSeconds': options.session?.idleTimeoutSeconds,
    'session.absoluteTimeoutSeconds': options.session?.absoluteTimeoutSeconds,
  }
  return [
    ...platform.problems.map((message) => ({ option: 'signIn', message })),
    ...(redirectUri !== undefined && /\/\.auth\//.test(redirectUri)
      ? [
          {
            option: 'redirectUri',
            message: `redirectUri is a URL of the platform, which never reaches this application. With signIn: ${name}, remove Auth({ redirectUri }), or set it to a URL of this application, for example https://app.contoso.com/redirect.`,
          },
        ]
      : []),
    ...UNENFORCED.filter(([option]) => given[option] !== undefined).map(([option, remedy]) => ({
      option,
      message: `${option} has no effect with signIn: ${name}, because the platform keeps the sessions. ${remedy}`,
    })),
  ]
}
