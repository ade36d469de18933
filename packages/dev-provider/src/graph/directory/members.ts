import { isGuid, isObject } from '../../config/value-checks.js'
import type { ProviderRequest, ProviderResponse } from '../../protocol/http.js'
import type { UserCall } from '../call.js'
import { badRequest } from '../errors.js'
import type { EntityType } from '../odata/entity.js'
import { parseQuery, toSkipToken } from '../odata/query.js'
import { odataContext, toGraphJson } from '../odata/respond.js'

const MAX_GROUP_IDS = 20
const PAGE_SIZE = 100
const STRINGS = 'Collection(Edm.String)'
const idType: EntityType = { name: 'directoryObject', set: STRINGS }

/**
 * Handles `getMemberObjects` and `getMemberGroups`, which return the groups that an overage claim
 * replaces in the token.
 */
export function listGroupIds(call: UserCall): ProviderResponse {
  const { request, account } = call
  const { origin, pathname, searchParams } = request.url
  const isPage = searchParams.has('$skiptoken')
  if (request.method === 'POST' ? !isGroupsBody(request) : !isPage) {
    throw badRequest(
      'Send a POST request with the boolean securityEnabledOnly in a JSON body, or a GET request to @odata.nextLink.',
    )
  }
  const groups = account.user.groups ?? []
  const { start } = parseQuery(searchParams, idType)
  const end = start + PAGE_SIZE
  return toGraphJson({
    '@odata.context': odataContext(call, STRINGS),
    ...(end < groups.length && {
      '@odata.nextLink': `${origin}${pathname}?$skiptoken=${toSkipToken(end)}`,
    }),
    value: groups.slice(start, end),
  })
}

/** Handles `checkMemberGroups`, which returns those of the given groups that the user belongs to. */
export function checkMemberGroups(call: UserCall): ProviderResponse {
  const { groupIds } = readJson(call.request) ?? {}
  const isValid =
    Array.isArray(groupIds) && groupIds.length <= MAX_GROUP_IDS && groupIds.every(isGuid)
  if (!isValid) {
    throw badRequest(
      `Send a POST request with groupIds in a JSON body: at most ${MAX_GROUP_IDS} object IDs of groups.`,
    )
  }
  const asked = new Set(groupIds.map((id) => id.toLowerCase()))
  const groups = call.account.user.groups ?? []
  return toGraphJson({
    '@odata.context': odataContext(call, STRINGS),
    value: groups.filter((id) => asked.has(id.toLowerCase())),
  })
}

/** Returns the JSON object in the body of a request. */
export function readJson({ headers, body }: ProviderRequest): Record<string, unknown> | undefined {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return undefined
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isGroupsBody(request: ProviderRequest): boolean {
  return typeof readJson(request)?.['securityEnabledOnly'] === 'boolean'
}
