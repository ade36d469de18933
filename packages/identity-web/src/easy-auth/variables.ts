// Settings from the variables of App Service.
import { isLoopbackUrl } from '../authority/index.ts'
import type { ProviderOptions } from '../options/provider-options.ts'
import type { Environment } from '../host-traits.ts'
import type { EasyAuthOptions } from './options.ts'

/** Returns the app registration's settings, which App Service also needs and therefore sets. */
export function settingsOf(
  provider: string,
  variables: Environment,
): Pick<ProviderOptions, 'authority' | 'clientId' | 'clientCredential'> {
  // The variables describe Entra ID only.
  if (provider !== 'aad') return {}
  return {
    authority: toAuthority(variables['WEBSITE_AUTH_OPENID_ISSUER']),
    clientId: variables['WEBSITE_AUTH_CLIENT_ID'],
    clientCredential: clientSecret(variables),
  }
}

/** Returns the authority for an issuer: `https://sts.windows.net/<tenant>/` or `https://<host>/<tenant>/v2.0`. */
function toAuthority(issuer: string | undefined): string | undefined {
  if (issuer === undefined || !URL.canParse(issuer)) return undefined
  const url = new URL(issuer)
  if (url.hostname === 'sts.windows.net') url.hostname = 'login.microsoftonline.com'
  url.pathname = url.pathname.replace(/\/$/, '').replace(/\/v2\.0$/, '')
  return url.href
}

/** The setting that App Service uses for a managed identity's client ID, which replaces a secret. */
const MANAGED_IDENTITY = /^OVERRIDE_USE_MI_FIC/i

/** Returns the client secret. The configuration contains only the name of the secret's variable. */
function clientSecret(variables: Environment): string | undefined {
  const name =
    variables['WEBSITE_AUTH_CLIENT_SECRET_SETTING_NAME'] ||
    'MICROSOFT_PROVIDER_AUTHENTICATION_SECRET'
  return MANAGED_IDENTITY.test(name) ? undefined : variables[name]
}

/** Returns the application's URL, which does not come from a request, because clients can send any `Host` header. */
export function platformUrl({ url }: EasyAuthOptions, variables: Environment): string | undefined {
  if (url !== undefined) return URL.canParse(url) ? new URL(url).origin : undefined
  const { WEBSITE_HOSTNAME, CONTAINER_APP_NAME, CONTAINER_APP_ENV_DNS_SUFFIX } = variables
  const host =
    WEBSITE_HOSTNAME ||
    (CONTAINER_APP_NAME && CONTAINER_APP_ENV_DNS_SUFFIX
      ? `${CONTAINER_APP_NAME}.${CONTAINER_APP_ENV_DNS_SUFFIX}`
      : undefined)
  if (host === undefined) return undefined
  const local = `http://${host}`
  const found = isLoopbackUrl(local) ? local : `https://${host}`
  return URL.canParse(found) ? new URL(found).origin : undefined
}
