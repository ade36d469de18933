import type { DevProviderConfig } from '../config/config.js'
import { OAuthError } from '../protocol/oauth-error.js'
import { findResource, graphResource, type Resource } from './resources.js'
import { describeApis, describeScopes } from './scope-remedies.js'

/** The part of a `scope` parameter that belongs to one resource. */
export interface ScopeTarget {
  readonly resource: Resource
  /** The names of the scopes in the spelling of the API. Empty for `.default`. */
  readonly names: readonly string[]
  /** `true` if the request contains `.default`, which means all permissions in the registration. */
  readonly isDefault: boolean
}

/** A parsed `scope` parameter. */
export interface ScopeRequest {
  /** The OpenID scopes, in lower case. */
  readonly identity: readonly string[]
  /** One entry per resource, in the order of the request. */
  readonly targets: readonly ScopeTarget[]
}

const IDENTITY_SCOPES: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'offline_access',
])

/** Returns whether a scope belongs to OpenID Connect and not to an API. */
export function isIdentityScope(scope: string): boolean {
  return IDENTITY_SCOPES.has(scope.toLowerCase())
}

/**
 * Parses a `scope` parameter as Entra ID does.
 *
 * A scope without a prefix belongs to Graph. The result uses the spelling of the API, not of the
 * client.
 */
export function parseEntraScopes(
  scopeParam: string,
  config: DevProviderConfig,
  appName: string,
): ScopeRequest {
  const request = collectScopes(scopeParam, isIdentityScope, (scope) => {
    const { resource, name } = splitScope(scope, config)
    const isDefault = name === '.default'
    return { resource, name: isDefault ? name : knownName(resource, name, { config, appName }) }
  })
  if (request.targets.some(({ names, isDefault }) => isDefault && names.length > 0)) {
    throw invalidScope(scopeParam, '.default cannot be combined', ONE_KIND)
  }
  return request
}

/** The name of a scope, and the API that offers the scope. */
export interface ApiScope {
  readonly resource: Resource
  readonly name: string
}

/** Groups the scopes of a `scope` parameter by their APIs. */
export function collectScopes(
  scopeParam: string,
  isIdentity: (scope: string) => boolean,
  parse: (scope: string) => ApiScope,
): ScopeRequest {
  const identity = new Set<string>()
  const targets = new Map<string, { resource: Resource; names: Set<string>; isDefault: boolean }>()
  for (const scope of scopeParam.split(' ').filter(Boolean)) {
    if (isIdentity(scope)) {
      identity.add(scope.toLowerCase())
      continue
    }
    const { resource, name } = parse(scope)
    const target = targets.get(resource.id) ?? { resource, names: new Set(), isDefault: false }
    targets.set(resource.id, target)
    if (name === '.default') target.isDefault = true
    else target.names.add(name)
  }
  return {
    identity: [...identity],
    targets: [...targets.values()].map((target) => ({ ...target, names: [...target.names] })),
  }
}

const ONE_KIND =
  'Request either .default or the scopes of the API by name. Do not mix them in one request.'

/** The remedy that explains how to get tokens for several APIs. */
export const ONE_API =
  'Request the scopes of one API in each token request. For another API, send a second token request.'

/** Creates the error AADSTS70011, for a `scope` parameter that is not valid as a whole. */
export function invalidScope(scopeParam: string, why: string, remedy: string): OAuthError {
  return new OAuthError(
    'invalid_scope',
    70011,
    `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid: ${why}. The scope ${scopeParam} is not valid.`,
    { remedy },
  )
}

function splitScope(scope: string, config: DevProviderConfig): ApiScope {
  const slash = scope.lastIndexOf('/')
  if (slash < 0) return { resource: graphResource(config), name: scope }
  const resource = findResource(config, scope.slice(0, slash))
  if (resource !== undefined) return { resource, name: scope.slice(slash + 1) }
  throw new OAuthError(
    'invalid_resource',
    500011,
    `The resource principal named ${scope.slice(0, slash)} was not found in the tenant. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
    { remedy: `Use the idUri of an API as the prefix of the scope. ${describeApis(config)}` },
  )
}

function knownName(
  resource: Resource,
  name: string,
  { config, appName }: { readonly config: DevProviderConfig; readonly appName: string },
): string {
  const scope = resource.find(name)
  if (scope !== undefined) return scope.value
  throw new OAuthError(
    'invalid_client',
    650053,
    `The application '${appName}' asked for scope '${name}' that doesn't exist on the resource '${resource.audience}'. Contact the app vendor.`,
    { remedy: describeScopes(config, resource, graphResource(config).find(name)?.value) },
  )
}
