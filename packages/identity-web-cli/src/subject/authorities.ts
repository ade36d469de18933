import { graphOfLogin } from '../graph/graph-url.js'

const PUBLIC = 'login.microsoftonline.com'

/** Returns the URL of the Microsoft Graph of an authority. A token must not be sent to another host. */
export function graphOf(authority: string | undefined): string | undefined {
  if (authority === undefined || !URL.canParse(authority)) return undefined
  const { hostname } = new URL(authority)
  return graphOfLogin(hostname.endsWith('.ciamlogin.com') ? PUBLIC : hostname)
}

/** The kinds of providers. */
export type ProviderKind = 'entra' | 'external-id' | 'b2c' | 'adfs' | 'oidc'

/** Returns the kind of a provider. @param issuer - Behind another domain, only the issuer shows External ID. */
export function kindOf(authority: string | undefined, issuer: string): ProviderKind {
  if (authority === undefined || !URL.canParse(authority)) return 'oidc'
  const { hostname, pathname } = new URL(authority)
  if (hostname.endsWith('.ciamlogin.com') || issuer.includes('.ciamlogin.com/'))
    return 'external-id'
  if (hostname.endsWith('.b2clogin.com') || /\/b2c_1|\/tfp\//i.test(pathname)) return 'b2c'
  return /^\/adfs(\/|$)/i.test(pathname) ? 'adfs' : 'entra'
}

/** Matches the paths of Azure AD B2C, which contain a policy, and of AD FS. */
const NOT_ENTRA = /^\/adfs(\/|$)|\/b2c_1|\/tfp\//i

/**
 * Returns the scope for an app-only token of Microsoft Graph. Each authority of Entra ID and External ID issues such a
 * token. `undefined` for other providers.
 */
export function graphScopeOf(authority: string | undefined): string | undefined {
  if (authority === undefined || !URL.canParse(authority)) return undefined
  const { hostname, pathname } = new URL(authority)
  if (NOT_ENTRA.test(pathname) || hostname.endsWith('.b2clogin.com')) return undefined
  const graph = graphOf(authority) ?? graphOfLogin(PUBLIC) ?? ''
  return `${new URL(graph).origin}/.default`
}

/**
 * Returns whether the client secrets of an authority have an ID next to their value. The ID is a GUID. Secrets of AD FS
 * are not GUIDs, but other providers use GUIDs as secrets.
 */
export function hasSecretIds(authority: string | undefined): boolean {
  if (authority === undefined || !URL.canParse(authority)) return false
  return !/^\/adfs(\/|$)/i.test(new URL(authority).pathname)
}

/** Matches the path of an authority for several tenants. */
const MANY = /^\/(common|organizations|consumers)(\/|$)/i

/** Returns whether an authority is for the users of several tenants. An app-only token belongs to one tenant. */
export function servesManyTenants(authority: string | undefined): boolean {
  return (
    authority !== undefined && URL.canParse(authority) && MANY.test(new URL(authority).pathname)
  )
}
