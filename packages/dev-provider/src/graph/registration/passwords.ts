import { randomBytes, randomUUID } from 'node:crypto'
import { isObject } from '../../config/value-checks.js'
import type { ProviderResponse } from '../../protocol/http.js'
import type { GraphCall } from '../call.js'
import { configuredSecretId } from '../directory/application-entity.js'
import { requireApplication } from '../directory/applications.js'
import { badRequest } from '../errors.js'
import { odataContext, toGraphJson } from '../odata/respond.js'
import { recordOf } from './applications.js'
import { requireJson, respondWithoutBody } from './respond.js'

const TWO_YEARS_MS = 2 * 365 * 24 * 3600 * 1000

/** Handles POST `/applications/{id}/addPassword`. Only this response contains the secret. */
export function addPassword(call: GraphCall): ProviderResponse {
  const { app } = requireApplication(call)
  const { passwordCredential } = call.request.body === '' ? {} : requireJson(call)
  const { displayName, startDateTime, endDateTime } = isObject(passwordCredential)
    ? passwordCredential
    : {}
  const start = toTime(startDateTime, 'startDateTime') ?? call.context.nowMs()
  const end = toTime(endDateTime, 'endDateTime') ?? start + TWO_YEARS_MS
  if (end <= start) {
    throw badRequest(
      "Invalid value specified for property 'endDateTime' of resource 'PasswordCredential'.",
    )
  }
  const secret = {
    keyId: randomUUID(),
    // Secrets of Entra ID have 40 characters, and a tilde near the start.
    secretText: `dev~${randomBytes(27).toString('base64url')}`,
    displayName: typeof displayName === 'string' ? displayName : null,
    startDateTime: new Date(start).toISOString(),
    endDateTime: new Date(end).toISOString(),
  }
  const record = recordOf(app)
  record.secrets = [...record.secrets, secret]
  return toGraphJson({
    '@odata.context': odataContext(call, 'microsoft.graph.passwordCredential'),
    customKeyIdentifier: null,
    ...secret,
    hint: secret.secretText.slice(0, 3),
  })
}

/** Handles POST `/applications/{id}/removePassword`. The secret does not work anymore. */
export function removePassword(call: GraphCall): ProviderResponse {
  const { app } = requireApplication(call)
  const { keyId } = requireJson(call)
  const record = recordOf(app)
  if (app.clientSecret !== undefined && keyId === configuredSecretId(app)) {
    Reflect.deleteProperty(app, 'clientSecret')
    return respondWithoutBody()
  }
  const others = record.secrets.filter((secret) => secret.keyId !== keyId)
  if (others.length === record.secrets.length) {
    throw badRequest(`No password credential found with keyId '${String(keyId)}'.`)
  }
  record.secrets = others
  return respondWithoutBody()
}

function toTime(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined
  const time = typeof value === 'string' ? Date.parse(value) : NaN
  if (!Number.isNaN(time)) return time
  throw badRequest(
    `Invalid value specified for property '${name}' of resource 'PasswordCredential'.`,
  )
}
