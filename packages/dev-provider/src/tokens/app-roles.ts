import type { AppConfig, DevProviderConfig } from '../config/config.js'
import { findResource, fullName, type Resource } from '../profiles/resources.js'

/** App permissions granted to the app at the resource, bare. A token without any is still issued, as on Entra. */
export function rolesAt(
  config: DevProviderConfig,
  resource: Resource,
  app: AppConfig,
): readonly string[] {
  // The plain provider knows an API by its audience, which has no prefix.
  const api = resource.uri === '' ? findResource(config, resource.audience) : resource
  if (api === undefined) return []
  const prefix = fullName(api, '').toLowerCase()
  return (app.appPermissions ?? [])
    .filter((permission) => permission.toLowerCase().startsWith(prefix))
    .map((permission) => permission.slice(prefix.length))
}
