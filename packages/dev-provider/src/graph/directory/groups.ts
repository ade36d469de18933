import { isGuid } from '../../config/value-checks.js'
import { groupName } from '../../config/groups.js'
import type { ProviderResponse } from '../../protocol/http.js'
import type { ProviderContext } from '../../state/context.js'
import { pathParam, type GraphCall, type UserCall } from '../call.js'
import { accountsIn } from '../caller.js'
import { invalidId, notFound } from '../errors.js'
import type { Entity } from '../odata/entity.js'
import { respondWithCollection, respondWithEntity } from '../odata/respond.js'
import { isAllowed, permissions } from '../permissions.js'
import { groupType } from './entity-types.js'

const CREATED = '2024-01-15T08:00:00Z'

/** Handles `/groups`. */
export function listGroups(call: GraphCall): ProviderResponse {
  return respondWithCollection(call, groupType, allGroups(call))
}

/** Handles `/groups/{id}`. */
export function readGroup(call: GraphCall): ProviderResponse {
  return respondWithEntity(call, groupType, toGroupEntity(call.context, requireGroup(call)))
}

/**
 * Handles `/me/memberOf`. A caller that cannot read groups gets their object IDs only, as at Graph.
 */
export function listMemberships(call: UserCall): ProviderResponse {
  return respondWithCollection(
    call,
    { ...groupType, set: 'directoryObjects' },
    groupsOf(call).map((group) => ({ '@odata.type': '#microsoft.graph.group', ...group })),
  )
}

/** Handles `/me/memberOf/microsoft.graph.group`. */
export function listGroupMemberships(call: UserCall): ProviderResponse {
  return respondWithCollection(call, groupType, groupsOf(call))
}

function groupsOf({ context, caller, account }: UserCall): Entity[] {
  const ids = account.user.groups ?? []
  const canRead = isAllowed(caller, permissions.groups)
  return ids.map((id) => (canRead ? toGroupEntity(context, id) : { id }))
}

function allGroups({ context, caller }: GraphCall): Entity[] {
  return groupIdsIn(context, caller.tenantId).map((id) => toGroupEntity(context, id))
}

function requireGroup(call: GraphCall): string {
  const id = pathParam(call, 'id')
  const { context, caller } = call
  const found = groupIdsIn(context, caller.tenantId).find((entry) => isSame(entry, id))
  if (found !== undefined) return found
  if (!isGuid(id)) throw invalidId(id)
  throw notFound(id)
}

/** Returns the groups of a tenant. A group without members exists in every tenant. */
function groupIdsIn(context: ProviderContext, tenantId: string): string[] {
  const idsOf = (users: readonly { readonly groups?: readonly string[] }[]): string[] =>
    users.flatMap(({ groups = [] }) => groups)
  const here = idsOf(accountsIn(context, tenantId).map(({ user }) => user))
  const anywhere = new Set(idsOf(context.store.users.all()).map((id) => id.toLowerCase()))
  const empty = (context.config.groups ?? []).filter(({ id }) => !anywhere.has(id.toLowerCase()))
  const all = [...here, ...empty.map(({ id }) => id)]
  return [...new Map(all.map((id) => [id.toLowerCase(), id])).values()]
}

function toGroupEntity({ config }: ProviderContext, id: string): Entity {
  const description = config.groups?.find((group) => isSame(group.id, id))?.description
  const name = groupName(config, id)
  return {
    id,
    createdDateTime: CREATED,
    renewedDateTime: CREATED,
    description: description ?? null,
    displayName: name,
    groupTypes: [],
    mailEnabled: false,
    mailNickname: name.replace(/[^\w-]+/g, ''),
    proxyAddresses: [],
    securityEnabled: true,
  }
}

function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
