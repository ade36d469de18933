import type { AppConfig } from '../config/config.js'
import { deviates } from '../controls/deviations.js'
import type { ProviderContext } from './context.js'
import { grantorOf } from '../profiles/consent-policy.js'
import type { TenantAccount } from '../profiles/issuer-profile.js'
import { findResource, consentName, graphResource, type Resource } from '../profiles/resources.js'
import type { ApiScope, ScopeRequest, ScopeTarget } from '../profiles/scope-request.js'

/** The scopes of one resource that do not have consent. */
export interface MissingConsent {
  readonly target: ScopeTarget
  readonly names: readonly string[]
}

/**
 * Returns the scopes that the user has not consented to. With `all`, returns all requested scopes.
 */
export function missingConsents(
  context: ProviderContext,
  tenantAccount: TenantAccount,
  app: AppConfig,
  scope: ScopeRequest,
  all = false,
): MissingConsent[] {
  return scope.targets
    .map((target) => {
      const requested = requestedNames(context, tenantAccount, app, target)
      const granted = grantedNames(context, tenantAccount, app, target.resource)
      return {
        target,
        names: all ? requested : requested.filter((name) => !granted.includes(name)),
      }
    })
    .filter((missing) => missing.names.length > 0)
}

/**
 * Returns the granted scopes of a target. For `.default`, these are all granted scopes of the
 * resource.
 */
export function grantedOf(
  context: ProviderContext,
  tenantAccount: TenantAccount,
  app: AppConfig,
  target: ScopeTarget,
): readonly string[] {
  const granted = grantedNames(context, tenantAccount, app, target.resource)
  // A response for Graph contains all scopes that the user ever granted, other responses only the
  // requested ones (v2-protocols-oidc).
  if (target.isDefault || target.resource.isGraph) return granted
  return target.names.filter((name) => granted.includes(name))
}

/**
 * Returns whether an app can sign the user in without a consent page. Any consent of the user or of
 * an administrator includes the OpenID scopes (v2-permissions-and-consent), and so does
 * preauthorization.
 */
export function canSignIn(
  { store, config }: ProviderContext,
  tenantAccount: TenantAccount,
  app: AppConfig,
): boolean {
  const isPreauthorized =
    (app.preauthorized ?? []).length > 0 ||
    config.apps.some((api) => authorizedNames(api, app).length > 0)
  const everybody = { ...tenantAccount, oid: EVERYBODY }
  return (
    isPreauthorized ||
    store.consents.has(consentKey(tenantAccount, app)) ||
    store.consents.has(consentKey(everybody, app))
  )
}

/** Stores the consent of a user. Without scopes, it is the consent to the sign-in. */
export function recordConsent(
  context: ProviderContext,
  tenantAccount: TenantAccount,
  app: AppConfig,
  missing: readonly MissingConsent[],
): void {
  const key = consentKey(tenantAccount, app)
  if (deviates(context, 'consent-forgotten')) {
    context.store.consents.delete(key)
    return
  }
  const consents = context.store.consents.get(key) ?? new Set<string>()
  context.store.consents.set(key, consents)
  for (const { target, names } of missing) {
    for (const name of names) {
      consents.add(consentName(target.resource, name))
      noteGrant(context, tenantAccount, { ...target, name })
    }
  }
}

/** Writes once that a user could not grant a permission with Microsoft's policy. */
function noteGrant(context: ProviderContext, account: TenantAccount, scope: ApiScope): void {
  const { store, log } = context
  const name = consentName(scope.resource, scope.name)
  if (store.notedGrants.has(name) || grantorOf(context, account, scope) !== 'user-here') return
  store.notedGrants.add(name)
  const write = log.logger ?? log.errorLogger
  write?.(
    `A user granted ${name}. With the default policy of Microsoft, only an administrator could grant it. To try this policy, set consentPolicy of the tenant to 'microsoft'.`,
  )
}

/**
 * Stores that an administrator granted permissions to an app for all users of a tenant.
 *
 * @param permissions - Scopes in the form of `AppConfig.permissions`.
 */
export function recordAdminConsent(
  context: ProviderContext,
  tenantId: string,
  app: AppConfig,
  permissions: readonly string[],
): void {
  const key = consentKey({ tenantId, oid: EVERYBODY }, app)
  const consents = context.store.consents.get(key) ?? new Set<string>()
  context.store.consents.set(key, consents)
  for (const entry of permissions) {
    const { owner, bare } = splitPermission(context, entry)
    if (owner !== undefined) consents.add(consentName(owner, owner.find(bare)?.value ?? bare))
  }
}

