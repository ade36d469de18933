import { randomBytes } from 'node:crypto'
import type { DevProvider } from '../dev-provider.js'
import { suggestName } from '../config/closest-name.js'
import { isRegisteredRedirectUri } from '../sign-in/redirect-uris.js'

/** The kinds of issuer for which the command knows the settings of an app. */
export const ENV_KINDS = ['entra', 'external-id', 'b2c', 'adfs', 'oidc'] as const

/** A kind of issuer. */
export type EnvKind = (typeof ENV_KINDS)[number]

/** The choices for the settings of an app. */
export interface EnvChoice {
  readonly kind: EnvKind
  readonly redirectUri: string
}

/** The redirect URI of the settings unless the user chooses another one. */
const REDIRECT_URI = 'http://localhost:3000/redirect'

/**
 * Returns the choices of the options `--env-for` and `--redirect-uri`.
 *
 * @throws TypeError when a value is not valid.
 */
export function parseEnvChoice(
  kind: string = 'entra',
  redirectUri: string = REDIRECT_URI,
): EnvChoice {
  const known = ENV_KINDS.find((each) => each === kind)
  if (known === undefined) {
    throw new TypeError(`--env-for is '${kind}'. ${suggestName(kind, ENV_KINDS)}`)
  }
  if (!URL.canParse(redirectUri) || /\s/.test(redirectUri)) {
    throw new TypeError(
      `--redirect-uri is '${redirectUri}'. Set it to the whole URL, for example ${REDIRECT_URI}.`,
    )
  }
  return { kind: known, redirectUri }
}

/**
 * Returns the environment variables of an app that uses the provider.
 *
 * @throws TypeError when the configuration has no tenant of the kind, or when the default app does not allow the redirect
 *   URI.
 */
export function envVariables(
  provider: DevProvider,
  { kind, redirectUri }: EnvChoice,
): Record<string, string> {
  const { app } = provider
  if (!isRegisteredRedirectUri(app, redirectUri)) {
    const allowed =
      app.redirectUris === 'loopback'
        ? 'a URL on localhost'
        : `one of these: ${app.redirectUris.join(', ')}`
    throw new TypeError(
      `The app "${app.name}" does not allow the redirect URI ${redirectUri}. Set --redirect-uri to ${allowed}, or change redirectUris of the app in the configuration file.`,
    )
  }
  return {
    ...issuerVariables(provider, kind),
    IDENTITY_CLIENT_ID: app.clientId,
    ...(app.clientSecret !== undefined && { IDENTITY_CLIENT_SECRET: app.clientSecret }),
    IDENTITY_REDIRECT_URI: redirectUri,
    IDENTITY_SESSION_SECRET: randomBytes(32).toString('base64'),
  }
}

function issuerVariables(provider: DevProvider, kind: EnvKind): Record<string, string> {
  if (kind === 'external-id') return { IDENTITY_AUTHORITY: provider.externalIdAuthority }
  if (kind === 'adfs') return { IDENTITY_AUTHORITY: provider.adfsAuthority }
  if (kind === 'oidc') return { IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority }
  if (kind === 'entra') return { IDENTITY_AUTHORITY: provider.authority() }
  const { b2c } = provider
  return {
    IDENTITY_B2C_TENANT_NAME: b2c.tenantName,
    IDENTITY_B2C_CUSTOM_DOMAIN: b2c.customDomain,
    IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: b2c.signUpSignInUserFlow,
    IDENTITY_B2C_EDIT_PROFILE_USER_FLOW: b2c.editProfileUserFlow,
    IDENTITY_B2C_RESET_PASSWORD_USER_FLOW: b2c.resetPasswordUserFlow,
  }
}

/** Returns the lines of a file for `node --env-file`. */
export function toEnvLines(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).map(([name, value]) => `${name}=${quoteEnv(value)}`)
}

/** Quotes a value with characters that have a meaning in the file. */
function quoteEnv(value: string): string {
  if (!/[\s#'"`\\]/.test(value)) return value
  const quote = ["'", '"', '`'].find((each) => !value.includes(each)) ?? "'"
  return `${quote}${value}${quote}`
}
