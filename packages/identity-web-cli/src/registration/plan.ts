import { randomUUID } from 'node:crypto'
import type {
  Application,
  ApplicationSettings,
  AppRole,
  OptionalClaim,
  PreAuthorized,
  ResourceAccess,
  Scope,
} from '../graph/application.js'
import type { Permission } from '../graph/permissions.js'
import { markOf } from './mark.js'
import { mergeClaims, mergeStrings } from './merge.js'
import { ACCOUNTS, type Wish } from './wish.js'

/** The properties of an app registration that a request sets. */
export type Body = { -readonly [Name in keyof ApplicationSettings]?: unknown }

/**
 * The requests that make an app registration match a wish, in the order in which they are sent, and a description of
 * their changes.
 */
export interface Plan {
  /** One line for each change, for example `+ scope Todos.Read`. */
  readonly changes: readonly string[]
  /**
   * The request that sets version 2 for access tokens. Only after this request does Entra ID accept an https URL as
   * Application ID URI.
   */
  readonly version: Body | undefined
  /** The request with all changes that do not depend on another request. */
  readonly main: Body | undefined
  /** The request that authorizes clients. The scopes of these clients must already exist. */
  readonly clients: Body | undefined
}

/** A permission in the list of an app registration. */
export type ListedPermission = Omit<Permission, 'resourceId'>

/** The values of the tenant that a plan needs. */
export interface PlanContext {
  /** The client ID, or a placeholder if the client ID is not known yet. */
  readonly appId: string
  /** The permissions at other APIs. */
  readonly permissions: readonly ListedPermission[]
  /** Creates the ID of a new scope or role. */
  readonly newId?: (kind: 'scope' | 'role', value: string) => string
}

/** An app registration without values. A new app registration is compared with it. */
export const EMPTY: ApplicationSettings = {
  displayName: '',
  signInAudience: '',
  identifierUris: [],
  web: { redirectUris: [], logoutUrl: null },
  publicClient: { redirectUris: [] },
  api: { oauth2PermissionScopes: [], preAuthorizedApplications: [] },
  appRoles: [],
  optionalClaims: null,
  requiredResourceAccess: [],
}

/**
 * Compares an app registration with a wish. A plan adds and changes values. It never removes redirect URIs, scopes,
 * roles, claims or clients, because another program or a person may have added them.
 */
export function makePlan(
  current: ApplicationSettings | Application,
  wish: Wish,
  context: PlanContext,
): Plan {
  const changes: string[] = []
  const main: Body = {}
  const newId = context.newId ?? (() => randomUUID())
  const set = (name: keyof Body, value: unknown, ...lines: string[]): void => {
    main[name] = value
    changes.push(...lines)
  }

  if (wish.name !== undefined && wish.name !== current.displayName) {
    const before = current.displayName
    // The first line of the output contains the name of a new app.
    const lines = before === '' ? [] : [`~ name ${before} → ${wish.name}`]
    set('displayName', wish.name, ...lines)
  }
  const isNew = current.signInAudience === ''
  const audience = wish.audience ?? (isNew ? ACCOUNTS['tenant'] : undefined)
  if (audience !== undefined && audience !== current.signInAudience) {
    const before = current.signInAudience
    const line = isNew ? `+ accounts ${audience}` : `~ accounts ${before} → ${audience}`
    set('signInAudience', audience, line)
  }
  if (isNew) set('tags', [markOf(wish.kind), ...(wish.tags ?? [])])
  planWeb(current, wish, set)
  let version: Body | undefined
  if (wish.hasVersion2 && current.api.requestedAccessTokenVersion !== 2) {
    version = { api: { requestedAccessTokenVersion: 2 } }
    changes.push(`${isNew ? '+' : '~'} access tokens of version 2`)
  }
  const wishedUris = wish.identifierUris.map((uri) => uri.replace('{appId}', context.appId))
  const uris = mergeStrings(current.identifierUris, wishedUris)
  if (uris.added.length > 0) {
    set('identifierUris', uris.all, ...uris.added.map((uri) => `+ Application ID URI ${uri}`))
  }
  const scopes = planScopes(current.api.oauth2PermissionScopes, wish, newId)
  if (scopes.lines.length > 0) set('api', { oauth2PermissionScopes: scopes.all }, ...scopes.lines)
  const roles = planRoles(current.appRoles, wish, newId)
  if (roles.lines.length > 0) set('appRoles', roles.all, ...roles.lines)
  planClaims(current, wish, set)
  planPermissions(current.requiredResourceAccess, context, set)
  const clients = planClients(current.api.preAuthorizedApplications, wish, scopes.all)
  changes.push(...clients.lines)
  return {
    changes,
    version,
    main: Object.keys(main).length === 0 ? undefined : main,
    clients:
      clients.lines.length === 0 ? undefined : { api: { preAuthorizedApplications: clients.all } },
  }
}

type SetProperty = (name: keyof Body, value: unknown, ...lines: string[]) => void

function planWeb({ web, signInAudience }: ApplicationSettings, wish: Wish, set: SetProperty): void {
  const newUris = signInAudience === '' ? wish.newRedirectUris : []
  const uris = mergeStrings(web.redirectUris, [...wish.redirectUris, ...newUris])
  const lines = uris.added.map((uri) => `+ redirect URI ${uri}`)
  const body: { redirectUris?: readonly string[]; logoutUrl?: string } = {}
  if (uris.added.length > 0) body.redirectUris = uris.all
  const before = web.logoutUrl ?? ''
  if (wish.signOutUrl !== undefined && wish.signOutUrl !== before) {
    body.logoutUrl = wish.signOutUrl
    lines.push(`${before === '' ? '+' : '~'} front-channel logout URL ${wish.signOutUrl}`)
  }
  if (lines.length > 0) set('web', body, ...lines)
}

