import type { AccessTokenRequest } from '../controls/access-token-request.js'
import type { AppConfig, DevProviderConfig, UserConfig } from '../config/config.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { findResource, fullName, type Resource } from '../profiles/resources.js'
import { isIdentityScope, type ScopeTarget } from '../profiles/scope-request.js'
import type { ProviderContext } from '../state/context.js'

/**
 * Returns the issuer of a requested token: the issuer in the request, or else the first issuer that has the user and
 * the API.
 */
export function findRequestedProfile(
  context: ProviderContext,
  request: AccessTokenRequest,
  user: UserConfig | undefined,
): IssuerProfile {
  const { authority } = request
  if (authority !== undefined) {
    const path = authority.startsWith(context.origin)
      ? authority.slice(context.origin.length)
      : authority
    const profile = context.resolveProfile(path.replace(/^\/+|(\/v2\.0)?\/*$/g, ''))
    if (profile !== undefined) return profile
    throw new TypeError(
      `The authority '${authority}' does not exist. Set authority to a tenant, to adfs, to oidc, or to an authority URL of the provider.`,
    )
  }
  const name = requestedApiName(request)
  const api = name === undefined ? undefined : findResource(context.config, name)?.app
  const profile = candidateIssuers(context).find(
    (entry) =>
      (user === undefined || entry.tenantAccountOf(user) !== undefined) &&
      (user !== undefined || entry.appTenantId !== undefined) &&
      (api === undefined || isInTenant(api, entry)),
  )
  if (profile !== undefined) return profile
  throw new TypeError(
    'The user and the API do not belong to the same tenant. Set authority to a tenant of the user.',
  )
}

/** Returns the API of a requested token. */
export function findRequestedApi(
  config: DevProviderConfig,
  profile: IssuerProfile,
  request: AccessTokenRequest,
): Resource {
  const name = requestedApiName(request) ?? defaultApi(config, profile)?.clientId
  if (name === undefined)
    throw new TypeError(
      `'${profile.title}' does not contain an API. Set the option "api", or add an app with an idUri to apps.`,
    )
  const api = findResource(config, name)
  // At the plain OpenID provider, an API only has an audience.
  const named = profile.resourceOf?.(new URLSearchParams({ audience: api?.audience ?? name }))
  const resource = named ?? api
  if (resource !== undefined) return resource
  throw new TypeError(
    `The API '${name}' does not exist. Set api to the clientId or the idUri of an app: ${listApis(config)}`,
  )
}

/** Parses the scopes of a requested token, which must belong to one API. */
export function parseRequestedScopes(
  context: ProviderContext,
  request: AccessTokenRequest,
  profile: IssuerProfile,
  app: AppConfig,
): { readonly target: ScopeTarget; readonly identity: readonly string[] } {
  const resource = findRequestedApi(context.config, profile, request)
  const name = requestedApiName(request) ?? defaultApi(context.config, profile)?.clientId ?? ''
  const known = findResource(context.config, name)
  const names = request.scopes ?? (known?.app?.scopes ?? []).map(({ value }) => value)
  const scopes = names.map((scope) =>
    scope.includes('/') || isIdentityScope(scope) ? scope : fullName(resource, scope),
  )
  const { targets, identity } = profile.parseScopes(scopes.join(' '), app)
  const [target = { resource, names: [], isDefault: false }, ...others] = targets
  if (others.length > 0)
    throw new TypeError(
      'The option scopes contains scopes of several APIs, but an access token is for one API. Pass the scopes of one API.',
    )
  return { target: { ...target, resource }, identity }
}

/**
 * Returns the issuers in the order of the tenants, followed by the issuer of personal accounts. Azure AD B2C uses its
 * policy for sign-up and sign-in.
 */
function candidateIssuers({ config, resolveProfile }: ProviderContext): IssuerProfile[] {
  const paths = config.tenants.map(({ id, userFlows }) =>
    userFlows === undefined ? id : `${id}/${userFlows.signUpSignIn}`,
  )
  return [...paths, 'consumers']
    .map((path) => resolveProfile(path))
    .filter((profile) => profile !== undefined)
}

/** Returns the API that the request names in `api` or as the prefix of a scope. */
function requestedApiName({ api, scopes = [] }: AccessTokenRequest): string | undefined {
  const prefixed = scopes.find((scope) => scope.includes('/'))
  return api ?? prefixed?.slice(0, prefixed.lastIndexOf('/'))
}

/** Returns the first API of the tenant. An API that only this tenant contains comes first. */
function defaultApi(config: DevProviderConfig, profile: IssuerProfile): AppConfig | undefined {
  const apis = config.apps.filter((app) => app.idUri !== undefined && isInTenant(app, profile))
  return apis.find(({ tenants }) => tenants !== undefined) ?? apis[0]
}

function isInTenant({ tenants }: AppConfig, { appTenantId }: IssuerProfile): boolean {
  if (tenants === undefined) return true
  return tenants.some((id) => id.toLowerCase() === appTenantId)
}

function listApis({ apps }: DevProviderConfig): string {
  return apps.flatMap(({ idUri }) => idUri ?? []).join(', ')
}
