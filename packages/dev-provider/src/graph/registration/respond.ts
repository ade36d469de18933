import type { ProviderResponse } from '../../protocol/http.js'
import type { GraphCall } from '../call.js'
import { readJson } from '../directory/members.js'
import { badRequest } from '../errors.js'
import type { Entity, EntityType } from '../odata/entity.js'
import { odataContext, toGraphJson } from '../odata/respond.js'

/** Creates the response for a new object. */
export function respondCreated(
  call: GraphCall,
  type: EntityType,
  entity: Entity,
): ProviderResponse {
  const { origin, pathname } = call.request.url
  const body = { '@odata.context': odataContext(call, `${type.set}/$entity`), ...entity }
  const response = toGraphJson(body)
  const location = `${origin}${pathname}/${String(entity['id'])}`
  return { ...response, status: 201, headers: { ...response.headers, location } }
}

/** Creates the response for a change, which has no body. */
export function respondWithoutBody(): ProviderResponse {
  return { status: 204, headers: { 'cache-control': 'no-cache' }, body: '' }
}

/**
 * Returns the JSON object in the body of a request.
 *
 * @throws GraphError when the body is not a JSON object.
 */
export function requireJson({ request }: GraphCall): Entity {
  const body = readJson(request)
  if (body !== undefined) return body
  throw badRequest(
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    'BadRequest',
  )
}
