import { randomUUID } from 'node:crypto'
import type { AppConfig } from '../../config/config.js'
import {
  findRecord,
  setRecord,
  type RegistrationRecord,
} from '../../config/registration-records.js'
import { isObject } from '../../config/value-checks.js'
import type { ProviderResponse } from '../../protocol/http.js'
import { forgetRemoved } from '../../state/forget-removed.js'
import type { GraphCall } from '../call.js'
import { toApplicationEntity } from '../directory/application-entity.js'
import { appsIn, entityOf, isHidden, requireApplication } from '../directory/applications.js'
import { applicationType, servicePrincipalType } from '../directory/entity-types.js'
import { hasPrincipal, readServicePrincipal } from '../directory/service-principals.js'
import { badRequest, GraphError } from '../errors.js'
import type { Entity } from '../odata/entity.js'
import { checkApplication } from './check-application.js'
import { toKeys } from './keys.js'
import { requireJson, respondCreated, respondWithoutBody } from './respond.js'
import { assignSettings, toAppSettings } from './to-app-config.js'

/** Handles POST `/applications`. The new app works at once. */
export function createApplication(call: GraphCall): ProviderResponse {
  const { context, caller } = call
  const { config } = context
  const body: Entity = { signInAudience: 'AzureADMyOrg', api: {}, ...requireJson(call) }
  const app: AppConfig = {
    clientId: randomUUID(),
    name: '',
    redirectUris: [],
    tenants: [caller.tenantId],
    // As in Entra ID, `requestedAccessTokenVersion` is 1 unless the request sets it.
    accessTokenVersion: 1,
    optionalClaims: ['roles', 'email'],
  }
  const record: RegistrationRecord = {
    ...newRecord(),
    isCreated: true,
    createdDateTime: new Date(context.nowMs()).toISOString(),
    hasPrincipal: false,
    properties: { api: { ...NEW_API } },
  }
  // The rules compare with the API of the body, because a new registration does not have another one yet.
  const before = { ...toApplicationEntity(app, null), api: body['api'] }
  change(call, app, { record, before, body })
  record.hiddenRequests = context.behaviour.newAppNotFound
  Object.assign(config, { apps: [...config.apps, app] })
  return respondCreated(call, applicationType, { ...entityOf(call, app), deletedDateTime: null })
}

/** Handles PATCH `/applications/{id}`. */
export function updateApplication(call: GraphCall): ProviderResponse {
  const { app, entity } = requireApplication(call)
  change(call, app, { record: recordOf(app), before: entity, body: requireJson(call) })
  return respondWithoutBody()
}

/** Handles DELETE `/applications/{id}`. */
export function deleteApplication(call: GraphCall): ProviderResponse {
  const { app } = requireApplication(call)
  const { config } = call.context
  if (config.apps.length === 1) {
    throw badRequest(
      'The development provider needs at least one app registration, so you cannot delete the last one.',
      'BadRequest',
    )
  }
  Object.assign(config, { apps: config.apps.filter((each) => each !== app) })
  forgetRemoved(call.context)
  return respondWithoutBody()
}

/** Handles POST `/servicePrincipals`, which adds an app to the tenant. */
export function createServicePrincipal(call: GraphCall): ProviderResponse {
  const { appId } = requireJson(call)
  const { context, caller } = call
  const app = appsIn(context.config, caller.tenantId).find(
    ({ clientId }) => clientId.toLowerCase() === String(appId).toLowerCase(),
  )
  if (app === undefined || isHidden(app)) {
    throw badRequest(
      `The appId '${String(appId)}' of the service principal does not reference a valid application object.`,
      'NoBackingApplicationObject',
    )
  }
  if (hasPrincipal(app)) {
    throw new GraphError(409, {
      code: 'Request_MultipleObjectsWithSameKeyValue',
      message: `The service principal cannot be created, updated, or restored because the service principal name ${app.clientId} is already in use.`,
    })
  }
  recordOf(app).hasPrincipal = true
  const found = readServicePrincipal({ ...call, params: { id: `appId=${app.clientId}` } })
  const { '@odata.context': _context, ...entity } = JSON.parse(String(found.body)) as Entity
  return respondCreated(call, servicePrincipalType, entity)
}

/** Returns the record of an app. An app of the configuration gets one with its first change. */
export function recordOf(app: AppConfig): RegistrationRecord {
  const record = findRecord(app)
  if (record !== undefined) return record
  const added = newRecord()
  setRecord(app, added)
  return added
}

function newRecord(): RegistrationRecord {
  return {
    isCreated: false,
    createdDateTime: '2024-01-15T08:00:00Z',
    hasPrincipal: true,
    hiddenRequests: 0,
    properties: {},
    secrets: [],
  }
}

const NEW_API = {
  acceptMappedClaims: null,
  knownClientApplications: [],
  requestedAccessTokenVersion: null,
  oauth2PermissionScopes: [],
  preAuthorizedApplications: [],
}

interface Change {
  readonly record: RegistrationRecord
  readonly before: Entity
  readonly body: Entity
}

function change(call: GraphCall, app: AppConfig, { record, before, body }: Change): void {
  const { config } = call.context
  const { tenantId } = call.caller
  const written = Object.entries(body)
    .filter(([name]) => !name.startsWith('@') && name !== 'keyCredentials')
    .map(([name, value]) => [name, merge(record.properties[name] ?? before[name], value)])
  const properties = Object.fromEntries(written) as Entity
  const after = { ...before, ...properties }
  checkApplication({ config, tenantId, before, body, after })
  const keys =
    body['keyCredentials'] === undefined ? undefined : toKeys(app, body['keyCredentials'])
  setRecord(app, record)
  record.properties = { ...record.properties, ...properties }
  assignSettings(app, toAppSettings(config, tenantId, { body, after }))
  if (keys === undefined) return
  record.keys = keys
  assignSettings(app, { certificates: keys.map(({ pem }) => pem) })
}

/**
 * Merges a value into a property. For an object such as `web`, only the members in the request are replaced. A list is
 * replaced completely.
 */
function merge(before: unknown, value: unknown): unknown {
  return isObject(before) && isObject(value) ? { ...before, ...value } : value
}
