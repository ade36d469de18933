import type { AppConfig, DevProviderConfig, ScopeConfig } from '../config/config.js'
import { GRAPH_CLIENT_ID, GRAPH_URI, graphPermissions } from './graph-permissions.js'

/** An API that access tokens are for. One token is for one resource. */
export interface Resource {
  /** The prefix of its scopes; empty when scopes stand for themselves (plain OIDC). */
  readonly uri: string
  /** `aud` of its tokens. */
  readonly audience: string
  readonly name: string
  readonly isGraph: boolean
  readonly app?: AppConfig
  /** Finds a scope by its bare name, in any case; `undefined` when the API has no such scope. */
  readonly find: (name: string) => ScopeConfig | undefined
}

/** Microsoft Graph, which every tenant has. */
export const graphResource: Resource = {
  uri: GRAPH_URI,
  audience: GRAPH_URI,
  name: 'Microsoft Graph',
  isGraph: true,
  find: (name) => findScope(graphPermissions, name),
}

/** Finds the resource with this URI or client id. */
export function findResource(config: DevProviderConfig, name: string): Resource | undefined {
  // An App ID URI that ends in a slash is asked for as `uri//.default` (scopes-oidc).
  const wanted = name.toLowerCase().replace(/\/+$/, '')
  if (wanted === GRAPH_URI || wanted === GRAPH_CLIENT_ID) return graphResource
  const app = config.apps.find(
    ({ idUri, clientId }) =>
      idUri !== undefined &&
      (idUri.toLowerCase().replace(/\/+$/, '') === wanted || clientId.toLowerCase() === wanted),
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

/** The full name of a scope, as consents and responses hold it. */
export function fullName(resource: Resource, scope: string): string {
  return resource.uri === '' ? scope : `${resource.uri}/${scope}`
}

function findScope(scopes: readonly ScopeConfig[], name: string): ScopeConfig | undefined {
  const wanted = name.toLowerCase()
  return scopes.find((scope) => scope.value.toLowerCase() === wanted)
}
