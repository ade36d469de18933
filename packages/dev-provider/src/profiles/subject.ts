import { createHash } from 'node:crypto'
import type { AppConfig, UserConfig } from '../config/config.js'
import type { TenantAccount } from './issuer-profile.js'

/**
 * Returns the `sub` claim, which differs for each app so that apps cannot link their users (OpenID
 * Connect Core, section 8.1).
 */
export function pairwiseSubject(tenantAccount: TenantAccount, clientId: string): string {
  return digest('sub', tenantAccount.tenantId, tenantAccount.oid, clientId.toLowerCase())
}

const OPAQUE = 'O.'

/** Returns the opaque `login_hint` claim, which `logout_hint` expects. */
export function opaqueLoginHint(user: UserConfig): string {
  return `${OPAQUE}${digest('login_hint', user.tenant, user.oid)}`
}

/** Returns the object ID of an app's service principal in a tenant. */
export function servicePrincipalId(app: Pick<AppConfig, 'clientId'>, tenantId: string): string {
  return derivedGuid(`${app.clientId} ${tenantId}`)
}

/** Returns a GUID that is always the same for a name. */
export function derivedGuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return hex.slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
}

/** Returns the user that a hint names by user name, email address or `login_hint` claim. */
export function findHintedUser(
  users: readonly UserConfig[],
  hint: string | undefined,
): UserConfig | undefined {
  if (hint === undefined) return undefined
  const normalized = hint.toLowerCase()
  // Calculates the hash of each user only when the hint can be one.
  const isOpaque = hint.startsWith(OPAQUE)
  return users.find(
    (user) =>
      user.username.toLowerCase() === normalized ||
      user.email?.toLowerCase() === normalized ||
      (isOpaque && opaqueLoginHint(user) === hint),
  )
}

/** Returns the roles of a user at an app. */
export function rolesOf(user: UserConfig, app: AppConfig): readonly string[] {
  const roles = user.roles ?? []
  return isList(roles) ? roles : (roles[app.clientId] ?? [])
}

function isList(roles: NonNullable<UserConfig['roles']>): roles is readonly string[] {
  return Array.isArray(roles)
}

function digest(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url')
}
