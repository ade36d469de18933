import { isGuid, isListOf, isNonEmptyString, isObject } from '../../config/value-checks.js'
import { badRequest, GraphError } from '../errors.js'
import type { Entity } from '../odata/entity.js'
import { invalidValue, type ApplicationChange } from './application-change.js'

/**
 * Checks the scopes, the app roles and the authorized clients of an app registration.
 *
 * @throws GraphError for a wrong value, and for an enabled permission that would be removed.
 */
export function checkPermissions({ before, body, after }: ApplicationChange): void {
  const [scopes, roles] = [scopesOf(after), listOf(after['appRoles'])]
  if (!isListOf(scopes, isScope)) throw invalidValue('api.oauth2PermissionScopes')
  if (!isListOf(roles, isRole)) throw invalidValue('appRoles')
  checkUnique([...scopes, ...roles], 'id')
  checkUnique(scopes, 'value')
  checkUnique(roles, 'value')
  checkEnabled(scopesOf(before), scopes)
  checkEnabled(listOf(before['appRoles']), roles)
  const clients = isObject(body['api']) ? body['api']['preAuthorizedApplications'] : undefined
  if (clients !== undefined) checkClients(clients, new Set(scopes.map(({ id }) => id)))
}

function scopesOf({ api }: Entity): Entity[] {
  return isObject(api) ? listOf(api['oauth2PermissionScopes']) : []
}

function listOf(value: unknown): Entity[] {
  return Array.isArray(value) ? (value as Entity[]) : []
}

function isScope(entry: unknown): boolean {
  return (
    isObject(entry) &&
    isGuid(entry['id']) &&
    isNonEmptyString(entry['value']) &&
    !/\s/.test(entry['value']) &&
    ['User', 'Admin'].includes(String(entry['type'])) &&
    typeof entry['isEnabled'] === 'boolean' &&
    isNonEmptyString(entry['adminConsentDisplayName']) &&
    isNonEmptyString(entry['adminConsentDescription'])
  )
}

function isRole(entry: unknown): boolean {
  return (
    isObject(entry) &&
    isGuid(entry['id']) &&
    isNonEmptyString(entry['displayName']) &&
    isNonEmptyString(entry['description']) &&
    typeof entry['isEnabled'] === 'boolean' &&
    isListOf(entry['allowedMemberTypes'], (type) => ['User', 'Application'].includes(String(type)))
  )
}

function checkUnique(permissions: readonly Entity[], property: string): void {
  const values = permissions.map((entry) => String(entry[property]).toLowerCase())
  const repeated = values.find((value, index) => values.indexOf(value) < index)
  if (repeated === undefined) return
  throw badRequest(
    `It contains duplicate value. Please Provide unique value. The ${property} '${repeated}' is repeated.`,
    'DuplicateValue',
  )
}

/** Checks that an enabled permission is not removed, because users may have consented to it. */
function checkEnabled(before: readonly Entity[], after: readonly Entity[]): void {
  const kept = new Map(after.map((entry) => [entry['id'], entry['value']]))
  const removed = before.find(({ id, value, isEnabled }) => isEnabled && kept.get(id) !== value)
  if (removed === undefined) return
  throw new GraphError(400, {
    code: 'CannotDeleteOrUpdateEnabledEntitlement',
    message: 'Permission (scope or role) cannot be deleted or updated unless disabled first.',
    remedy: `Send the whole list, because the request replaces it. It does not contain ${String(removed['value'])} with the ID ${String(removed['id'])}.`,
  })
}

function checkClients(clients: unknown, scopeIds: ReadonlySet<unknown>): void {
  const isClient = (entry: unknown): boolean =>
    isObject(entry) && isGuid(entry['appId']) && isListOf(entry['delegatedPermissionIds'], isGuid)
  if (!isListOf(clients, isClient)) throw invalidValue('api.preAuthorizedApplications')
  const ids = (clients as Entity[]).flatMap((client) => listOf(client['delegatedPermissionIds']))
  if (ids.every((id) => scopeIds.has(id))) return
  throw badRequest(
    'Property api.preAuthorizedApplications.delegatedPermissionIds references permissions that cannot be found.',
    undefined,
    'Add the scope to api.oauth2PermissionScopes first.',
  )
}
