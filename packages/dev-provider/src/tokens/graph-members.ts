import type { ProviderContext } from '../state/context.js'
import { GRAPH_URI } from '../profiles/graph-permissions.js'
import { graphDenied, graphError } from './graph-errors.js'
import { findUserById, verifyGraphToken, splitClaim } from './graph-token.js'
import { toJson, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'

const PAGE_SIZE = 100
const MAX_GROUP_IDS = 20
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const COLLECTION = `${GRAPH_URI}/v1.0/$metadata#Collection(Edm.String)`

const SCOPES = [
  'User.Read',
  'User.ReadBasic.All',
  'User.Read.All',
  'GroupMember.Read.All',
  'Directory.Read.All',
]
// An app without a user has roles instead of scopes, and does not have a profile to read.
const ROLES = ['User.Read.All', 'GroupMember.Read.All', 'Directory.Read.All']

/**
 * Handles `getMemberObjects` and `checkMemberGroups` of `/v1.0/me` and `/v1.0/users/{id}`. Both return
 * groups that an overage claim replaces in the token.
 */
export async function graphMembers(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  const result = await verifyGraphToken(context, request)
  if (result.kind === 'rejected') return result.response
  const { oid, scp, roles } = result.claims
  const { pathname } = request.url
  const id = /\/users\/([^/]+)\//i.exec(pathname)?.[1] ?? oid
  const isSelf = id === oid && splitClaim(scp).some((scope) => SCOPES.includes(scope))
  const appRoles: unknown[] = Array.isArray(roles) ? roles : []
  const isAllowed = isSelf || (scp === undefined && appRoles.some((role) => isAppRole(role)))
  const user = findUserById(context, id)
  if (user === undefined || !isAllowed) return graphDenied(context, request)
  const respond = /\/checkMemberGroups$/i.test(pathname) ? checkMemberGroups : memberObjects
  return respond(context, request, user.groups ?? [])
}

function memberObjects(
  context: ProviderContext,
  request: ProviderRequest,
  groups: readonly string[],
): ProviderResponse {
  const { origin, pathname, searchParams } = request.url
  const token = searchParams.get('$skiptoken')
  if (request.method === 'POST' ? !isBody(request) : token === null) {
    return graphError(context, request, 400, {
      code: 'Request_BadRequest',
      message:
        'Send a POST request with the boolean securityEnabledOnly in a JSON body, or a GET request to @odata.nextLink.',
    })
  }
  const start = token === null ? 0 : Number(Buffer.from(token, 'base64url').toString())
  if (!Number.isInteger(start) || start < 0) {
    return graphError(context, request, 400, {
      code: 'Directory_ExpiredPageToken',
      message:
        'The specified page token value has expired and can not be included in your request.',
    })
  }
  const end = start + PAGE_SIZE
  const next = Buffer.from(String(end)).toString('base64url')
  return toJson({
    '@odata.context': COLLECTION,
    ...(end < groups.length && {
      '@odata.nextLink': `${origin}${pathname}?$skiptoken=${next}`,
    }),
    value: groups.slice(start, end),
  })
}

function checkMemberGroups(
  context: ProviderContext,
  request: ProviderRequest,
  groups: readonly string[],
): ProviderResponse {
  const { groupIds } = readJson(request) ?? {}
  const isValid =
    request.method === 'POST' &&
    Array.isArray(groupIds) &&
    groupIds.length <= MAX_GROUP_IDS &&
    groupIds.every((id) => typeof id === 'string' && GUID.test(id))
  if (!isValid) {
    return graphError(context, request, 400, {
      code: 'Request_BadRequest',
      message: `Send a POST request with groupIds in a JSON body: at most ${MAX_GROUP_IDS} object IDs of groups.`,
    })
  }
  const asked = new Set((groupIds as string[]).map((id) => id.toLowerCase()))
  return toJson({
    '@odata.context': COLLECTION,
    value: groups.filter((id) => asked.has(id.toLowerCase())),
  })
}

function isAppRole(role: unknown): boolean {
  return typeof role === 'string' && ROLES.includes(role)
}

function isBody(request: ProviderRequest): boolean {
  return typeof readJson(request)?.['securityEnabledOnly'] === 'boolean'
}

function readJson({ headers, body }: ProviderRequest): Record<string, unknown> | undefined {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return undefined
  try {
    const value = JSON.parse(body) as Record<string, unknown> | null
    return value ?? undefined
  } catch {
    return undefined
  }
}
