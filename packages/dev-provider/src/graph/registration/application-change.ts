import type { DevProviderConfig } from '../../config/config.js'
import { badRequest, type GraphError } from '../errors.js'
import type { Entity } from '../odata/entity.js'

/** An app registration before and after a change. */
export interface ApplicationChange {
  readonly config: DevProviderConfig
  readonly tenantId: string
  /** The registration before the change. A new registration only has `id` and `appId`. */
  readonly before: Entity
  readonly body: Entity
  /** The registration with the change. */
  readonly after: Entity
}

/** Creates the error for a value that does not have the type of its property. */
export function invalidValue(name: string, remedy?: string): GraphError {
  return badRequest(
    `Invalid value specified for property '${name}' of resource 'Application'.`,
    undefined,
    remedy,
  )
}
