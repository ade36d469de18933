import { GRAPH_CLIENT_ID } from '../../profiles/graph-permissions.js'
import { findResource } from '../../profiles/resources.js'
import { derivedGuid, servicePrincipalId } from '../../profiles/subject.js'
import type { ProviderResponse } from '../../protocol/http.js'
import { consentsIn } from '../../state/consents.js'
import type { GraphCall } from '../call.js'
import type { Entity } from '../odata/entity.js'
import { respondWithCollection } from '../odata/respond.js'
import { grantType } from './entity-types.js'
import { requirePrincipal } from './service-principals.js'

/** Handles `/servicePrincipals/{id}/oauth2PermissionGrants`, the consents for one app. */
export function listGrantsOfApp(call: GraphCall): ProviderResponse {
  const { id } = requirePrincipal(call)
  const grants = grantsOf(call).filter((grant) => grant['clientId'] === id)
  return respondWithCollection(call, grantType, grants)
}

/** Returns the consents in the tenant of the caller. */
export function grantsOf({ context, caller }: GraphCall): Entity[] {
  const { tenantId } = caller
  return consentsIn(context, tenantId).flatMap(({ clientId, oid, resourceUri, names }) => {
    const resource = findResource(context.config, resourceUri)
    if (resource === undefined) return []
    const resourceId = servicePrincipalId(
      { clientId: resource.app?.clientId ?? GRAPH_CLIENT_ID },
      tenantId,
    )
    const client = servicePrincipalId({ clientId }, tenantId)
    return {
      id: derivedGuid(`grant ${client} ${resourceId} ${oid ?? ''}`),
      clientId: client,
      consentType: oid === undefined ? 'AllPrincipals' : 'Principal',
      principalId: oid ?? null,
      resourceId,
      scope: names.join(' '),
    }
  })
}
