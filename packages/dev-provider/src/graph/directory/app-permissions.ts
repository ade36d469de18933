import type { ScopeConfig } from '../../config/config.js'
import { derivedGuid } from '../../profiles/subject.js'
import type { Entity } from '../odata/entity.js'

/** Returns the object of a scope. */
export function toPermissionScope(clientId: string, scope: ScopeConfig): Entity {
  const { value, description, adminConsent = false } = scope
  return {
    id: derivedGuid(`scope ${value} ${clientId}`),
    value,
    type: adminConsent ? 'Admin' : 'User',
    isEnabled: true,
    adminConsentDisplayName: description,
    adminConsentDescription: description,
    userConsentDisplayName: description,
    userConsentDescription: description,
  }
}

/** Returns the object of an app permission. */
export function toAppRole(clientId: string, value: string): Entity {
  return {
    id: appRoleId(clientId, value),
    value,
    displayName: value,
    description: value,
    isEnabled: true,
    allowedMemberTypes: ['Application'],
  }
}

/** Returns the ID of an app permission. */
export function appRoleId(clientId: string, value: string): string {
  return derivedGuid(`role ${value} ${clientId}`)
}
