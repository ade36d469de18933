import type { AppConfig, DevProviderConfig } from '../config/config.js'
import type { IssuerProfile } from './issuer-profile.js'
import { findMicrosoftClient } from './microsoft-clients.js'
import { homePageOf } from './home-page.js'
import { missingParameter, OAuthError } from '../protocol/oauth-error.js'

/**
 * Returns the app of a request.
 *
 * @throws OAuthError AADSTS700016 when the tenant does not contain the app.
 */
export function findApp(
  config: DevProviderConfig,
  profile: IssuerProfile,
  clientId: string | undefined,
): AppConfig {
  if (clientId === undefined) throw missingParameter('client_id')
  const app =
    config.apps.find((entry) => entry.clientId.toLowerCase() === clientId.toLowerCase()) ??
    (profile.hasMicrosoftClients ? findMicrosoftClient(clientId) : undefined)
  const tenant = profile.appTenantId
  const isInTenant =
    app?.tenants === undefined ||
    tenant === undefined ||
    app.tenants.some((id) => id.toLowerCase() === tenant)
  if (app !== undefined && isInTenant) return app
  if (profile.kind === 'entra' && /^[0-]+$/.test(clientId)) {
    throw new OAuthError(
      'unauthorized_client',
      700038,
      `${clientId} is not a valid application identifier.`,
      { remedy: unknownApp(config, profile) },
    )
  }
  throw new OAuthError(
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${profile.title}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    { remedy: app === undefined ? unknownApp(config, profile) : otherTenant(app) },
  )
}

function unknownApp({ apps: [first] }: DevProviderConfig, profile: IssuerProfile): string {
  const example = first === undefined ? '' : `, for example ${first.clientId} of "${first.name}"`
  return `Set the client ID of your app to the client ID of an app at ${homePageOf(profile)}${example}.`
}

function otherTenant({ name, tenants = [] }: AppConfig): string {
  return `"${name}" belongs to another tenant. Use the authority of ${tenants.join(' or ')}, or change tenants of the app in the configuration.`
}
