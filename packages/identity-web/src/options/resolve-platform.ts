import type { OptionReport } from './option-report.ts'
import type { Environment } from '../host-traits.ts'
import { definedOnly, entryOf } from './rows.ts'
import type { AuthOptions } from './auth-options.ts'
import type { Platform, PlatformSettings } from '../flows/platform.ts'

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
      fault: 'is a URL of the platform, which never reaches this application',
      remedy: `With signIn: ${name}, remove Auth({ redirectUri }), or set it to a URL of this application, for example https://app.contoso.com/redirect.`,
    })
  }
  for (const [option, remedy] of UNENFORCED) {
    if (entryOf(options, option)[1] === undefined) continue
    const fault = `has no effect with signIn: ${name}, because the platform keeps the sessions`
    report.add(option, { fault, remedy })
  }
}
