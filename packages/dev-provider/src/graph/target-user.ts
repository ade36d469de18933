import type { TenantAccount } from '../profiles/issuer-profile.js'
import type { GraphCall, UserCall } from './call.js'
import { isPersonalCaller } from './caller.js'
import { findAccount } from './directory/user-entity.js'
import { accessDenied, badRequest, notFound } from './errors.js'

/**
 * Returns the user of `/me` or `/users/{id}`.
 *
 * @throws GraphError when the user does not exist, or when an app without a user calls `/me`.
 */
export function targetUser(call: GraphCall): Pick<UserCall, 'account' | 'isOwn'> {
  const { caller, params } = call
  const name = params['user']
  if (name === undefined && !caller.isDelegated) {
    throw badRequest(
      '/me request is only valid with delegated authentication flow.',
      'BadRequest',
      'The token belongs to an app without a user. Call /users/{id} instead of /me.',
    )
  }
  const account = findUser(call, name ?? caller.oid)
  const isOwn = caller.isDelegated && account?.oid === caller.oid
  // A personal account does not have a directory with other users.
  if (!isOwn && isPersonalCaller(caller)) {
    throw accessDenied('A personal account can read only its own data. Call /me.')
  }
  if (account === undefined) throw notFound(name ?? caller.oid)
  return { account, isOwn }
}

function findUser({ context, caller }: GraphCall, name: string): TenantAccount | undefined {
  return findAccount(context, caller.tenantId, name)
}
