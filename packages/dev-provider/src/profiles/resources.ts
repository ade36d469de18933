import type { AppConfig, DevProviderConfig, ScopeConfig } from '../config/config.js'
import { GRAPH_CLIENT_ID, GRAPH_URI, graphPermissions } from './graph-permissions.js'

/** An API that receives access tokens. Each token is for one resource. */
export interface Resource {
  /**
   * The prefix of its scopes, which is the App ID URI that the request named. Empty when scopes have
   * no prefix, as at the plain OpenID provider.
   */
  readonly uri: string
  /** The first App ID URI, which identifies the API in consents. */
  readonly id: string
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
    id: GRAPH_URI,
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
  for (const app of config.apps) {
    const { idUri, clientId } = app
    if (idUri === undefined) continue
    const named = idUrisOf(app).find((uri) => withoutSlashes(uri.toLowerCase()) === normalized)
    if (named !== undefined || clientId.toLowerCase() === normalized) {
      return apiResource(app, idUri, named ?? idUri)
    }
  }
  return undefined
}

/** Returns all App ID URIs of an app. */
export function idUrisOf({ idUri, otherIdUris = [] }: AppConfig): readonly string[] {
  return idUri === undefined ? [] : [idUri, ...otherIdUris]
}

function apiResource(app: AppConfig, id: string, uri: string): Resource {
  return {
    uri,
    id,
    audience: app.clientId,
    name: app.name,
    isGraph: false,
    app,
    find: (scope) => findScope(app.scopes ?? [], scope),
  }
}

/** Returns the full name of a scope with the prefix of the request, as responses contain it. */
export function fullName(resource: Resource, scope: string): string {
  return resource.uri === '' ? scope : `${resource.uri}/${scope}`
}

/** Returns the full name of a scope that consents contain. All App ID URIs of an API share it. */
export function consentName(resource: Resource, scope: string): string {
  return resource.id === '' ? scope : `${resource.id}/${scope}`
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