/** Returns the API of a permission, and the name without the prefix. */
function splitPermission({ config }: ProviderContext, permission: string) {
  const slash = permission.lastIndexOf('/')
  const prefix = permission.slice(0, Math.max(slash, 0))
  const owner = slash < 0 ? graphResource(config) : findResource(config, prefix)
  return { owner, bare: permission.slice(slash + 1) }
}

/** Returns the names of a resource's scopes in a list of the registration. */
function registeredNames(
  context: ProviderContext,
  resource: Resource,
  list: readonly string[] | undefined,
): string[] {
  const names: string[] = []
  for (const entry of list ?? []) {
    const { owner, bare } = splitPermission(context, entry)
    if (resource.uri === '') names.push(entry)
    else if (owner?.id === resource.id) names.push(resource.find(bare)?.value ?? bare)
  }
  return names
}

function requestedNames(
  context: ProviderContext,
  tenantAccount: TenantAccount,
  app: AppConfig,
  target: ScopeTarget,
): readonly string[] {
  if (!target.isDefault) return target.names
  // `.default` does not request more consent when the user granted any scope of the resource
  // (scopes-oidc).
  const granted = grantedNames(context, tenantAccount, app, target.resource)
  return granted.length > 0 ? granted : registeredNames(context, target.resource, app.permissions)
}

function grantedNames(
  context: ProviderContext,
  tenantAccount: TenantAccount,
  app: AppConfig,
  resource: Resource,
): readonly string[] {
  const prefix = consentName(resource, '')
  const keys = [
    consentKey(tenantAccount, app),
    consentKey({ ...tenantAccount, oid: EVERYBODY }, app),
  ]
  const consents = keys.flatMap((key) => [...(context.store.consents.get(key) ?? [])])
  const stored = consents
    .filter((name) => name.startsWith(prefix))
    .map((n) => n.slice(prefix.length))
  const authorized = resource.app === undefined ? [] : authorizedNames(resource.app, app)
  const preauthorized = registeredNames(context, resource, app.preauthorized)
  return [...new Set([...preauthorized, ...authorized, ...stored])]
}

/** Returns the scopes for which an API authorizes a client, in the spelling of the API. */
function authorizedNames(api: AppConfig, client: AppConfig): readonly string[] {
  const entry = api.authorizedClients?.find(
    ({ clientId }) => clientId.toLowerCase() === client.clientId.toLowerCase(),
  )
  if (entry === undefined) return []
  const listed = entry.scopes?.map((name) => name.toLowerCase())
  return (api.scopes ?? [])
    .map(({ value }) => value)
    .filter((value) => listed?.includes(value.toLowerCase()) ?? true)
}

/** The scopes of one resource that a user or an administrator granted to an app. */
export interface RecordedConsent {
  readonly clientId: string
  /** The object ID of the user, or `undefined` when an administrator granted it for all users. */
  readonly oid: string | undefined
  /** The prefix of the scopes. */
  readonly resourceUri: string
  readonly names: readonly string[]
}

/** Returns the consents in a tenant, one for each app, user and resource. */
export function consentsIn(context: ProviderContext, tenantId: string): RecordedConsent[] {
  return [...context.store.consents].flatMap(([key, granted]) => {
    const [tenant, oid = '', clientId = ''] = key.split('/')
    if (tenant !== tenantId) return []
    const byResource = new Map<string, string[]>()
    for (const name of granted) {
      const slash = name.lastIndexOf('/')
      const uri = name.slice(0, Math.max(slash, 0))
      byResource.set(uri, [...(byResource.get(uri) ?? []), name.slice(slash + 1)])
    }
    return [...byResource].map(([resourceUri, names]) => ({
      clientId,
      oid: oid === EVERYBODY ? undefined : oid,
      resourceUri,
      names,
    }))
  })
}

/** Removes the consents of users and apps that the configuration does not contain anymore. */
export function forgetConsents({ store, config }: Pick<ProviderContext, 'store' | 'config'>): void {
  const apps = new Set(config.apps.map(({ clientId }) => clientId))
  const users = store.users.all()
  const guests = users.flatMap(({ guestOf = [] }) => guestOf)
  const oids = new Set([EVERYBODY, ...[...users, ...guests].map(({ oid }) => oid)])
  for (const key of store.consents.keys()) {
    const [, oid = '', clientId = ''] = key.split('/')
    if (!apps.has(clientId) || !oids.has(oid)) store.consents.delete(key)
  }
}

// Not a valid object ID, so it cannot be the key of a user's own consents.
const EVERYBODY = '*'

function consentKey(
  tenantAccount: Pick<TenantAccount, 'tenantId' | 'oid'>,
  app: AppConfig,
): string {
  return `${tenantAccount.tenantId}/${tenantAccount.oid}/${app.clientId}`
}
