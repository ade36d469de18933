import type { AppConfig, DevProviderConfig } from '../../config/config.js'
import { isGuid } from '../../config/value-checks.js'
import { findRecord } from '../../config/registration-records.js'
import type { ProviderResponse } from '../../protocol/http.js'
import { pathParam, type GraphCall } from '../call.js'
import { invalidId, notFound } from '../errors.js'
import type { Entity } from '../odata/entity.js'
import { parseQuery } from '../odata/query.js'
import { respondWithCollection, respondWithEntity } from '../odata/respond.js'
import {
  applicationId,
  keysOf,
  toApplicationEntity,
  toKeyCredential,
} from './application-entity.js'
import { applicationType } from './entity-types.js'

/** Handles `/applications`. */
export function listApplications(call: GraphCall): ProviderResponse {
  return respondWithCollection(call, applicationType, applicationsOf(call))
}

/** Handles `/applications/{id}` and `/applications(appId='…')`. */
export function readApplication(call: GraphCall): ProviderResponse {
  const { app, entity } = requireApplication(call)
  const { searchParams } = call.request.url
  // Only this request returns the certificates themselves.
  const { select } = parseQuery(searchParams, applicationType)
  const hasKeys = select.some((name) => name.toLowerCase() === 'keycredentials')
  const keys = keysOf(app).map((key) => toKeyCredential(key, 'raw'))
  return respondWithEntity(call, applicationType, {
    ...entity,
    ...(hasKeys && { keyCredentials: keys }),
  })
}

/**
 * Returns the app registration that the path names.
 *
 * @throws GraphError when it does not exist, or when the switch `newAppNotFound` hides it.
 */
export function requireApplication(call: GraphCall): {
  readonly app: AppConfig
  readonly entity: Entity
} {
  const apps = appsIn(call.context.config, call.caller.tenantId)
  const entity = requireByKey(applicationsOf(call), pathParam(call, 'id'))
  const app = apps.find((each) => applicationId(each) === entity['id'])
  if (app === undefined || isHidden(app)) throw notFound(pathParam(call, 'id'))
  return { app, entity }
}

/** Returns whether a new app is still hidden from this request. Counts the request. */
export function isHidden(app: AppConfig): boolean {
  const record = findRecord(app)
  if (record === undefined || record.hiddenRequests <= 0) return false
  record.hiddenRequests -= 1
  return true
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

/** Returns an app registration in the tenant of the caller. */
export function entityOf({ context, caller }: GraphCall, app: AppConfig): Entity {
  const { tenants } = context.config
  const tenant = tenants.find(({ id }) => id.toLowerCase() === caller.tenantId.toLowerCase())
  return toApplicationEntity(app, tenant?.domains[0] ?? null)
}

function applicationsOf(call: GraphCall): Entity[] {
  return appsIn(call.context.config, call.caller.tenantId).map((app) => entityOf(call, app))
}
