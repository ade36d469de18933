import type { AppConfig, DevProviderConfig } from '../../config/config.js'
import { isGuid } from '../../config/value-checks.js'
import { idUrisOf } from '../../profiles/resources.js'
import { derivedGuid } from '../../profiles/subject.js'
import type { ProviderResponse } from '../../protocol/http.js'
import { pathParam, type GraphCall } from '../call.js'
import { invalidId, notFound } from '../errors.js'
import type { Entity } from '../odata/entity.js'
import { respondWithCollection, respondWithCount, respondWithEntity } from '../odata/respond.js'
import { toAppRole, toPermissionScope } from './app-permissions.js'
import { applicationType } from './entity-types.js'

/** Handles `/applications`. */
export function listApplications(call: GraphCall): ProviderResponse {
  return respondWithCollection(call, applicationType, applicationsOf(call))
}

/** Handles `/applications/$count`. */
export function countApplications(call: GraphCall): ProviderResponse {
  return respondWithCount(call, applicationType, applicationsOf(call))
}

/** Handles `/applications/{id}` and `/applications(appId='…')`. */
export function readApplication(call: GraphCall): ProviderResponse {
  const entity = requireByKey(applicationsOf(call), pathParam(call, 'id'))
  return respondWithEntity(call, applicationType, entity)
}

/** Returns the apps of a tenant. */
export function appsIn({ apps }: DevProviderConfig, tenantId: string): AppConfig[] {
  return apps.filter(
    ({ tenants }) => tenants?.some((id) => id.toLowerCase() === tenantId.toLowerCase()) ?? true,
  )
}

/**
 * Returns the object with an object ID, or with `appId=…`.
 *
 * @throws GraphError when the object does not exist.
 */
export function requireByKey(entities: readonly Entity[], key: string): Entity {
  const [, appId] = /^appId=(.*)$/i.exec(key) ?? []
  const normalized = (appId ?? key).toLowerCase()
  const property = appId === undefined ? 'id' : 'appId'
  const found = entities.find((entity) => String(entity[property]).toLowerCase() === normalized)
  if (found !== undefined) return found
  if (appId === undefined && !isGuid(key)) throw invalidId(key)
  throw notFound(appId ?? key)
}

function applicationsOf({ context, caller }: GraphCall): Entity[] {
  const { config } = context
  const tenant = config.tenants.find(({ id }) => id.toLowerCase() === caller.tenantId.toLowerCase())
  return appsIn(config, caller.tenantId).map((app) => toEntity(app, tenant?.domains[0] ?? null))
}

function toEntity(app: AppConfig, publisherDomain: string | null): Entity {
  const { scopes = [], appRoles = [], redirectUris } = app
  return {
    id: derivedGuid(`application ${app.clientId}`),
    appId: app.clientId,
    displayName: app.name,
    createdDateTime: '2024-01-15T08:00:00Z',
    identifierUris: idUrisOf(app),
    isFallbackPublicClient: app.publicClientFlows ?? false,
    publisherDomain,
    signInAudience: app.tenants === undefined ? 'AzureADMultipleOrgs' : 'AzureADMyOrg',
    tags: [],
    api: {
      requestedAccessTokenVersion: app.accessTokenVersion ?? 2,
      oauth2PermissionScopes: scopes.map((scope) => toPermissionScope(app.clientId, scope)),
    },
    appRoles: appRoles.map((role) => toAppRole(app.clientId, role)),
    // Secrets and certificates are not part of the response, only their number.
    keyCredentials: (app.certificates ?? []).map((_, index) => ({
      keyId: derivedGuid(`certificate ${index} ${app.clientId}`),
      type: 'AsymmetricX509Cert',
      usage: 'Verify',
      key: null,
    })),
    passwordCredentials:
      app.clientSecret === undefined
        ? []
        : [{ keyId: derivedGuid(`secret ${app.clientId}`), hint: null, secretText: null }],
    publicClient: { redirectUris: [] },
    spa: { redirectUris: [] },
    web: {
      redirectUris: redirectUris === 'loopback' ? [] : redirectUris,
      logoutUrl: app.frontChannelLogoutUri ?? null,
    },
  }
}
