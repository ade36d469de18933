import { UsageError } from '../command/usage-error.js'
import { GRAPH_APP_ID } from './applications.js'
import type { GraphClient } from './graph-client.js'

/** A permission of an API, as app registrations list it. */
export interface Permission {
  readonly value: string
  readonly id: string
  /** `Scope` for users, and `Role` for apps without a user. */
  readonly type: 'Scope' | 'Role'
  readonly resourceAppId: string
  readonly resourceName: string
  /** The object ID of the service principal of the API. */
  readonly resourceId: string
}

/** The part of a service principal that describes its permissions. */
interface Principal {
  readonly id: string
  readonly appId: string
  readonly displayName: string
  readonly oauth2PermissionScopes: readonly Named[]
  readonly appRoles: readonly (Named & { readonly allowedMemberTypes: readonly string[] })[]
}

interface Named {
  readonly id: string
  readonly value: string | null
}

const GUID = /^(?:api:\/\/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/**
 * Returns the permissions for a list of names.
 *
 * @param names - The names of permissions. The name of a permission of another API than Microsoft Graph contains the
 *   client ID of the API, for example `api://<client ID>/Todos.Read`.
 * @throws UsageError when a name does not exist.
 */
export async function findPermissions(
  graph: GraphClient,
  names: readonly string[],
  type: Permission['type'],
): Promise<readonly Permission[]> {
  const principals = new Map<string, Promise<Principal>>()
  const read = (appId: string): Promise<Principal> => {
    const known = principals.get(appId) ?? readPrincipal(graph, appId)
    principals.set(appId, known)
    return known
  }
  return Promise.all(
    names.map(async (name) => find(name, await read(parsePermission(name).appId), type)),
  )
}

/**
 * Returns the parts of the name of a permission: the client ID of its API, and its value.
 *
 * @throws UsageError when the name does not contain the client ID.
 */
export function parsePermission(name: string): { readonly appId: string; readonly value: string } {
  const slash = name.lastIndexOf('/')
  const prefix = name.slice(0, Math.max(slash, 0))
  const value = name.slice(slash + 1)
  if (slash < 0 || isGraph(prefix)) return { appId: GRAPH_APP_ID, value }
  const [, appId] = GUID.exec(prefix) ?? []
  if (appId !== undefined) return { appId: appId.toLowerCase(), value }
  throw new UsageError(
    `--permission ${name} does not contain the client ID of its API. Write api://<client ID of the API>/${value}.`,
  )
}

/** Returns the permissions of the API with this client ID. */
export async function readPrincipal(graph: GraphClient, appId: string): Promise<Principal> {
  const properties = 'id,appId,displayName,oauth2PermissionScopes,appRoles'
  return graph.get(`/servicePrincipals(appId='${appId}')?$select=${properties}`)
}

function find(name: string, api: Principal, type: Permission['type']): Permission {
  const wished = parsePermission(name).value.toLowerCase()
  const roles = api.appRoles.filter(({ allowedMemberTypes }) =>
    allowedMemberTypes.includes('Application'),
  )
  const isWished = ({ value }: Named): boolean => value?.toLowerCase() === wished
  const found = (type === 'Scope' ? api.oauth2PermissionScopes : roles).find(isWished)
  const { appId: resourceAppId, displayName: resourceName, id: resourceId } = api
  if (found?.value != null) {
    return { value: found.value, id: found.id, type, resourceAppId, resourceName, resourceId }
  }
  const noun = type === 'Scope' ? 'a scope' : 'an app permission'
  const isOther = (type === 'Scope' ? roles : api.oauth2PermissionScopes).some(isWished)
  const advice = isOther
    ? OTHER_TYPE[type]
    : resourceAppId === GRAPH_APP_ID
      ? 'Look for the name of the permission in the permissions reference of Microsoft Graph. Write a permission of your API as api://<client ID of the API>/<name>.'
      : 'Look for the name of the permission in the app registration of the API.'
  throw new UsageError(`--permission ${name} is not ${noun} of ${resourceName}. ${advice}`)
}

const OTHER_TYPE = {
  Scope: 'It is an app permission, which only an app without users can have. Add --daemon.',
  Role: 'It is a scope, which only an app with users can have. Remove --daemon.',
} as const

/** Returns whether a prefix is Microsoft Graph in one of the clouds, for example `https://dod-graph.microsoft.us`. */
function isGraph(prefix: string): boolean {
  return (
    URL.canParse(prefix) && /^https:/i.test(prefix) && new URL(prefix).hostname.includes('graph.')
  )
}
