import type { RequestRecord } from '../controls/request-log.js'
import { param } from '../protocol/http.js'
import type { ProviderContext } from '../state/context.js'
import { endpointName } from './endpoint-names.js'
import { MAX_DETAILS, type RequestDetails } from '../state/request-details.js'

/** A request with its details. */
export interface SeenRequest {
  readonly record: RequestRecord
  readonly details: RequestDetails
}

/** The requests that the developer wants to see. */
export interface RequestFilter {
  readonly app: string | undefined
  readonly endpoint: string | undefined
  readonly isFailedOnly: boolean
}

/** Reads the filter from the query of the page. */
export function parseFilter(query: URLSearchParams): RequestFilter {
  return {
    app: param(query, 'app'),
    endpoint: param(query, 'endpoint'),
    isFailedOnly: query.get('only') === 'failed',
  }
}

/** Returns the query of a filter, without other parameters. */
export function toQuery({ app, endpoint, isFailedOnly }: RequestFilter): string {
  const query = new URLSearchParams()
  if (app !== undefined) query.set('app', app)
  if (endpoint !== undefined) query.set('endpoint', endpoint)
  if (isFailedOnly) query.set('only', 'failed')
  return query.toString()
}

/** Returns the last requests in the order of their arrival. */
export function lastRequests({ log, history }: ProviderContext): readonly SeenRequest[] {
  return log.records.slice(-MAX_DETAILS).map((record) => ({ record, details: history.of(record) }))
}

/** Returns whether a filter shows a request. */
export function isShown({ record, details }: SeenRequest, filter: RequestFilter): boolean {
  const { app, endpoint, isFailedOnly } = filter
  if (app !== undefined && details.clientId?.toLowerCase() !== app.toLowerCase()) return false
  if (endpoint !== undefined && endpointName(record.endpoint) !== endpoint) return false
  return !isFailedOnly || isFailed(record)
}

/** Returns whether a request failed. An error in a redirect counts as well. */
export function isFailed({ status = 0, error, failure }: RequestRecord): boolean {
  return status >= 400 || error !== undefined || failure !== undefined
}
