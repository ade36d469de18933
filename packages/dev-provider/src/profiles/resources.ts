import type { AppConfig, DevProviderConfig, ScopeConfig } from '../config/config.js'
import { GRAPH_CLIENT_ID, GRAPH_URI, graphPermissions } from './graph-permissions.js'

/** An API that receives access tokens. Each token is for one resource. */
export interface Resource {
  /**
   * The prefix of its scopes. Empty when scopes have no prefix, as at the plain OpenID provider.
   */
  readonly uri: string
  /** The `aud` claim of its tokens. */
  readonly audience: string
  readonly name: string
  readonly isGraph: boolean
  readonly app?: AppConfig
  /**
   * Returns the scope with this name, ignoring case, or `undefined` when the API does not offer it.
   */
  readonly find: (name: string) => ScopeConfig | undefined
}

/**
 * Returns Microsoft Graph, which every tenant contains. The configuration can add permissions for
 * its own responses.
 */
export function graphResource(config: DevProviderConfig): Resource {
  return {
    uri: GRAPH_URI,
    audience: GRAPH_URI,
    name: 'Microsoft Graph',
    isGraph: true,
    find: (name) => findScope(graphPermissions, name) ?? findScope(configuredScopes(config), name),
  }
}

/** Returns the resource with this URI or client ID. */
export function findResource(config: DevProviderConfig, name: string): Resource | undefined {
  // For an App ID URI that ends in a slash, clients send `uri//.default` (scopes-oidc).
  const normalized = withoutSlashes(name.toLowerCase())
  if (normalized === GRAPH_URI || normalized === GRAPH_CLIENT_ID) return graphResource(config)
  const app = config.apps.find(
    ({ idUri, clientId }) =>
      idUri !== undefined &&
      (withoutSlashes(idUri.toLowerCase()) === normalized || clientId.toLowerCase() === normalized),
  )
  if (app?.idUri === undefined) return undefined
  return {
    uri: app.idUri,
    audience: app.clientId,
    name: app.name,
    isGraph: false,
    app,
    find: (scope) => findScope(app.scopes ?? [], scope),
  }
}

/** Returns the full name of a scope, which consents and responses contain. */
export function fullName(resource: Resource, scope: string): string {
  return resource.uri === '' ? scope : `${resource.uri}/${scope}`
}

function configuredScopes({ graph = {} }: DevProviderConfig): readonly ScopeConfig[] {
  const names = Object.values(graph).flatMap(({ $scopes = [] }) => $scopes)
  return names.map((value) => ({ value, description: value }))
}

function findScope(scopes: readonly ScopeConfig[], name: string): ScopeConfig | undefined {
  const normalized = name.toLowerCase()
  return scopes.find((scope) => scope.value.toLowerCase() === normalized)
}

// A run of slashes is compared once, and not again from each of its slashes. Clients choose the length of a name.
function withoutSlashes(name: string): string {
  return name.replace(/(?<!\/)\/+$/, '')
}
