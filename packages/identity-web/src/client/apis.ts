// The option `apis`, and the API that a URL belongs to.
import { isStringList } from '../text.ts'
import { isObject } from '../own.ts'
import { graphBaseUrl, isPlainUrl, type Authority } from '../authority/index.ts'
import { configurationError, type IdentityError } from '../errors.ts'
import {
  groupScopes,
  includesAll,
  parseScopes,
  scopesOfOneResource,
  type ResourceScopes,
} from './scopes.ts'

/**
 * An API that the application calls.
 *
 * @example
 * ```ts
 * const todos: ApiDefinition = { baseUrl: 'https://todos.contoso.com/v1', scopes: ['api://todos/Todos.Read'] }
 * ```
 * @public
 */
export interface ApiDefinition {
  /**
   * The URL that paths are appended to, such as `https://todos.contoso.com/v1`. The access token is sent only to this
   * URL's origin.
   *
   * @example
   * ```ts
   * const todos = { baseUrl: 'https://todos.contoso.com/v1', scopes: ['api://todos/Todos.Read'] }
   * const auth = new Auth(app, { apis: { todos } })
   * ```
   */
  readonly baseUrl: string
  /**
   * The API's scopes, as a list or a space-separated string.
   *
   * @example
   * ```ts
   * const todos = { baseUrl: 'https://todos.contoso.com/v1', scopes: 'api://todos/Todos.Read api://todos/Todos.Write' }
   * const auth = new Auth(app, { apis: { todos } })
   * ```
   */
  readonly scopes: string | readonly string[]
}

/** An application's APIs, by name. @public */
export type ApiDefinitions = Readonly<Record<string, ApiDefinition>>

export interface Apis {
  /** The APIs in the option `apis`, by name. */
  readonly byName: ReadonlyMap<string, KnownApi>
  /**
   * Returns the URL to call. An absolute URL stays unchanged, but a path is appended to the base URL of the API that
   * the scopes belong to.
   *
   * @param given - `undefined` if JavaScript code does not pass a URL.
   * @throws IdentityError `configuration` if the URL is missing, if a token with these scopes must not be sent to it,
   *   or if the base URL for a path is not known.
   */
  toUrl(given: string | URL | undefined, requested: ResourceScopes): URL
  /**
   * Returns the URL to call for an API in the option `apis`.
   *
   * @throws IdentityError `configuration` for a URL with another origin.
   */
  toUrlOf(api: KnownApi, given: string | URL): URL
}

export interface KnownApi {
  readonly requested: ResourceScopes
  readonly baseUrl: URL
}

/**
 * Returns an application's APIs, which include Microsoft Graph at Microsoft authorities.
 *
 * @param definitions - The option `apis`.
 */
export function createApis(
  definitions: ApiDefinitions | undefined,
  authority: Authority,
  prefixed: boolean,
): Apis {
  const entries = Object.entries(definitions ?? {}).map(([name, { baseUrl, scopes }]) => {
    const requested = scopesOfOneResource(parseScopes(scopes), prefixed)
    return [name, { requested, baseUrl: new URL(baseUrl) }] as const
  })
  const known: KnownApi[] = entries.map(([, api]) => api)
  const graph = prefixed ? graphBaseUrl(authority) : undefined
  // A definition with Microsoft Graph's scopes replaces its base URL, for example by the beta version's.
  if (graph !== undefined && known.every(({ requested }) => requested.resource !== '')) {
    const requested = { resource: '', names: [], scopes: [] }
    known.push({ requested, baseUrl: new URL(graph) })
  }
  return {
    byName: new Map(entries),

    toUrl(given, requested) {
      if (given === undefined) throw configurationError(MISSING_URL)
      const apis = findApis(known, requested, prefixed)
      if (apis.length > 0) return resolveUrl(apis, given, requested)
      if (isAbsolute(given)) return new URL(given)
      throw unknownApi(given, requested)
    },

    toUrlOf: (api, given) => resolveUrl([api], given, api.requested),
  }
}

const MISSING_URL = "context.fetch() needs a URL or a path, for example context.fetch('/me')."

