import { CONSUMERS_TENANT_ID } from '../config/config.js'
import type { TenantAccount } from '../profiles/issuer-profile.js'
import { GRAPH_CLIENT_ID, GRAPH_URI } from '../profiles/graph-permissions.js'
import type { ProviderContext } from '../state/context.js'
import { verifyBearer } from '../tokens/bearer.js'
import { checkClaimsChallenge } from '../tokens/claims-challenge.js'
import type { ProviderRequest } from '../protocol/http.js'
import { claimsChallenge, tokenExpired, unauthorized } from './errors.js'

/** The user or the app that a Graph token identifies. */
export interface Caller {
  readonly tenantId: string
  /** The object ID of the user, or of the service principal of an app. */
  readonly oid: string
  /** `true` if an app acts for a user. An app without a user has app permissions instead of scopes. */
  readonly isDelegated: boolean
  /** The scopes or the app permissions, without prefix. */
  readonly permissions: readonly string[]
}

/**
 * Returns the caller of a Graph request.
 *
 * @throws GraphError when the token is not valid, or does not satisfy a claims challenge.
 */
export async function authenticate(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<Caller> {
  const result = await verifyBearer(context, request, [GRAPH_URI, GRAPH_CLIENT_ID])
  if (result.kind !== 'valid') throw unauthorized(result)
  const { claims, token } = result
  const outcome = checkClaimsChallenge(context, token, claims)
  if (outcome === 'challenge') throw claimsChallenge(context.behaviour.graphClaims ?? '')
  if (outcome === 'expired') throw tokenExpired()
  const { tid, oid, scp, roles } = claims
  const isDelegated = typeof scp === 'string'
  const appPermissions: unknown[] = Array.isArray(roles) ? roles : []
  return {
    tenantId: String(tid),
    oid: String(oid),
    isDelegated,
    permissions: isDelegated ? scp.split(' ') : appPermissions.map(String),
  }
}

/** Returns whether a caller has at least one of these permissions. */
export function hasAny({ permissions }: Caller, names: readonly string[]): boolean {
  const granted = new Set(permissions.map((name) => name.toLowerCase()))
  return names.some((name) => granted.has(name.toLowerCase()))
}

/** Returns whether a caller is a personal account, which does not have a directory. */
export function isPersonalCaller({ tenantId }: Caller): boolean {
  return tenantId.toLowerCase() === CONSUMERS_TENANT_ID
}

/** Returns the accounts in a tenant, including guests. */
export function accountsIn(context: ProviderContext, tenantId: string): TenantAccount[] {
  const profile = context.resolveProfile(tenantId)
  if (profile === undefined) return []
  return context.store.users.all().flatMap((user) => profile.tenantAccountOf(user) ?? [])
}
