import { randomUUID } from 'node:crypto'
import type { ProviderRequest, ProviderResponse } from '../protocol/http.js'

/** The IDs that a response of Graph contains, as headers and in an error. */
export interface GraphIds {
  readonly requestId: string
  /** The ID of the client, or the same as `requestId` when the client does not send one. */
  readonly clientRequestId: string
}

/** Creates the IDs of a request. */
export function createIds({ headers, correlationId }: ProviderRequest): GraphIds {
  const isSent = headers['client-request-id'] !== undefined
  return { requestId: isSent ? randomUUID() : correlationId, clientRequestId: correlationId }
}

/** Adds the IDs to a response as headers. */
export function withIds(response: ProviderResponse, ids: GraphIds): ProviderResponse {
  return {
    ...response,
    headers: {
      'request-id': ids.requestId,
      'client-request-id': ids.clientRequestId,
      ...response.headers,
    },
  }
}
