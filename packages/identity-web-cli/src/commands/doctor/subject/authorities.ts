import { graphOfLogin } from '../../../graph/graph-url.js'

const PUBLIC = 'login.microsoftonline.com'

/** Returns the Microsoft Graph of an authority. A token must not be sent to another host. */
export function graphOf(authority: string | undefined): string | undefined {
  if (authority === undefined || !URL.canParse(authority)) return undefined
  const { hostname } = new URL(authority)
  return graphOfLogin(hostname.endsWith('.ciamlogin.com') ? PUBLIC : hostname)
}

/** Azure AD B2C has a policy in its path, and AD FS its own path. */
const NOT_ENTRA = /^\/adfs(\/|$)|\/b2c_1|\/tfp\//i

/**
 * Returns the scope for an app-only token of Microsoft Graph. Each authority of Entra ID and External ID issues one. `undefined`
 * for other providers.
 */
export function graphScopeOf(authority: string | undefined): string | undefined {
  if (authority === undefined || !URL.canParse(authority)) return undefined
  const { hostname, pathname } = new URL(authority)
  if (NOT_ENTRA.test(pathname) || hostname.endsWith('.b2clogin.com')) return undefined
  const graph = graphOf(authority) ?? graphOfLogin(PUBLIC) ?? ''
  return `${new URL(graph).origin}/.default`
}

/**
 * Whether each client secret of an authority has an ID, which is a GUID, next to its value. Secrets of AD FS are not GUIDs, but other
 * providers use GUIDs as secrets.
 */
export function hasSecretIds(authority: string | undefined): boolean {
  if (authority === undefined || !URL.canParse(authority)) return false
  return !/^\/adfs(\/|$)/i.test(new URL(authority).pathname)
}

/** The tenants of an authority for several tenants, in its path. */
const MANY = /^\/(common|organizations|consumers)(\/|$)/i

/** Whether an authority is for the users of several tenants. An app-only token belongs to one tenant. */
export function servesManyTenants(authority: string | undefined): boolean {
  return (
    authority !== undefined && URL.canParse(authority) && MANY.test(new URL(authority).pathname)
  )
}
