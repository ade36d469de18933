import { param } from '../protocol/http.js'
import { OAuthError } from '../protocol/oauth-error.js'
import { GRAPH_URI } from './graph-permissions.js'
import { idUrisOf, type Resource } from './resources.js'
import type { ScopeTarget } from './scope-request.js'

/**
 * Compares the parameter `resource` with the App ID URIs of the API that the scopes name
 * (secure-mcp-server-with-entra-id).
 *
 * Entra ID compares the characters, and does not normalize the URL. A slash at the end or another
 * spelling of the host is a difference.
 *
 * @throws OAuthError AADSTS9010010 when a scope belongs to another API.
 */
export function checkEntraResource(params: URLSearchParams, targets: readonly ScopeTarget[]): void {
  const resource = param(params, 'resource')
  if (resource === undefined) return
  const other = targets.find((target) => !uriListOf(target.resource).includes(resource))
  if (other === undefined) return
  throw new OAuthError(
    'invalid_target',
    9010010,
    "The resource parameter provided in the request doesn't match with the requested scopes.",
    { remedy: remedyFor(resource, other.resource) },
  )
}

function uriListOf({ app, isGraph }: Resource): readonly string[] {
  if (isGraph) return [GRAPH_URI]
  return app === undefined ? [] : idUrisOf(app)
}

function remedyFor(resource: string, other: Resource): string {
  if (other.isGraph) {
    return `The scopes belong to Microsoft Graph, because they do not start with the URI of an API. Start each scope with ${resource}/.`
  }
  return `Add ${resource} to otherIdUris of "${other.name}" in the configuration, in this spelling. Its App ID URIs are ${uriListOf(other).join(', ')}.`
}
