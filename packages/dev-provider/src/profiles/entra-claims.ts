import { randomBytes } from 'node:crypto'
import {
  CONSUMERS_TENANT_ID,
  DEFAULT_OPTIONAL_CLAIMS,
  type AppConfig,
  type OptionalClaim,
} from '../config/config.js'
import type { AppSubject, Grant, Subject, TenantAccount } from './issuer-profile.js'
import { v1IssuerOf } from './entra-v1.js'
import { versionOf } from './entra-versions.js'
import { opaqueLoginHint, rolesOf, servicePrincipalId } from './subject.js'

// The limit of groups in a JWT. Above it, Entra ID sends a link instead
// (access-token-claims-reference).
const GROUPS_LIMIT = 200

/** Returns the claims of a version 2 ID token that the protocol does not define. */
export function entraIdTokenClaims(subject: Subject): Record<string, unknown> {
  const { tenantAccount, app, identity } = subject
  const wants = optionalClaims(app)
  const { user } = tenantAccount
  return {
    ...opaqueClaims(tenantAccount.tenantId),
    ...(identity.includes('profile') && {
      name: user.name,
      oid: tenantAccount.oid,
      preferred_username: user.username,
    }),
    ...(identity.includes('email') &&
      (wants('email') || hasEmail(tenantAccount)) &&
      user.email !== undefined && { email: user.email }),
    ...((subject.wantsAuthTime || wants('auth_time')) && { auth_time: subject.authTime }),
    ...(wants('login_hint') && { login_hint: opaqueLoginHint(user) }),
    ...(wants('sid') && { sid: subject.sid }),
    ...(tenantAccount.isGuest && { idp: v1IssuerOf(user.tenant.toLowerCase()) }),
    ...(wants('acct') && { acct: tenantAccount.isGuest ? 1 : 0 }),
    ...(wants('roles') && roleClaim(rolesOf(user, app))),
    ...(wants('groups') && groupClaims(user.groups ?? [], tenantAccount)),
    tid: tenantAccount.tenantId,
    ver: '2.0',
  }
}

/**
 * Returns the claims of an access token that depend on Entra ID. Version 1 also replaces some
 * claims of the protocol.
 */
export function entraAccessTokenClaims(
  subject: Subject | AppSubject,
  grant: Grant,
): Record<string, unknown> {
  const { app } = subject
  const api = grant.target.resource.app
  const version = versionOf(grant.target.resource)
  const common = {
    ...opaqueClaims(subject.tenantAccount?.tenantId),
    xms_ftd: randomBytes(32).toString('base64url'),
    ...version.tokenClaims(subject, grant.target.resource),
  }
  if (subject.tenantAccount === undefined) {
    const oid = servicePrincipalId(app, subject.tenantId)
    return {
      ...common,
      oid,
      sub: oid,
      ...roleClaim(subject.roles),
      ...(api?.optionalClaims?.includes('idtyp') && { idtyp: 'app' }),
      tid: subject.tenantId,
    }
  }
  const { tenantAccount } = subject
  const graphNames = grant.target.resource.isGraph
    ? grant.identity.filter((scope) => scope !== 'offline_access')
    : []
  return {
    ...common,
    name: tenantAccount.user.name,
    oid: tenantAccount.oid,
    ...version.userClaims(tenantAccount),
    scp: [...graphNames, ...grant.names].join(' '),
    sid: subject.sid,
    ...(api !== undefined && roleClaim(rolesOf(tenantAccount.user, api))),
    ...(api?.optionalClaims?.includes('groups') &&
      groupClaims(tenantAccount.user.groups ?? [], tenantAccount)),
    tid: tenantAccount.tenantId,
  }
}

/** Returns whether ID tokens of an account contain the email by default. */
function hasEmail({ isGuest, tenantId }: TenantAccount): boolean {
  return isGuest || tenantId === CONSUMERS_TENANT_ID
}

function optionalClaims(app: AppConfig): (claim: OptionalClaim) => boolean {
  const claims = app.optionalClaims ?? DEFAULT_OPTIONAL_CLAIMS
  return (claim) => claims.includes(claim)
}

function roleClaim(roles: readonly string[]): Record<string, unknown> {
  return roles.length === 0 ? {} : { roles }
}

/** Returns whether a user has too many groups for a token. */
export function isOverage(groups: readonly string[]): boolean {
  return groups.length > GROUPS_LIMIT
}

function groupClaims(
  groups: readonly string[],
  { oid, tenantId }: TenantAccount,
): Record<string, unknown> {
  if (groups.length === 0) return {}
  if (!isOverage(groups)) return { groups }
  return {
    _claim_names: { groups: 'src1' },
    _claim_sources: {
      src1: { endpoint: `https://graph.windows.net/${tenantId}/users/${oid}/getMemberObjects` },
    },
  }
}

/**
 * Returns claims that only Microsoft uses. They have random values, because apps must ignore them.
 */
function opaqueClaims(tenantId: string | undefined): Record<string, unknown> {
  const aio = randomBytes(24).toString('base64')
  // Tokens of personal accounts have one of them.
  if (tenantId === CONSUMERS_TENANT_ID) return { aio }
  return {
    aio,
    rh: `1.${randomBytes(18).toString('base64url')}.`,
    uti: randomBytes(16).toString('base64url'),
  }
}
