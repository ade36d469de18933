/** The audience of federated credentials in the public cloud. */
export const DEFAULT_AUDIENCE = 'api://AzureADTokenExchange'

// Each national cloud accepts only tokens for its own audience.
const AUDIENCES: ReadonlyMap<string, string> = new Map([
  ['login.microsoftonline.us', 'api://AzureADTokenExchangeUSGov'],
  ['login.partner.microsoftonline.cn', 'api://AzureADTokenExchangeChina'],
  ['login.sovcloud-identity.fr', 'api://AzureADTokenExchangeFrance'],
  ['login.sovcloud-identity.de', 'api://AzureADTokenExchangeGermany'],
])

/** Returns the scope of federated credentials in the cloud of a token endpoint. */
export function tokenExchangeScope(tokenEndpoint: string): string {
  const host = URL.canParse(tokenEndpoint) ? new URL(tokenEndpoint).hostname : ''
  return `${AUDIENCES.get(host) ?? DEFAULT_AUDIENCE}/.default`
}
