import type { AppConfig, TenantConfig } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'

/** The environment variables of an app that signs in at one kind of tenant. */
export interface EnvBlock {
  readonly title: string
  readonly lines: string
}

/** Returns a block for each kind of tenant that the configuration contains. */
export function envBlocks({ origin, config }: ProviderContext): readonly EnvBlock[] {
  const [app] = config.apps
  if (app === undefined) return []
  const find = (wanted: TenantConfig['kind']): TenantConfig | undefined =>
    config.tenants.find(({ kind = 'entra' }) => kind === wanted)
  const entra = find('entra')
  const externalId = find('external-id')
  const b2c = find('b2c')
  const block = (title: string, first: Record<string, string>): EnvBlock => ({
    title,
    lines: toLines({ ...first, ...appVariables(app) }),
  })
  return [
    ...(entra === undefined
      ? []
      : [block('Microsoft Entra ID', { IDENTITY_AUTHORITY: `${origin}/${entra.id}` })]),
    ...(externalId === undefined
      ? []
      : [
          block('Microsoft Entra External ID', {
            IDENTITY_AUTHORITY: `${origin}/${domainOf(externalId)}`,
          }),
        ]),
    ...(b2c === undefined ? [] : [block('Azure AD B2C', b2cVariables(origin, b2c))]),
    ...(entra === undefined ? [] : [block('AD FS', { IDENTITY_AUTHORITY: `${origin}/adfs` })]),
    block('Plain OpenID provider', { IDENTITY_OIDC_AUTHORITY: `${origin}/oidc` }),
  ]
}

function appVariables({ clientId, clientSecret }: AppConfig): Record<string, string> {
  return {
    IDENTITY_CLIENT_ID: clientId,
    ...(clientSecret !== undefined && { IDENTITY_CLIENT_SECRET: clientSecret }),
    IDENTITY_REDIRECT_URI: 'http://localhost:3000/redirect',
    IDENTITY_SESSION_SECRET: 'a-development-secret-of-32-characters-or-more',
  }
}

function b2cVariables(origin: string, tenant: TenantConfig): Record<string, string> {
  const { signUpSignIn = '', editProfile = '', resetPassword = '' } = tenant.userFlows ?? {}
  return {
    IDENTITY_B2C_TENANT_NAME: domainOf(tenant).split('.')[0] ?? '',
    IDENTITY_B2C_CUSTOM_DOMAIN: origin,
    IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: signUpSignIn,
    IDENTITY_B2C_EDIT_PROFILE_USER_FLOW: editProfile,
    IDENTITY_B2C_RESET_PASSWORD_USER_FLOW: resetPassword,
  }
}

function toLines(variables: Record<string, string>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')
}

function domainOf({ domains, id }: TenantConfig): string {
  return domains[0] ?? id
}
