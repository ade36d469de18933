// Parses, groups and compares scopes.
import { configurationError } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'
import type { OAuthClient } from './oauth-client.ts'

// These scopes belong to the sign-in and not to an API, so they do not decide which access token matches.
const OIDC_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access', 'address', 'phone'])

// Scopes without a prefix belong to Microsoft Graph, but responses can contain the prefix.
const GRAPH_RESOURCE =
  /^https:\/\/((dod-)?graph\.microsoft\.(com|us)|microsoftgraph\.chinacloudapi\.cn)$/

export interface ResourceScopes {
  /** The scopes' common prefix, or `''` for the provider's default API, which is Microsoft Graph at Entra ID. */
  readonly resource: string
  /** The scopes' names without the prefix. */
  readonly names: readonly string[]
  /** The scopes as they are requested. */
  readonly scopes: readonly string[]
}

/** Parses an array of scopes or a space-separated string, and removes duplicates. */
export function parseScopes(value: string | readonly string[] | undefined): string[] {
  const list = typeof value === 'string' ? value.split(/\s+/) : (value ?? [])
  return [...new Set(list.filter((scope) => scope !== ''))]
}

/**
 * Groups scopes by API, without the OpenID Connect scopes.
 *
 * @param prefixed - `true` if a scope's prefix is its API's name, as at Microsoft. Otherwise, all scopes belong to one
 *   API.
 */
export function groupScopes(scopes: readonly string[], prefixed: boolean): ResourceScopes[] {
  const groups = new Map<string, { names: string[]; scopes: string[] }>()
  for (const scope of scopes) {
    if (OIDC_SCOPES.has(scope.toLowerCase())) continue
    const { resource, name } = splitScope(scope, prefixed)
    let group = groups.get(resource)
    if (group === undefined) groups.set(resource, (group = { names: [], scopes: [] }))
    group.names.push(name)
    group.scopes.push(scope)
  }
  return [...groups].map(([resource, group]) => ({ resource, ...group }))
}

/**
 * Returns the scopes of the API that an access token is requested for.
 *
 * @throws IdentityError `configuration` for scopes of several APIs, because an access token is valid for one API.
 */
export function scopesOfOneResource(scopes: readonly string[], prefixed: boolean): ResourceScopes {
  const [first, second] = groupScopes(scopes, prefixed)
  if (second !== undefined) {
    throw configurationError(
      `The scopes ${scopes.join(' ')} belong to several APIs, but an access token is valid for one API. Request the scopes of each API separately.`,
    )
  }
  return first ?? { resource: '', names: [], scopes: [] }
}

/**
 * Returns the scopes for the API to call.
 *
 * @throws IdentityError `configuration` without a scope of an API, and for scopes of several APIs.
 */
export function scopesToCall(
  scopes: string | readonly string[],
  prefixed: boolean,
): ResourceScopes {
  const requested = scopesOfOneResource(parseScopes(scopes), prefixed)
  if (requested.scopes.length > 0) return requested
  throw configurationError(
    "The option scopes does not contain a scope of an API. Pass at least one scope of the API that you call, for example ['User.Read'].",
  )
}

function splitScope(scope: string, prefixed: boolean): { resource: string; name: string } {
  const slash = scope.lastIndexOf('/')
  if (!prefixed || slash === -1) return { resource: '', name: scope }
  // The resource in `https://host//.default` ends with a slash.
  const resource = scope.slice(0, slash).replace(/\/$/, '').toLowerCase()
  return { resource: GRAPH_RESOURCE.test(resource) ? '' : resource, name: scope.slice(slash + 1) }
}

/**
 * Returns the granted scopes' names.
 *
 * Entra ID can return other strings than the requested scopes, because case and prefixes can differ, and `.default` is
 * replaced by the scopes that it stands for. A response without scopes grants the requested scopes.
 *
 * @param responseScope - The `scope` in the token response.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.1 | RFC 6749, section 5.1}
 */
export function grantedNames(
  responseScope: string | undefined,
  requested: ResourceScopes,
  prefixed: boolean,
): readonly string[] {
  if (responseScope === undefined) return requested.names
  const granted = groupScopes(parseScopes(responseScope), prefixed)
    .filter(({ resource }) => resource === requested.resource || resource === '')
    .flatMap(({ names }) => names)
  if (requested.names.includes('.default')) granted.push('.default')
  return [...new Set(granted)]
}

/**
 * Returns the scopes to request for a token that replaces another one.
 *
 * `.default` stands for all scopes of an API, so it cannot be combined with them.
 */
export function scopesOf({ resource, scopes }: AccessToken): ResourceScopes {
  const names = scopes.includes('.default') ? ['.default'] : scopes
  return {
    resource,
    names,
    scopes: resource === '' ? names : names.map((name) => `${resource}/${name}`),
  }
}

/** Returns whether a list contains all required names. The comparison is not case-sensitive. */
export function includesAll(names: readonly string[], required: readonly string[]): boolean {
  return required.every((name) => {
    const lower = name.toLowerCase()
    return names.some((other) => other.toLowerCase() === lower)
  })
}

/**
 * Selects the scopes that a sign-in's token request may contain, because an access token is valid for one API.
 *
 * @returns The first API's scopes as `requested`, and these together with the OpenID Connect scopes as `scope`.
 */
export function scopesOfFirstResource(
  client: OAuthClient,
  scopes: readonly string[],
): { readonly requested: ResourceScopes; readonly scope: string } {
  const [requested = { resource: '', names: [], scopes: [] }, ...others] = groupScopes(
    scopes,
    client.traits.prefixedScopes,
  )
  const excluded = new Set(others.flatMap((group) => group.scopes))
  return { requested, scope: scopes.filter((scope) => !excluded.has(scope)).join(' ') }
}

/**
 * Returns a sign-in's scopes: the OpenID Connect scopes that the provider supports, and the application's scopes.
 */
export async function signInScopes(
  client: OAuthClient,
  scopes: readonly string[],
): Promise<string[]> {
  const { signInScopes: standard, clientIdScope, prefixedScopes } = client.traits
  const own = standard === 'listed' ? await listedScopes(client) : standard
  const needsClientId = clientIdScope && groupScopes(scopes, prefixedScopes).length === 0
  return parseScopes([...own, ...scopes, ...(needsClientId ? [client.clientId] : [])])
}

// A provider can reject a scope that it does not support. If its metadata does not list scopes, offline_access is not
// requested, because some providers reject it.
async function listedScopes({ issuing }: OAuthClient): Promise<string[]> {
  const { scopes_supported: supported } = await issuing.metadata()
  return ['openid', 'profile', 'email', 'offline_access'].filter(
    (scope) => scope === 'openid' || (supported?.includes(scope) ?? scope !== 'offline_access'),
  )
}