/** Returns the APIs that the scopes may belong to, starting with those that list all scopes. */
function findApis(
  known: readonly KnownApi[],
  { resource, names }: ResourceScopes,
  prefixed: boolean,
): readonly KnownApi[] {
  const sameResource = known.filter((api) => api.requested.resource === resource)
  const listed = sameResource.filter((api) => includesAll(api.requested.names, names))
  // Elsewhere than at Microsoft, a scope does not name its API, so the scopes themselves must match.
  return prefixed ? [...new Set([...listed, ...sameResource])] : listed
}

/** Appends a path to the first API's base URL. An absolute URL must have the same origin as one of the APIs. */
function resolveUrl(
  apis: readonly KnownApi[],
  given: string | URL,
  requested: ResourceScopes,
): URL {
  const [first] = apis as readonly [KnownApi]
  if (!isAbsolute(given)) return append(first.baseUrl, given)
  const url = new URL(given)
  if (apis.some(({ baseUrl }) => baseUrl.origin === url.origin)) return url
  throw foreignUrl(url, first.baseUrl, requested)
}

function isAbsolute(given: string | URL): given is URL | string {
  return typeof given !== 'string' || /^[a-z][a-z\d+.-]*:/i.test(given)
}

/**
 * Appends a path to a base URL. The result must start with the base URL, because a path may contain a user's input,
 * such as `../`.
 */
function append(baseUrl: URL, path: string): URL {
  const base = baseUrl.href.replace(/\/$/, '')
  const separator = /^([/?#]|$)/.test(path) ? '' : '/'
  const url = new URL(base + separator + path)
  // `//host` and `/\host` look like another host, so they are a mistake or an attack.
  const isBelow = url.href.startsWith(base) && /^([/?#]|$)/.test(url.href.slice(base.length))
  if (isBelow && !/^[/\\]{2}/.test(path)) return url
  throw configurationError(
    `context.fetch() did not call the API, because the path does not stay below the base URL ${baseUrl.href} of the API. Encode each value that you insert into a path with encodeURIComponent().`,
  )
}

function unknownApi(path: string, { scopes }: ResourceScopes): IdentityError {
  return configurationError(
    `context.fetch() cannot find the API of the path ${path.split(/[?#]/, 1)[0]}, because no base URL is known for the scopes ${scopes.join(' ') || '(none)'}. Pass an absolute URL, or set the base URL, for example Auth({ apis: { todos: { baseUrl: 'https://todos.contoso.com', scopes: ['${scopes[0] ?? 'api://todos/Todos.Read'}'] } } }).`,
  )
}

function foreignUrl(url: URL, baseUrl: URL, { scopes }: ResourceScopes): IdentityError {
  return configurationError(
    `context.fetch() did not send the access token to ${url.origin}, because the scopes ${scopes.join(' ')} of the token belong to the API at ${baseUrl.origin}. Call a URL of that API, for example context.fetch('/me'). To call ${url.origin}, define it as an API with its own scopes: Auth({ apis: { other: { baseUrl: '${url.origin}', scopes: [...] } } }).`,
  )
}

/**
 * Returns a problem for each definition that is not valid.
 *
 * @param prefixed - `true` if a scope's prefix is its API's name, as at Microsoft.
 */
export function apiProblems(definitions: unknown, prefixed: boolean): string[] {
  if (definitions === undefined) return []
  if (!isObject(definitions)) return [`apis must be an object with one entry for each API`]
  return Object.entries(definitions).flatMap(([name, definition]) => {
    const { baseUrl, scopes } = (definition ?? {}) as Partial<Record<keyof ApiDefinition, unknown>>
    return [
      ...(isPlainUrl(baseUrl)
        ? []
        : [
            `apis.${name}.baseUrl must be an https:// URL without a query and a fragment (http:// only on localhost)`,
          ]),
      ...(isScopesOfOneApi(scopes, prefixed)
        ? []
        : [`apis.${name}.scopes must contain at least one scope, and scopes of one API only`]),
    ]
  })
}

function isScopesOfOneApi(value: unknown, prefixed: boolean): boolean {
  const list: unknown = typeof value === 'string' ? parseScopes(value) : value
  return isStringList(list) && groupScopes(list, prefixed).length === 1
}
