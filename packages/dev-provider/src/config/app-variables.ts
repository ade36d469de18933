import type { AppConfig, DevProviderConfig, TenantConfig, TenantKind } from './config.js'

/** The kinds of issuer at which an app can sign in. */
export const ISSUER_KINDS = ['entra', 'external-id', 'b2c', 'adfs', 'oidc'] as const

/** A kind of issuer. */
export type IssuerKind = (typeof ISSUER_KINDS)[number]

/** Environment variables by their names. */
export type Variables = Readonly<Record<string, string>>

/** The provider that an app uses. */
interface Provider {
  readonly origin: string
  readonly config: DevProviderConfig
}

/** Returns the variables that name the issuer, or `undefined` when the configuration has no tenant of the kind. */
export function issuerVariables(
  { origin, config }: Provider,
  kind: IssuerKind,
): Variables | undefined {
  if (kind === 'oidc') return { IDENTITY_OIDC_AUTHORITY: `${origin}/oidc` }
  // AD FS has the users of the first tenant of Entra ID.
  const wanted: TenantKind = kind === 'adfs' ? 'entra' : kind
  const tenant = config.tenants.find((each) => (each.kind ?? 'entra') === wanted)
  if (tenant === undefined) return undefined
  if (kind === 'b2c') return b2cVariables(origin, tenant)
  const path = { entra: tenant.id, 'external-id': domainOf(tenant), adfs: 'adfs' }[kind]
  return { IDENTITY_AUTHORITY: `${origin}/${path}` }
}

/** Returns an app's variables that are the same for each issuer. */
export function appVariables(
  { clientId, clientSecret }: AppConfig,
  redirectUri: string,
  sessionSecret: string,
): Variables {
  return {
    IDENTITY_CLIENT_ID: clientId,
    ...(clientSecret !== undefined && { IDENTITY_CLIENT_SECRET: clientSecret }),
    IDENTITY_REDIRECT_URI: redirectUri,
    IDENTITY_SESSION_SECRET: sessionSecret,
  }
}

/** Returns the lines of a file for `node --env-file`. */
export function toEnvLines(variables: Variables): string[] {
  return Object.entries(variables).map(([name, value]) => `${name}=${quoteEnv(value)}`)
}

function b2cVariables(origin: string, tenant: TenantConfig): Variables {
  const { signUpSignIn = '', editProfile = '', resetPassword = '' } = tenant.userFlows ?? {}
  return {
    IDENTITY_B2C_TENANT_NAME: domainOf(tenant).split('.')[0] ?? '',
    IDENTITY_B2C_CUSTOM_DOMAIN: origin,
    IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: signUpSignIn,
    IDENTITY_B2C_EDIT_PROFILE_USER_FLOW: editProfile,
    IDENTITY_B2C_RESET_PASSWORD_USER_FLOW: resetPassword,
  }
}

function domainOf({ domains, id }: TenantConfig): string {
  return domains[0] ?? id
}

/** Quotes a value with characters that have a meaning in the file. */
function quoteEnv(value: string): string {
  if (!/[\s#'"`\\]/.test(value)) return value
  const quote = ["'", '"', '`'].find((each) => !value.includes(each)) ?? "'"
  return `${quote}${value}${quote}`
}
