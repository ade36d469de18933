import { deviates, OTHER_ID } from '../../controls/deviations.js'
import type { TenantAccount } from '../../profiles/issuer-profile.js'
import type { ProviderResponse } from '../../protocol/http.js'
import type { GraphCall, UserCall } from '../call.js'
import { accountsIn } from '../caller.js'
import { accessDenied, badRequest, notFound } from '../errors.js'
import type { Entity, EntityType } from '../odata/entity.js'
import { respondWithCollection, respondWithCount, respondWithEntity } from '../odata/respond.js'
import { selectProperties } from '../odata/select.js'
import { isAllowed, permissions, remedyOf } from '../permissions.js'
import { directoryObjectType, userType } from './entity-types.js'
import { findManagers, managerOf, reportsOf, toUserEntity } from './user-entity.js'

/** Handles `/me` and `/users/{id}`. */
export function readUser(call: UserCall): ProviderResponse {
  const { type, toEntity } = withManager(call)
  const entity = toEntity(call.account)
  const isOther = deviates(call.context, 'user-info-other-user')
  return respondWithEntity(call, type, isOther ? { ...entity, id: OTHER_ID } : entity)
}

/** Handles `/users`. */
export function listUsers(call: GraphCall): ProviderResponse {
  const { type, toEntity } = withManager(call)
  const accounts = accountsIn(call.context, call.caller.tenantId)
  return respondWithCollection(call, type, accounts.map(toEntity))
}

/** Handles `/users/$count`. */
export function countUsers(call: GraphCall): ProviderResponse {
  const accounts = accountsIn(call.context, call.caller.tenantId)
  const entities = accounts.map((account) => toUserEntity(call, account))
  return respondWithCount(call, userType, entities)
}

/** Handles `/me/manager`. */
export function readManager(call: UserCall): ProviderResponse {
  const manager = managerOf(call.context, call.account)
  if (manager === undefined) {
    const { username } = call.account.user
    throw notFound(
      'manager',
      `Set manager of ${username} in the configuration to a user of the same tenant.`,
    )
  }
  return respondWithEntity(
    call,
    { ...userType, set: 'directoryObjects' },
    withODataType(toUserEntity(call, manager)),
  )
}

/** Handles `/me/directReports`. */
export function listReports(call: UserCall): ProviderResponse {
  const reports = reportsOf(call.context, call.account)
  return respondWithCollection(
    call,
    { ...directoryObjectType, ...(userType.defaults && { defaults: userType.defaults }) },
    reports.map((account) => withODataType(toUserEntity(call, account))),
  )
}

/** Adds the annotation that tells users from groups. */
export function withODataType(user: Entity): Entity {
  return { '@odata.type': '#microsoft.graph.user', ...user }
}

interface UserReader {
  readonly type: EntityType
  readonly toEntity: (account: TenantAccount) => Entity
}

/** Returns the function that reads users. With `$expand=manager`, the users contain their managers. */
function withManager(call: GraphCall): UserReader {
  const toEntity = (account: TenantAccount): Entity => toUserEntity(call, account)
  const expand = call.request.url.searchParams.get('$expand')
  if (expand === null) return { type: userType, toEntity }
  const match = /^manager(\(([^()]*)\))?$/i.exec(expand)
  if (match === null) {
    throw badRequest(
      `The development provider does not support $expand=${expand}. Use $expand=manager or $expand=manager($select=…).`,
      'BadRequest',
    )
  }
  if (!isAllowed(call.caller, permissions.manager)) {
    throw accessDenied(remedyOf(call.caller, permissions.manager))
  }
  const select = /\$select=([^;]+)/i.exec(match[2] ?? '')?.[1]?.split(',') ?? []
  const managerOfEach = findManagers(call.context, call.caller.tenantId)
  const managerEntity = (account: TenantAccount): Entity | null => {
    const manager = managerOfEach(account)
    if (manager === undefined) return null
    return selectProperties(withODataType(toUserEntity(call, manager)), userType, select)
  }
  return {
    type: { ...userType, expanded: ['manager'] },
    toEntity: (account) => ({ ...toEntity(account), manager: managerEntity(account) }),
  }
}
