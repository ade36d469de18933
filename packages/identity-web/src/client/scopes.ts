import { IdentityError } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'

// These belong to the sign-in and not to an API: they never decide which access token fits.
const OIDC_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access', 'address', 'phone'])

// Scopes without a prefix are Microsoft Graph's; answers may write the prefix out.
const GRAPH = /^https:\/\/((dod-)?graph\.microsoft\.(com|us)|microsoftgraph\.chinacloudapi\.cn)$/

/** Scopes of one API. */
export interface ResourceScopes {
  /** The scopes' common prefix, `''` for the provider's default API (Microsoft Graph at Entra ID). */
  readonly resource: string
  /** Without the prefix. */
  readonly names: readonly string[]
  /** As they are asked for. */
  readonly scopes: readonly string[]
}

/** Reads scopes given as an array or separated by spaces; each once. */
export function parseScopes(value: string | readonly string[] | undefined): string[] {
  const list = typeof value === 'string' ? value.split(/\s+/) : (value ?? [])
  return [...new Set(list.filter((scope) => scope !== ''))]
}

/**
 * Sorts scopes by the API that they belong to; scopes of OpenID Connect belong to none.
 *
 * @param prefixed - Whether a scope's prefix names its API, as at Microsoft. Other providers' scopes all
 *   belong to one.
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
 * The one API that an access token is wanted for.
 *
 * @throws IdentityError `configuration` for scopes of several APIs: an access token is for one.
 */
export function scopesOfOneResource(scopes: readonly string[], prefixed: boolean): ResourceScopes {
  const [first, second] = groupScopes(scopes, prefixed)
  if (second !== undefined) {
    throw new IdentityError(
      'configuration',
      `An access token is for one API, but the scopes ${scopes.join(' ')} belong to several. Ask for the scopes of each API apart.`,
    )
  }
  return first ?? { resource: '', names: [], scopes: [] }
}

/**
 * The scopes of the API that is to be called.
 *
 * @throws IdentityError `configuration` for none, and for scopes of several APIs.
 */
export function scopesToCall(
  scopes: string | readonly string[],
  prefixed: boolean,
): ResourceScopes {
  const wanted = scopesOfOneResource(parseScopes(scopes), prefixed)
  if (wanted.scopes.length > 0) return wanted
  throw new IdentityError(
    'configuration',
    "No scope of the API to call was given. Say what the token is for, for example ['User.Read'].",
  )
}

function splitScope(scope: string, prefixed: boolean): { resource: string; name: string } {
  const slash = scope.lastIndexOf('/')
  if (!prefixed || slash === -1) return { resource: '', name: scope }
  // `https://host//.default`: the API's own name ends in a slash.
  const resource = scope.slice(0, slash).replace(/\/$/, '').toLowerCase()
  return { resource: GRAPH.test(resource) ? '' : resource, name: scope.slice(slash + 1) }
}

/**
 * The scopes that were granted, by an answer to a request.
 *
 * Entra ID answers in other words than it was asked: case differs, prefixes come and go, `.default` is
 * replaced by what it stands for. An answer without scopes grants what was asked.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.1 | RFC 6749, section 5.1}
 */
export function grantedNames(
  answer: string | undefined,
  asked: ResourceScopes,
  prefixed: boolean,
): readonly string[] {
  if (answer === undefined) return asked.names
  const granted = groupScopes(parseScopes(answer), prefixed)
    .filter(({ resource }) => resource === asked.resource || resource === '')
    .flatMap(({ names }) => names)
  if (asked.names.includes('.default')) granted.push('.default')
  return [...new Set(granted)]
}

/** What to ask for to get a token's like. `.default` stands for all of an API's scopes, and is never asked for beside them. */
export function scopesOf({ resource, scopes }: AccessToken): ResourceScopes {
  const names = scopes.includes('.default') ? ['.default'] : scopes
  return {
    resource,
    names,
    scopes: resource === '' ? names : names.map((name) => `${resource}/${name}`),
  }
}

/** Whether each name is among others, whatever its case. */
export function includesAll(names: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((name) => {
    const lower = name.toLowerCase()
    return names.some((other) => other.toLowerCase() === lower)
  })
}
