import { GRAPH_URI } from '../../profiles/graph-permissions.js'
import { toJson, type ProviderResponse } from '../../protocol/http.js'
import type { GraphCall } from '../call.js'
import { selectProperties, type Entity, type EntityType } from './entity.js'
import { parseQuery, toSkipToken } from './query.js'

const CONTENT_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8'
const PAGE_SIZE = 100

/** Creates a JSON response with the content type of Graph. */
export function toGraphJson(body: unknown): ProviderResponse {
  return toJson(body, 200, {
    'content-type': CONTENT_TYPE,
    'cache-control': 'no-cache',
    'odata-version': '4.0',
  })
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
  const { select } = parseQuery(call.request.url.searchParams, type)
  return toGraphJson({
    '@odata.context': odataContext(call, `${type.set}${selectionOf(select)}/$entity`),
    ...selectProperties(entity, type, select),
  })
}

/** Creates the response with a page of objects. */
export function respondWithCollection(
  call: GraphCall,
  type: EntityType,
  entities: readonly Entity[],
): ProviderResponse {
  const { select, filter, top, start } = parseQuery(call.request.url.searchParams, type)
  const found = entities.filter(filter)
  const end = start + (top ?? type.pageSize ?? PAGE_SIZE)
  // Checks the names in `$select` also when the page is empty.
  selectProperties({}, type, select)
  return toGraphJson({
    '@odata.context': odataContext(call, `${type.set}${selectionOf(select)}`),
    ...(end < found.length && { '@odata.nextLink': nextLink(call, end) }),
    value: found.slice(start, end).map((entity) => selectProperties(entity, type, select)),
  })
}

/** Returns the part of `@odata.context` for the selected properties. */
function selectionOf(select: readonly string[]): string {
  return select.length === 0 ? '' : `(${select.join(',')})`
}

function nextLink({ request }: GraphCall, end: number): string {
  const { origin, pathname, searchParams } = request.url
  // Graph does not encode the dollar sign, and clients look for `$skiptoken` in the link.
  const query = [...searchParams]
    .filter(([name]) => name.toLowerCase() !== '$skiptoken')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${origin}${pathname}?${[...query, `$skiptoken=${toSkipToken(end)}`].join('&')}`
}
