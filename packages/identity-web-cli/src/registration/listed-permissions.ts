import { parsePermission } from '../graph/permissions.js'
import type { ListedPermission } from './plan.js'
import type { Wish } from './wish.js'

/** Returns the kind of the permissions of an app: `Scope` for users, and `Role` for an app without users. */
export function permissionTypeOf({ kind }: Pick<Wish, 'kind'>): ListedPermission['type'] {
  return kind === 'daemon' ? 'Role' : 'Scope'
}

/**
 * Returns the permissions of a wish for a file, which contains references to their IDs.
 *
 * @param toId - Returns the reference.
 */
export function listPermissions(
  wish: Wish,
  toId: (permission: Omit<ListedPermission, 'id'>) => string,
): ListedPermission[] {
  const type = permissionTypeOf(wish)
  return wish.permissions.map((name) => {
    const { appId, value } = parsePermission(name)
    const permission = { value, type, resourceAppId: appId, resourceName: appId }
    return { ...permission, id: toId(permission) }
  })
}
