import type { AppConfig, ScopeConfig } from '../../config/config.js'
import { findRecord } from '../../config/registration-records.js'
import { idUrisOf } from '../../profiles/resources.js'
import { GRAPH_CLIENT_ID, GRAPH_URI, graphPermissions } from '../../profiles/graph-permissions.js'
import { findResource } from '../../profiles/resources.js'
import { derivedGuid, servicePrincipalId } from '../../profiles/subject.js'
import type { ProviderResponse } from '../../protocol/http.js'
import { pathParam, type GraphCall } from '../call.js'
import type { Entity } from '../odata/entity.js'
import { respondWithCollection, respondWithEntity } from '../odata/respond.js'
import { graphAppPermissions } from '../permissions.js'
import { appRoleId, toAppRole, toPermissionScope } from './app-permissions.js'
import { toApplicationEntity } from './application-entity.js'
import { appsIn, requireByKey } from './applications.js'
import { appRoleAssignmentType, servicePrincipalType } from './entity-types.js'

/** An app or Microsoft Graph, which is an app of Microsoft in every tenant. */
interface Principal {
  readonly clientId: string
  readonly name: string
  readonly owner: string
  readonly names: readonly string[]
  readonly scopes: readonly ScopeConfig[]
  readonly appRoles: readonly string[]
  readonly app?: AppConfig
}

const MICROSOFT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'
const CREATED = '2024-01-15T08:00:00Z'

const GRAPH: Principal = {
  clientId: GRAPH_CLIENT_ID,
  name: 'Microsoft Graph',
  owner: MICROSOFT,
  names: [GRAPH_URI, GRAPH_CLIENT_ID],
  scopes: graphPermissions,
  appRoles: graphAppPermissions,
}

/** Handles `/servicePrincipals`. */
export function listServicePrincipals(call: GraphCall): ProviderResponse {
  return respondWithCollection(call, servicePrincipalType, entitiesOf(call))
}

/** Handles `/servicePrincipals/{id}` and `/servicePrincipals(appId='…')`. */
export function readServicePrincipal(call: GraphCall): ProviderResponse {
  return respondWithEntity(call, servicePrincipalType, requirePrincipal(call))
}

/**
 * Returns the service principal that the path names.
 *
 * @throws GraphError when it does not exist.
 */
export function requirePrincipal(call: GraphCall): Entity {
  return requireByKey(entitiesOf(call), pathParam(call, 'id'))
}

/** Handles `/servicePrincipals/{id}/appRoleAssignments`, the app permissions of an app. */
export function listAppRoleAssignments(call: GraphCall): ProviderResponse {
  return respondWithCollection(call, appRoleAssignmentType, appRoleAssignmentsOf(call))
}

/** Returns the app permissions of the app that the path names. */
export function appRoleAssignmentsOf(call: GraphCall): Entity[] {
  const { context, caller } = call
  const principal = requirePrincipal(call)
  const { app } = principalsOf(call).find(({ clientId }) => clientId === principal['appId']) ?? {}
  return (app?.appPermissions ?? []).flatMap((permission) => {
    const slash = permission.lastIndexOf('/')
    const resource = findResource(context.config, permission.slice(0, Math.max(slash, 0)))
    if (resource === undefined) return []
    const role = permission.slice(slash + 1)
    const clientId = resource.app?.clientId ?? GRAPH_CLIENT_ID
    return {
      id: derivedGuid(`assignment ${permission} ${String(principal['id'])}`),
      appRoleId: roleId(resource.app, role),
      createdDateTime: CREATED,
      principalDisplayName: principal['displayName'],
      principalId: principal['id'],
      principalType: 'ServicePrincipal',
      resourceDisplayName: resource.name,
      resourceId: servicePrincipalId({ clientId }, caller.tenantId),
    }
  })
}

/** Returns the ID of an app permission. A registration that Graph created contains its own IDs. */
function roleId(app: AppConfig | undefined, role: string): unknown {
  const roles = app === undefined ? [] : (toApplicationEntity(app, null)['appRoles'] as Entity[])
  const found = roles.find(({ value }) => value === role)
  return found?.['id'] ?? appRoleId(app?.clientId ?? GRAPH_CLIENT_ID, role)
}

function entitiesOf(call: GraphCall): Entity[] {
  return principalsOf(call).map((principal) => toEntity(principal, call.caller.tenantId))
}

function principalsOf({ context, caller }: GraphCall): Principal[] {
  const all = appsIn(context.config, caller.tenantId)
  const apps = all.filter(hasPrincipal).map((app) => ({
    clientId: app.clientId,
    name: app.name,
    owner: app.tenants?.[0] ?? caller.tenantId,
    names: [...idUrisOf(app), app.clientId],
    scopes: app.scopes ?? [],
    appRoles: app.appRoles ?? [],
    app,
  }))
  return [...apps, GRAPH]
}

/** Returns whether the tenant contains a service principal of an app. Each app of the configuration has one. */
export function hasPrincipal(app: AppConfig): boolean {
  return findRecord(app)?.hasPrincipal ?? true
}

function toEntity(principal: Principal, tenantId: string): Entity {
  const { clientId, name, app } = principal
  const redirectUris = app?.redirectUris ?? []
  const application = app === undefined ? undefined : toApplicationEntity(app, null)
  const api = application?.['api'] as Entity | undefined
  return {
    id: servicePrincipalId(principal, tenantId),
    appId: clientId,
    displayName: name,
    appDisplayName: name,
    accountEnabled: true,
    appOwnerOrganizationId: principal.owner,
    appRoleAssignmentRequired: false,
    createdDateTime: CREATED,
    servicePrincipalType: 'Application',
    servicePrincipalNames: principal.names,
    signInAudience: app?.tenants === undefined ? 'AzureADMultipleOrgs' : 'AzureADMyOrg',
    replyUrls: redirectUris === 'loopback' ? [] : redirectUris,
    logoutUrl: app?.frontChannelLogoutUri ?? null,
    tags: application?.['tags'] ?? [],
    appRoles:
      application?.['appRoles'] ?? principal.appRoles.map((role) => toAppRole(clientId, role)),
    oauth2PermissionScopes:
      api?.['oauth2PermissionScopes'] ??
      principal.scopes.map((scope) => toPermissionScope(clientId, scope)),
    keyCredentials: [],
    passwordCredentials: [],
  }
}
