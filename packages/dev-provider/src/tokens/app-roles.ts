import type { AppConfig, DevProviderConfig } from '../config/config.js'
import { findResource, idUrisOf, type Resource } from '../profiles/resources.js'

/**
 * Returns the app permissions of an app at a resource, without prefix. Like Entra ID, the provider
 * also issues tokens without any.
 */
export function rolesAt(
  config: DevProviderConfig,
  resource: Resource,
  app: AppConfig,
): readonly string[] {
  // The resource of the plain OpenID provider only has an audience, without a prefix.
  const api = resource.uri === '' ? findResource(config, resource.audience) : resource
  if (api === undefined) return []
  const prefixes = (api.app === undefined ? [api.uri] : idUrisOf(api.app)).map((uri) =>
    `${uri}/`.toLowerCase(),
  )
  return (app.appPermissions ?? []).flatMap((permission) => {
    const prefix = prefixes.find((start) => permission.toLowerCase().startsWith(start))
    return prefix === undefined ? [] : [permission.slice(prefix.length)]
  })
}
