import type { DevProviderConfig } from '../config/config.js'
import { OAuthError } from '../protocol/oauth-error.js'
import { findResource, graphResource, type Resource } from './resources.js'

/** What a `scope` parameter asks of one resource. */
export interface ScopeTarget {
  readonly resource: Resource
  /** Bare names in the API's own spelling; empty for `.default`. */
  readonly names: readonly string[]
  /** `.default`: everything the registration lists. */
  readonly isDefault: boolean
}

/** A `scope` parameter, read. */
export interface ScopeRequest {
  /** The OpenID scopes, lower case. */
  readonly identity: readonly string[]
  /** One entry a resource, in the order of first mention. */
  readonly targets: readonly ScopeTarget[]
}

const IDENTITY_SCOPES: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'offline_access',
])

/** Whether a scope is OpenID's own rather than an API's. */
export function isIdentityScope(scope: string): boolean {
  return IDENTITY_SCOPES.has(scope.toLowerCase())
}

/**
 * Reads a `scope` parameter the way Entra does: a scope without a resource in front means Graph, and the server's
 * spelling wins over the client's.
 */
export function parseEntraScopes(
  text: string,
  config: DevProviderConfig,
  appName: string,
): ScopeRequest {
  const identity = new Set<string>()
  const targets = new Map<string, { resource: Resource; names: Set<string>; isDefault: boolean }>()
  for (const word of text.split(' ').filter(Boolean)) {
    if (isIdentityScope(word)) {
      identity.add(word.toLowerCase())
      continue
    }
    const { resource, name } = splitScope(word, config)
    const target = targets.get(resource.uri) ?? { resource, names: new Set(), isDefault: false }
    targets.set(resource.uri, target)
    if (name === '.default') target.isDefault = true
    else target.names.add(knownName(resource, name, appName))
  }
  for (const { names, isDefault } of targets.values()) {
    if (isDefault && names.size > 0) throw invalidScope(text, '.default cannot be combined')
  }
  return {
    identity: [...identity],
    targets: [...targets.values()].map((target) => ({ ...target, names: [...target.names] })),
  }
}

/** AADSTS70011, the answer to a scope parameter that makes no sense as a whole. */
export function invalidScope(text: string, why: string): OAuthError {
  return new OAuthError(
    'invalid_scope',
    70011,
    `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid: ${why}. The scope ${text} is not valid.`,
  )
}

function splitScope(word: string, config: DevProviderConfig): { resource: Resource; name: string } {
  const slash = word.lastIndexOf('/')
  if (slash < 0) return { resource: graphResource, name: word }
  const resource = findResource(config, word.slice(0, slash))
  if (resource !== undefined) return { resource, name: word.slice(slash + 1) }
  throw new OAuthError(
    'invalid_resource',
    500011,
    `The resource principal named ${word.slice(0, slash)} was not found in the tenant. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
  )
}

function knownName(resource: Resource, name: string, appName: string): string {
  const scope = resource.find(name)
  if (scope !== undefined) return scope.value
  throw new OAuthError(
    'invalid_client',
    650053,
    `The application '${appName}' asked for scope '${name}' that doesn't exist on the resource '${resource.audience}'. Contact the app vendor.`,
  )
}
