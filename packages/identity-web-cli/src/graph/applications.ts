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
