import { GRAPH_URI } from '../../profiles/graph-permissions.js'
import { toJson, type ProviderResponse } from '../../protocol/http.js'
import type { GraphCall } from '../call.js'
import { badRequest } from '../errors.js'
import type { Entity, EntityType } from './entity.js'
import { parseFilter } from './filter.js'
import { parseQuery, toSkipToken, type Query } from './query.js'
import { selectionOf, selectProperties } from './select.js'

const CONTENT_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8'

/** Creates a JSON response with the content type of Graph. */
export function toGraphJson(body: unknown): ProviderResponse {
  return toJson(body, 200, { 'content-type': CONTENT_TYPE })
}

/** Returns the value of `@odata.context`. */
export function odataContext({ version }: GraphCall, content: string): string {
  return `${GRAPH_URI}${version}/$metadata#${content}`
}

/** Creates the response with one object. */
export function respondWithEntity(
  call: GraphCall,
  type: EntityType,
  entity: Entity,
): ProviderResponse {
  const { select } = queryOf(call, type)
  const context = odataContext(call, `${type.set}${selectionOf(select)}/$entity`)
  return toGraphJson({
    '@odata.context': context,
    ...selectProperties(entity, type, select),
  })
}

/** Creates the response with a page of objects. */
export function respondWithCollection(
  call: GraphCall,
  type: EntityType,
  entities: readonly Entity[],
): ProviderResponse {
  const query = queryOf(call, type)
  const found = filterEntities(entities, query, type)
  const end = query.start + (query.top ?? type.service.pageSize)
  const page = found
    .slice(query.start, end)
    .map((entity) => selectProperties(entity, type, query.select))
  // Checks the names in `$select` also when the page is empty.
  selectProperties({}, type, query.select)
  return toGraphJson({
    '@odata.context': odataContext(call, `${type.set}${selectionOf(query.select)}`),
    ...(query.count && { '@odata.count': found.length }),
    ...(end < found.length && query.top !== 0 && { '@odata.nextLink': nextLink(call, type, end) }),
    value: page,
  })
}

/** Creates the response with the number of objects, at `/$count`. */
export function respondWithCount(
  call: GraphCall,
  type: EntityType,
  entities: readonly Entity[],
): ProviderResponse {
  const { service } = type
  const { headers } = call.request
  if (service.isDirectory && headers['consistencylevel']?.toLowerCase() !== 'eventual') {
    throw badRequest('$count is not currently supported.')
  }
  const count = filterEntities(entities, queryOf(call, type), type).length
  return {
    ...toGraphJson(undefined),
    headers: { 'content-type': 'text/plain' },
    body: String(count),
  }
}

function queryOf({ request }: GraphCall, type: EntityType): Query {
  return parseQuery(request.url.searchParams, type, request.headers)
}

function filterEntities(
  entities: readonly Entity[],
  { filter }: Query,
  type: EntityType,
): readonly Entity[] {
  return filter === undefined ? entities : entities.filter(parseFilter(filter, type))
}

function nextLink({ request }: GraphCall, { service }: EntityType, end: number): string {
  const next = new URL(request.url)
  next.searchParams.delete('$skip')
  next.searchParams.delete('$skiptoken')
  // Graph does not encode the dollar sign, and clients look for `$skiptoken` in the link.
  const query = [...next.searchParams].map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  )
  const token = service.isDirectory ? `$skiptoken=${toSkipToken(end)}` : `$skip=${end}`
  return `${next.origin}${next.pathname}?${[...query, token].join('&')}`
}
