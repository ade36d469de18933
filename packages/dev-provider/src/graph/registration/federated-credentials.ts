import { randomUUID } from 'node:crypto'
import type { AppConfig } from '../../config/config.js'
import type { FederatedRecord } from '../../config/registration-records.js'
import { isNonEmptyString } from '../../config/value-checks.js'
import type { ProviderResponse } from '../../protocol/http.js'
import type { GraphCall } from '../call.js'
import { federatedOf } from '../directory/application-entity.js'
import { requireApplication } from '../directory/applications.js'
import { federatedType } from '../directory/entity-types.js'
import { badRequest, GraphError } from '../errors.js'
import type { Entity } from '../odata/entity.js'
import { respondWithCollection } from '../odata/respond.js'
import { recordOf } from './applications.js'
import { requireJson, respondCreated } from './respond.js'
import { assignSettings } from './to-app-config.js'

const MAX_CREDENTIALS = 20

/** Handles GET `/applications/{id}/federatedIdentityCredentials`. */
export function listFederated(call: GraphCall): ProviderResponse {
  const { app } = requireApplication(call)
  return respondWithCollection(
    call,
    federatedType,
    federatedOf(app).map((credential) => ({ ...credential })),
  )
}

/** Handles POST `/applications/{id}/federatedIdentityCredentials`. */
export function createFederated(call: GraphCall): ProviderResponse {
  const { app } = requireApplication(call)
  const credential = toCredential(randomUUID(), requireJson(call))
  store(app, [...federatedOf(app), credential])
  return respondCreated(call, federatedType, { ...credential })
}

function toCredential(id: string, body: Entity): FederatedRecord {
  const { name, issuer, subject, audiences, description = null } = body
  const list: readonly unknown[] = Array.isArray(audiences) ? audiences : []
  const audience = list.length === 1 ? list[0] : undefined
  const isName = isNonEmptyString(name) && /^[\w-]{3,120}$/.test(name)
  if (!isName) throw invalidCredential('name')
  if (!isNonEmptyString(issuer) || !URL.canParse(issuer.replace('{origin}', 'http://localhost'))) {
    throw invalidCredential('issuer')
  }
  if (!isNonEmptyString(subject)) throw invalidCredential('subject')
  if (!isNonEmptyString(audience)) throw invalidCredential('audiences')
  return {
    id,
    name,
    issuer,
    subject,
    audiences: [audience],
    description: typeof description === 'string' ? description : null,
  }
}

function invalidCredential(property: string): GraphError {
  return badRequest(
    `Invalid value specified for property '${property}' of resource 'FederatedIdentityCredential'.`,
  )
}

function store(app: AppConfig, credentials: readonly FederatedRecord[]): void {
  if (credentials.length > MAX_CREDENTIALS) {
    throw badRequest(
      `The application has the maximum of ${MAX_CREDENTIALS} federated identity credentials.`,
    )
  }
  const names = credentials.map(({ name }) => name.toLowerCase())
  const pairs = credentials.map(({ issuer, subject }) => `${issuer} ${subject}`)
  if (new Set(names).size < names.length || new Set(pairs).size < pairs.length) {
    throw new GraphError(409, {
      code: 'Request_MultipleObjectsWithSameKeyValue',
      message:
        'FederatedIdentityCredential with this name, or with this combination of issuer and subject, already exists.',
    })
  }
  recordOf(app).federated = credentials
  const federatedCredentials = credentials.map(({ issuer, subject, audiences: [audience] }) => ({
    issuer,
    subject,
    ...(audience !== undefined && { audience }),
  }))
  assignSettings(app, { federatedCredentials })
}
