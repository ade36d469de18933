import type {
  AppConfig,
  DevProviderConfig,
  OptionalClaim,
  ScopeConfig,
} from '../../config/config.js'
import { valuesOf } from '../../config/schema.js'
import { isObject, isStringList } from '../../config/value-checks.js'
import { GRAPH_CLIENT_ID, graphPermissions } from '../../profiles/graph-permissions.js'
import { toPermissionScope } from '../directory/app-permissions.js'
import { toApplicationEntity } from '../directory/application-entity.js'
import type { Entity } from '../odata/entity.js'

type Settings = { -readonly [Name in keyof AppConfig]?: AppConfig[Name] | undefined }

/**
 * Returns the settings of an app that follow from a change of its registration. Settings of properties that the body
 * does not contain are not returned.
 */
export function toAppSettings(
  config: DevProviderConfig,
  tenantId: string,
  { body, after }: { readonly body: Entity; readonly after: Entity },
): Settings {
  const settings: Settings = {}
  const has = (name: string): boolean => Object.hasOwn(body, name)
  if (has('displayName')) settings.name = String(after['displayName'])
  if (has('web') || has('spa') || has('publicClient')) Object.assign(settings, toUris(body, after))
  if (has('identifierUris')) Object.assign(settings, toIdUris(after['identifierUris']))
  if (has('api')) Object.assign(settings, toApi(after['api']))
  if (has('appRoles')) settings.appRoles = toAppRoles(after['appRoles'])
  if (has('optionalClaims') || has('groupMembershipClaims')) {
    settings.optionalClaims = toOptionalClaims(after)
  }
  if (has('isFallbackPublicClient')) {
    settings.publicClientFlows = after['isFallbackPublicClient'] === true
  }
  if (has('signInAudience')) {
    settings.tenants = after['signInAudience'] === 'AzureADMyOrg' ? [tenantId] : undefined
  }
  if (has('requiredResourceAccess')) {
    settings.permissions = toPermissions(config, after['requiredResourceAccess'])
  }
  return settings
}

/** Sets the settings of an app, and removes those that are `undefined`. */
export function assignSettings(app: AppConfig, settings: Settings): void {
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) Reflect.deleteProperty(app, name)
    else Object.assign(app, { [name]: value })
  }
}

function toUris(body: Entity, after: Entity): Settings {
  const platforms = ['web', 'spa', 'publicClient']
  const isChanged = platforms.some((name) => partOf(body, name)['redirectUris'] !== undefined)
  const uris = platforms.flatMap((name) => stringsOf(partOf(after, name)['redirectUris']))
  const { logoutUrl } = partOf(after, 'web')
  return {
    ...(isChanged && { redirectUris: [...new Set(uris)] }),
    frontChannelLogoutUri: typeof logoutUrl === 'string' ? logoutUrl : undefined,
  }
}

function toIdUris(value: unknown): Settings {
  const [idUri, ...otherIdUris] = stringsOf(value)
  return { idUri, otherIdUris: otherIdUris.length === 0 ? undefined : otherIdUris }
}

function toApi(api: unknown): Settings {
  const { requestedAccessTokenVersion, oauth2PermissionScopes, preAuthorizedApplications } =
    isObject(api) ? api : {}
  const scopes = entitiesOf(oauth2PermissionScopes)
  const values = new Map(scopes.map(({ id, value }) => [id, String(value)]))
  return {
    accessTokenVersion: requestedAccessTokenVersion === 2 ? 2 : 1,
    scopes: scopes.filter(({ isEnabled }) => isEnabled === true).map(toScope),
    authorizedClients: entitiesOf(preAuthorizedApplications).map((client) => ({
      clientId: String(client['appId']),
      scopes: stringsOf(client['delegatedPermissionIds']).flatMap((id) => values.get(id) ?? []),
    })),
  }
}

function toScope(scope: Entity): ScopeConfig {
  const texts = ['userConsentDisplayName', 'adminConsentDisplayName'].map((name) => scope[name])
  const text = texts.find((each) => typeof each === 'string' && each !== '')
  return {
    value: String(scope['value']),
    description: String(text ?? scope['value']),
    ...(scope['type'] === 'Admin' && { adminConsent: true }),
  }
}

function toAppRoles(value: unknown): string[] {
  return entitiesOf(value)
    .filter(({ isEnabled, allowedMemberTypes }) => {
      return isEnabled === true && stringsOf(allowedMemberTypes).includes('Application')
    })
    .map((role) => String(role['value']))
}

/** Returns the optional claims. Entra ID always adds `roles`. The provider adds `email` with the scope of this name. */
function toOptionalClaims({ optionalClaims, groupMembershipClaims }: Entity): OptionalClaim[] {
  const { idToken, accessToken } = isObject(optionalClaims) ? optionalClaims : {}
  const named = [idToken, accessToken].flatMap(entitiesOf).map(({ name }) => String(name))
  const hasGroups = typeof groupMembershipClaims === 'string' && groupMembershipClaims !== 'None'
  const all = ['roles', 'email', ...(hasGroups ? ['groups'] : []), ...named]
  return valuesOf<OptionalClaim>('OptionalClaim').filter((name) => all.includes(name))
}

function toPermissions({ apps }: DevProviderConfig, access: unknown): string[] {
  return entitiesOf(access).flatMap(({ resourceAppId, resourceAccess }) => {
    const isGraph = resourceAppId === GRAPH_CLIENT_ID
    const api = apps.find(({ clientId }) => clientId === resourceAppId)
    const scopes = isGraph
      ? graphPermissions.map((scope) => toPermissionScope(GRAPH_CLIENT_ID, scope))
      : entitiesOf(api && partOf(toApplicationEntity(api, null), 'api')['oauth2PermissionScopes'])
    const ids = new Set(entitiesOf(resourceAccess).map(({ id }) => id))
    return scopes
      .filter(({ id }) => ids.has(id))
      .map(({ value }) => (isGraph ? String(value) : `${api?.idUri ?? ''}/${String(value)}`))
  })
}

function partOf(entity: Entity, name: string): Entity {
  const value = entity[name]
  return isObject(value) ? value : {}
}

function stringsOf(value: unknown): readonly string[] {
  return isStringList(value) ? value : []
}

function entitiesOf(value: unknown): Entity[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
