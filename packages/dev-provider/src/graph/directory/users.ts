import { deviates, OTHER_ID } from '../../controls/deviations.js'
import type { ProviderResponse } from '../../protocol/http.js'
import type { GraphCall, UserCall } from '../call.js'
import { accountsIn } from '../caller.js'
import { respondWithCollection, respondWithEntity } from '../odata/respond.js'
import { userType } from './entity-types.js'
import { toUserEntity } from './user-entity.js'

/** Handles `/me` and `/users/{id}`. */
export function readUser(call: UserCall): ProviderResponse {
  const entity = toUserEntity(call, call.account)
  const isOther = deviates(call.context, 'user-info-other-user')
  return respondWithEntity(call, userType, isOther ? { ...entity, id: OTHER_ID } : entity)
}

/** Handles `/users`. */
export function listUsers(call: GraphCall): ProviderResponse {
  const accounts = accountsIn(call.context, call.caller.tenantId)
  const entities = accounts.map((account) => toUserEntity(call, account))
  return respondWithCollection(call, userType, entities)
}
