/** The hosts of Microsoft's clouds at which users of Entra ID sign in, and the Microsoft Graph of each. */
const CLOUDS: Readonly<Record<string, string>> = {
  'login.microsoftonline.com': 'https://graph.microsoft.com/v1.0',
  'login.microsoftonline.us': 'https://graph.microsoft.us/v1.0',
  'login.partner.microsoftonline.cn': 'https://microsoftgraph.chinacloudapi.cn/v1.0',
}

/** Returns the Microsoft Graph of an authority. A token must not be sent to another host. */
export function graphOf(authority: string | undefined): string | undefined {
  if (authority === undefined || !URL.canParse(authority)) return undefined
  const { hostname } = new URL(authority)
  return hostname.endsWith('.ciamlogin.com')
    ? CLOUDS['login.microsoftonline.com']
    : CLOUDS[hostname]
}

/** The tenants of an authority for several tenants, in its path. */
const MANY = /^\/(common|organizations|consumers)(\/|$)/i

/** Whether an authority is for the users of several tenants. An app-only token belongs to one tenant. */
export function servesManyTenants(authority: string | undefined): boolean {
  return (
    authority !== undefined && URL.canParse(authority) && MANY.test(new URL(authority).pathname)
  )
}
