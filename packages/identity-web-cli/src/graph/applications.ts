import { UsageError } from '../command/usage-error.js'
import type { Application } from './application.js'
import type { GraphClient } from './graph-client.js'

/** Returns the path of an app registration. */
export function pathOf(appId: string): string {
  return `/applications(appId='${quote(appId)}')`
}

/**
 * Returns the app registration with a client ID.
 *
 * @throws GraphError when it does not exist.
 */
export async function readApplication(graph: GraphClient, appId: string): Promise<Application> {
  return graph.get(pathOf(appId))
}

/**
 * Returns the app registration with a name, or `undefined`.
 *
 * @throws UsageError when several app registrations have the name.
 */
export async function findApplication(
  graph: GraphClient,
  name: string,
): Promise<Application | undefined> {
  const filter = encodeURIComponent(equals('displayName', name))
  const found = await graph.list<Application>(`/applications?$filter=${filter}`)
  if (found.length <= 1) return found[0]
  const ids = found.map(({ appId }) => appId).join(', ')
  throw new UsageError(
    `Several app registrations have the name "${name}": ${ids}. Choose one with --app-id.`,
  )
}

/** Returns the IDs of scopes of Microsoft Graph, by name. */
export async function findGraphScopes(
  graph: GraphClient,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map()
  const { oauth2PermissionScopes: all } = await graph.get<{
    readonly oauth2PermissionScopes: readonly { readonly id: string; readonly value: string }[]
  }>(`/servicePrincipals(appId='${GRAPH_APP_ID}')?$select=oauth2PermissionScopes`)
  const pairs = names.map((name) => {
    const scope = all.find(({ value }) => value.toLowerCase() === name.toLowerCase())
    if (scope !== undefined) return [scope.value, scope.id] as const
    throw new UsageError(
      `--permission ${name} is not a scope of Microsoft Graph. Look up its name in the permissions reference of Microsoft Graph.`,
    )
  })
  return new Map(pairs)
}

/** The client ID of Microsoft Graph in every tenant. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000'

/** Returns a filter for the objects with a value. */
export function equals(property: string, value: string): string {
  return `${property} eq '${quote(value)}'`
}

/** Doubles the quotation marks of a string in a filter or in a key. */
function quote(text: string): string {
  return text.replaceAll("'", "''")
}
