import type { GraphResponseConfig } from '../config/config.js'
import type { ProviderResponse } from '../protocol/http.js'
import { WITHOUT_BODY } from '../config/check-graph.js'
import { isObject } from '../config/value-checks.js'
import type { GraphCall } from './call.js'
import { findAccount } from './directory/user-entity.js'
import type { Entity, EntityType } from './odata/entity.js'
import { odataContext, respondWithCollection, toGraphJson } from './odata/respond.js'
import { parsePath } from './path.js'

/** Returns the response that the configuration contains for a request. */
export function findConfigured(
  call: GraphCall,
  segments: readonly string[],
): GraphResponseConfig | undefined {
  const { graph = {} } = call.context.config
  const entries = Object.entries(graph)
  if (entries.length === 0) return undefined
  const method = call.request.method === 'HEAD' ? 'GET' : call.request.method
  const byPath = new Map(entries.map(([key, value]) => [normalizeKey(key), value]))
  for (const path of pathsOf(call, segments)) {
    const response = byPath.get(`${method} ${path}`)
    if (response !== undefined) return response
  }
  return undefined
}

/** Creates the response of the configuration. A list has pages and query options. */
export function respondWithConfigured(
  call: GraphCall,
  segments: readonly string[],
  configured: GraphResponseConfig,
): ProviderResponse {
  const { $status = 200, $headers = {}, $scopes: _scopes, ...body } = configured
  const headers = Object.fromEntries(
    Object.entries($headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  if (WITHOUT_BODY.includes($status)) return { status: $status, headers, body: '' }
  const response = toResponse(call, segments, Object.hasOwn(body, '$body') ? body.$body : body)
  return { ...response, status: $status, headers: { ...response.headers, ...headers } }
}

function toResponse(call: GraphCall, segments: readonly string[], body: unknown): ProviderResponse {
  if (body === undefined) return { status: 200, headers: {}, body: '' }
  if (!isObject(body)) return toGraphJson(body)
  const set = segments.join('/')
  const { value, ...rest } = body
  const isList = Array.isArray(value) && value.every(isObject) && isRead(call)
  if (!isList) {
    const isError = Object.hasOwn(body, 'error')
    const context = isError ? {} : { '@odata.context': odataContext(call, `${set}/$entity`) }
    return toGraphJson({ ...context, ...body })
  }
  const type: EntityType = { name: segments.at(-1) ?? '', set, pageSize: Infinity }
  const page = respondWithCollection(call, type, value)
  return toGraphJson({ ...(JSON.parse(String(page.body)) as Entity), ...rest })
}

/** Returns the keys that fit a request, the most specific first. */
function pathsOf(call: GraphCall, segments: readonly string[]): string[] {
  const { caller, context } = call
  const [first = '', second = '', ...others] = segments.map((segment) => segment.toLowerCase())
  const isMe = first === 'me'
  const isUser = first === 'users' && segments.length > 1
  const asked = segments.join('/').toLowerCase()
  if (!isMe && !isUser) return [asked]
  const account = findAccount(context, caller.tenantId, isMe ? caller.oid : second)
  if (account === undefined) return [asked]
  const rest = isMe ? [second, ...others].filter(Boolean) : others
  return [
    ...[account.user.username, account.oid].map((name) => ['users', name, ...rest]),
    ['me', ...rest],
  ].map((path) => path.join('/').toLowerCase())
}

function normalizeKey(key: string): string {
  const [, method = 'GET', path = ''] = /^(?:(\w+) )?(\/.*)$/.exec(key) ?? []
  // The version is not part of the key.
  return `${method} ${parsePath(`/v1.0${path}`).segments.join('/').toLowerCase()}`
}

function isRead({ request }: GraphCall): boolean {
  return request.method === 'GET' || request.method === 'HEAD'
}