interface Planned<T> {
  readonly all: readonly T[]
  readonly lines: readonly string[]
}

type NewId = NonNullable<PlanContext['newId']>

function planScopes(current: readonly Scope[], wish: Wish, newId: NewId): Planned<Scope> {
  const added = wish.scopes.filter(
    ({ value }) => !current.some((scope) => isSame(scope.value, value)),
  )
  const disabled = current.filter(
    (scope) => !scope.isEnabled && wish.scopes.some(({ value }) => isSame(scope.value, value)),
  )
  const all = [
    ...current.map((scope) => (disabled.includes(scope) ? { ...scope, isEnabled: true } : scope)),
    ...added.map(({ value, description }) => ({
      id: newId('scope', value),
      value,
      type: 'User' as const,
      isEnabled: true,
      adminConsentDisplayName: description,
      adminConsentDescription: description,
      userConsentDisplayName: description,
      userConsentDescription: description,
    })),
  ]
  return {
    all,
    lines: [
      ...added.map(({ value }) => `+ scope ${value}`),
      ...disabled.map(({ value }) => `~ scope ${value} is enabled`),
    ],
  }
}

function planRoles(current: readonly AppRole[], wish: Wish, newId: NewId): Planned<AppRole> {
  const wished = [
    ...wish.roles.map((value) => ({ value, type: 'User' as const, noun: 'role' })),
    ...wish.appPermissions.map((value) => ({
      value,
      type: 'Application' as const,
      noun: 'app permission',
    })),
  ]
  const all = [...current]
  const lines: string[] = []
  for (const { value, type, noun } of wished) {
    const index = all.findIndex((role) => isSame(role.value, value))
    const role = all[index]
    if (role === undefined) {
      const names = { value, displayName: value, description: value }
      all.push({ id: newId('role', value), ...names, isEnabled: true, allowedMemberTypes: [type] })
      lines.push(`+ ${noun} ${value}`)
    } else if (!role.isEnabled || !role.allowedMemberTypes.includes(type)) {
      const types = new Set([...role.allowedMemberTypes, type])
      all[index] = { ...role, isEnabled: true, allowedMemberTypes: [...types] }
      lines.push(`~ ${noun} ${value} is enabled for ${type === 'User' ? 'users' : 'apps'}`)
    }
  }
  return { all, lines }
}

function planClaims({ optionalClaims }: ApplicationSettings, wish: Wish, set: SetProperty): void {
  const [id, access] = [
    mergeClaims(optionalClaims?.idToken, wish.idTokenClaims),
    mergeClaims(optionalClaims?.accessToken, wish.accessTokenClaims),
  ]
  const lines = [
    ...id.added.map((name) => `+ optional claim ${name} in ID tokens`),
    ...access.added.map((name) => `+ optional claim ${name} in access tokens`),
  ]
  if (lines.length === 0) return
  const claims: Record<string, readonly OptionalClaim[] | undefined> = {
    ...optionalClaims,
    idToken: id.all,
    accessToken: access.all,
  }
  set('optionalClaims', claims, ...lines)
}

function planPermissions(
  current: readonly ResourceAccess[],
  { permissions }: PlanContext,
  set: SetProperty,
): void {
  const added = permissions.filter(
    ({ id, resourceAppId }) =>
      !current.some(
        (each) =>
          each.resourceAppId === resourceAppId &&
          each.resourceAccess.some((listed) => listed.id === id),
      ),
  )
  if (added.length === 0) return
  const changed = new Set(added.map(({ resourceAppId }) => resourceAppId))
  const all = [
    ...current.filter(({ resourceAppId }) => !changed.has(resourceAppId)),
    ...[...changed].map((appId) => ({
      resourceAppId: appId,
      resourceAccess: [
        ...(current.find(({ resourceAppId }) => resourceAppId === appId)?.resourceAccess ?? []),
        ...added
          .filter(({ resourceAppId }) => resourceAppId === appId)
          .map(({ id, type }) => ({ id, type })),
      ],
    })),
  ]
  const lines = added.map(
    ({ value, type, resourceName }) =>
      `+ ${type === 'Role' ? 'app permission' : 'permission'} ${value} of ${resourceName}`,
  )
  set('requiredResourceAccess', all, ...lines)
}

function planClients(
  current: readonly PreAuthorized[],
  wish: Wish,
  scopes: readonly Scope[],
): Planned<PreAuthorized> {
  const ids = scopes
    .filter((scope) => wish.scopes.some(({ value }) => isSame(scope.value, value)))
    .map(({ id }) => id)
  const all = [...current]
  const lines: string[] = []
  for (const appId of wish.clients) {
    const index = all.findIndex((client) => isSame(client.appId, appId))
    const before = all[index]?.delegatedPermissionIds ?? []
    const { all: merged, added } = mergeStrings(before, ids)
    if (added.length === 0) continue
    const client = { appId, delegatedPermissionIds: merged }
    if (index < 0) all.push(client)
    else all[index] = client
    lines.push(`${index < 0 ? '+' : '~'} authorized client ${appId} (no consent page)`)
  }
  return { all, lines }
}

function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
