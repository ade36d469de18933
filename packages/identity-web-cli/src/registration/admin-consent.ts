import type { GraphClient } from '../graph/graph-client.js'
import type { Permission } from '../graph/permissions.js'

interface Assignment {
  readonly resourceId: string
  readonly appRoleId: string
}

interface Grant {
  readonly id: string
  readonly consentType: string
  readonly resourceId: string
  readonly scope: string
}

/**
 * Grants permissions to an app for all users of the tenant, unless it has them.
 *
 * @param isDryRun - With `true`, it only returns the lines and does not change anything.
 * @returns One line for each new permission.
 */
export async function grantAdminConsent(
  graph: GraphClient,
  appId: string,
  permissions: readonly Permission[],
  isDryRun: boolean,
): Promise<string[]> {
  const path = `/servicePrincipals(appId='${appId}')?$select=id`
  const { id } = await graph.get<{ readonly id: string }>(path, { isNew: true })
  const roles = permissions.filter(({ type }) => type === 'Role')
  const scopes = permissions.filter(({ type }) => type === 'Scope')
  return [
    ...(await assignRoles(graph, id, roles, isDryRun)),
    ...(await grantScopes(graph, id, scopes, isDryRun)),
  ]
}

/** Returns the line for a permission that an administrator grants. */
export function describeConsent({ value, resourceName }: Permission): string {
  return `+ admin consent for ${value} of ${resourceName}`
}

async function assignRoles(
  graph: GraphClient,
  principalId: string,
  roles: readonly Permission[],
  isDryRun: boolean,
): Promise<string[]> {
  if (roles.length === 0) return []
  const path = `/servicePrincipals/${principalId}/appRoleAssignments`
  const known = await graph.list<Assignment>(path, { isNew: true })
  const missing = roles.filter(
    ({ id, resourceId }) =>
      !known.some((each) => each.appRoleId === id && each.resourceId === resourceId),
  )
  for (const { id: appRoleId, resourceId } of isDryRun ? [] : missing) {
    await graph.send('POST', path, { body: { principalId, resourceId, appRoleId }, isNew: true })
  }
  return missing.map(describeConsent)
}

async function grantScopes(
  graph: GraphClient,
  clientId: string,
  scopes: readonly Permission[],
  isDryRun: boolean,
): Promise<string[]> {
  if (scopes.length === 0) return []
  const path = `/servicePrincipals/${clientId}/oauth2PermissionGrants`
  const known = await graph.list<Grant>(path, { isNew: true })
  const lines: string[] = []
  for (const resourceId of new Set(scopes.map((each) => each.resourceId))) {
    const grant = known.find(
      (each) => each.consentType === 'AllPrincipals' && each.resourceId === resourceId,
    )
    const granted = grant?.scope.split(' ').filter((name) => name !== '') ?? []
    const missing = scopes.filter(
      (each) => each.resourceId === resourceId && !granted.includes(each.value),
    )
    if (missing.length === 0) continue
    lines.push(...missing.map(describeConsent))
    if (isDryRun) continue
    const scope = [...granted, ...missing.map(({ value }) => value)].join(' ')
    if (grant === undefined) {
      const body = { clientId, consentType: 'AllPrincipals', resourceId, scope }
      await graph.send('POST', '/oauth2PermissionGrants', { body, isNew: true })
    } else {
      await graph.send('PATCH', `/oauth2PermissionGrants/${grant.id}`, { body: { scope } })
    }
  }
  return lines
}
