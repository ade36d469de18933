import type { AppConfig } from '../../config/config.js'
import { GRAPH_CLIENT_ID, GRAPH_URI } from '../../profiles/graph-permissions.js'
import { servicePrincipalId } from '../../profiles/subject.js'
import type { ProviderResponse } from '../../protocol/http.js'
import { recordAdminConsent } from '../../state/consents.js'
import { pathParam, type GraphCall } from '../call.js'
import { toAppRole } from '../directory/app-permissions.js'
import { toApplicationEntity } from '../directory/application-entity.js'
import { accountsIn } from '../caller.js'
import { appsIn, requireByKey } from '../directory/applications.js'
import { appRoleAssignmentType, grantType } from '../directory/entity-types.js'
import { grantsOf } from '../directory/grants.js'
import {
  appRoleAssignmentsOf,
  hasPrincipal,
  requirePrincipal,
} from '../directory/service-principals.js'
import { accessDenied, badRequest } from '../errors.js'
import type { Entity } from '../odata/entity.js'
import { graphAppPermissions } from '../permissions.js'
import { recordOf } from './applications.js'
import { requireJson, respondCreated, respondWithoutBody } from './respond.js'
import { assignSettings } from './to-app-config.js'

/** Handles POST `/servicePrincipals/{id}/appRoleAssignments`, which grants an app permission to an app. */
export function createAppRoleAssignment(call: GraphCall): ProviderResponse {
  requireAdministrator(call)
  const { id } = requirePrincipal(call)
  const { principalId, resourceId, appRoleId } = requireJson(call)
  const app = findApp(call, principalId)
  if (principalId !== id || app === undefined) throw notReferenced('principalId', principalId)
  const resource = requireResource(call, resourceId)
  const role = resource.roles.find((each) => each['id'] === appRoleId)
  if (role === undefined) {
    throw badRequest('Permission being assigned was not found on application', undefined)
  }
  const permission = `${resource.prefix}${String(role['value'])}`
  const before = app.appPermissions ?? []
  if (before.includes(permission)) {
    throw badRequest('Permission being assigned already exists on the object', undefined)
  }
  recordOf(app)
  assignSettings(app, { appPermissions: [...before, permission] })
  const created = appRoleAssignmentsOf(call).at(-1) ?? {}
  return respondCreated(call, appRoleAssignmentType, created)
}

/** Handles POST `/oauth2PermissionGrants`, the consent of an administrator for all users. */
export function createGrant(call: GraphCall): ProviderResponse {
  requireAdministrator(call)
  const { clientId, consentType, resourceId, scope } = requireJson(call)
  const app = findApp(call, clientId)
  if (app === undefined) throw notReferenced('clientId', clientId)
  if (consentType !== 'AllPrincipals') {
    throw badRequest(
      "The development provider supports only the consentType 'AllPrincipals'.",
      'BadRequest',
      'To consent as a user, sign in and accept the permissions.',
    )
  }
  consent(call, app, { resourceId, scope })
  const created = grantsOf(call).find(
    (grant) =>
      grant['clientId'] === clientId &&
      grant['resourceId'] === resourceId &&
      grant['principalId'] === null,
  )
  return respondCreated(call, grantType, created ?? {})
}

/** Handles PATCH `/oauth2PermissionGrants/{id}`. It adds scopes. The provider does not remove them. */
export function updateGrant(call: GraphCall): ProviderResponse {
  requireAdministrator(call)
  const { clientId, resourceId } = requireByKey(grantsOf(call), pathParam(call, 'id'))
  const app = findApp(call, clientId)
  if (app === undefined) throw notReferenced('clientId', clientId)
  consent(call, app, { resourceId, scope: requireJson(call)['scope'] })
  return respondWithoutBody()
}

/**
 * Rejects a user who is not an administrator. A token of the Azure CLI allows only the actions that its user may
 * perform.
 */
function requireAdministrator({ context, caller }: GraphCall): void {
  if (!caller.isDelegated) return
  const account = accountsIn(context, caller.tenantId).find(({ oid }) => oid === caller.oid)
  if (account?.user.admin === true) return
  throw accessDenied(
    'Only an administrator can grant permissions. Use the token of an administrator, such as Sam.',
  )
}

function consent(
  call: GraphCall,
  app: AppConfig,
  { resourceId, scope }: { readonly resourceId: unknown; readonly scope: unknown },
): void {
  const { prefix, isGraph } = requireResource(call, resourceId)
  const names = (typeof scope === 'string' ? scope : '').split(' ').filter((name) => name !== '')
  const { tenantId } = call.caller
  recordAdminConsent(
    call.context,
    tenantId,
    app,
    names.map((name) => (isGraph ? name : `${prefix}${name}`)),
  )
}

/** The service principal of an API. */
interface ResourcePrincipal {
  readonly isGraph: boolean
  readonly prefix: string
  readonly roles: readonly Entity[]
}

function requireResource(call: GraphCall, resourceId: unknown): ResourcePrincipal {
  const { tenantId } = call.caller
  if (resourceId === servicePrincipalId({ clientId: GRAPH_CLIENT_ID }, tenantId)) {
    const roles = graphAppPermissions.map((role) => toAppRole(GRAPH_CLIENT_ID, role))
    return { isGraph: true, prefix: `${GRAPH_URI}/`, roles }
  }
  const app = findApp(call, resourceId)
  if (app === undefined) throw notReferenced('resourceId', resourceId)
  return {
    isGraph: false,
    prefix: `${app.idUri ?? app.clientId}/`,
    roles: toApplicationEntity(app, null)['appRoles'] as readonly Entity[],
  }
}

function findApp({ context, caller }: GraphCall, id: unknown): AppConfig | undefined {
  const { tenantId } = caller
  return appsIn(context.config, tenantId).find(
    (app) => hasPrincipal(app) && servicePrincipalId(app, tenantId) === id,
  )
}

function notReferenced(property: string, id: unknown): Error {
  return badRequest(
    `Resource '${String(id)}' does not exist or one of its queried reference-property objects are not present.`,
    'Request_BadRequest',
    `Set ${property} to the object ID of a service principal, which GET /servicePrincipals(appId='…') returns.`,
  )
}
