import type { ProviderResponse } from '../../protocol/http.js'
import { pathParam, type RespondForUser, type UserCall } from '../call.js'
import { GraphError } from '../errors.js'
import type { Entity, EntityType } from '../odata/entity.js'
import { respondWithCollection, respondWithCount, respondWithEntity } from '../odata/respond.js'

/** The handlers of a list in a mailbox, for example `/me/events`. */
export interface ItemHandlers {
  /** Handles the list. */
  readonly list: RespondForUser
  /** Handles `$count` of the list. */
  readonly count: RespondForUser
  /** Handles one item by its ID. */
  readonly read: RespondForUser
}

/**
 * Creates the handlers of a list in a mailbox.
 *
 * @param name - The placeholder of the ID in the path.
 * @param itemsOf - Returns all items that the caller can see.
 */
export function itemHandlers(
  name: string,
  type: EntityType,
  itemsOf: (call: UserCall) => Entity[],
): ItemHandlers {
  return {
    list: (call) => respondWithCollection(call, type, itemsOf(call)),
    count: (call) => respondWithCount(call, type, itemsOf(call)),
    read(call): ProviderResponse {
      const id = pathParam(call, name)
      const item = itemsOf(call).find((entry) => entry['id'] === id)
      if (item === undefined) throw itemNotFound()
      return respondWithEntity(call, type, item)
    },
  }
}

/** Creates the error for an item that a mailbox does not contain. */
export function itemNotFound(): GraphError {
  return new GraphError(404, {
    code: 'ErrorItemNotFound',
    message: 'The specified object was not found in the store.',
  })
}
