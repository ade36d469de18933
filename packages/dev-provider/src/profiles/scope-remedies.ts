import type { DevProviderConfig } from '../config/config.js'
import type { Resource } from './resources.js'

// A configuration can contain many APIs and scopes. A log line stays readable with a few.
const MAX_NAMES = 5

/** Returns the names of the APIs of a configuration, for the remedy of an unknown API. */
export function describeApis({ apps }: DevProviderConfig): string {
  const uris = apps.flatMap(({ idUri }) => idUri ?? [])
  return uris.length === 0
    ? 'The configuration does not contain an API. Add an app with an idUri and scopes.'
    : `The APIs of the configuration are ${list(uris)}.`
}

/**
 * Returns the remedy for an unknown scope of an API.
 *
 * @param graphScope - The scope of Microsoft Graph that has the same name.
 */
export function describeScopes(
  config: DevProviderConfig,
  { app }: Resource,
  graphScope: string | undefined,
): string {
  if (app !== undefined && graphScope !== undefined) {
    return `"${app.name}" does not have this scope. To request the scope of Microsoft Graph, use https://graph.microsoft.com/${graphScope}.`
  }
  if (app !== undefined) {
    const names = (app.scopes ?? []).map(({ value }) => value)
    const known = names.length === 0 ? '' : `The scopes of "${app.name}" are ${list(names)}. `
    return `${known}Add the scope to scopes of "${app.name}" in the configuration, or request another scope.`
  }
  const api = config.apps.find(({ idUri }) => idUri !== undefined)?.idUri
  const example = api === undefined ? '' : `, for example ${api}/`
  return `A scope without a prefix belongs to Microsoft Graph, which does not have this scope. For a scope of your API, add the idUri of the API as a prefix${example}.`
}

function list(names: readonly string[]): string {
  const others = names.length > MAX_NAMES ? ', …' : ''
  return names.slice(0, MAX_NAMES).join(', ') + others
}
