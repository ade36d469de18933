import type { ProviderContext } from '../state/context.js'
import type { ProviderRequest, ProviderResponse } from '../protocol/http.js'
import type { GraphCall } from './call.js'
import { authenticate, hasAny, isPersonalCaller, type Caller } from './caller.js'
import { findConfigured, respondWithConfigured } from './configured.js'
import { endpoints, type GraphEndpoint } from './endpoints.js'
import { accessDenied, badRequest, GraphError, toGraphErrorResponse } from './errors.js'
import { createIds, withIds } from './ids.js'
import { matchLength, matchPath, parsePath } from './path.js'

/** Handles every path below `/v1.0` and `/beta`, as Microsoft Graph does. */
export async function graph(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  const ids = createIds(request)
  try {
    return withIds(respond(context, request, await authenticate(context, request)), ids)
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return withIds(toGraphErrorResponse(context, ids, error), ids)
  }
}

function respond(
  context: ProviderContext,
  request: ProviderRequest,
  caller: Caller,
): ProviderResponse {
  const { version, segments } = parsePath(request.url.pathname)
  const call: GraphCall = { context, request, caller, version: `/${version}`, params: {} }
  const found = findEndpoints(segments)
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const match = found.find(({ endpoint }) => endpoint.method === method)
  const configured = findConfigured(call, segments)
  if (configured !== undefined) {
    if (configured.$scopes !== undefined) {
      if (!hasAny(caller, configured.$scopes)) {
        throw accessDenied(
          `Request one of the $scopes in the configuration: ${configured.$scopes.join(', ')}.`,
        )
      }
    } else match?.endpoint.authorize({ ...call, params: match.params })
    return respondWithConfigured(call, segments, configured)
  }
  if (match !== undefined) {
    const { endpoint, params } = match
    const matched = { ...call, params }
    if (isPersonalCaller(caller) && !endpoint.isPersonal) throw personalAccount()
    endpoint.authorize(matched)
    return endpoint.respond(matched)
  }
  if (found.length > 0) throw methodNotAllowed(found.map(({ endpoint }) => endpoint.method))
  throw badRequest(
    `Resource not found for the segment '${unknownSegment(segments)}'.`,
    'BadRequest',
    `The development provider does not know this path. Add a response for ${toKey(request, segments)} to graph in the configuration.`,
  )
}

interface Match {
  readonly endpoint: GraphEndpoint
  readonly params: Readonly<Record<string, string>>
}

function findEndpoints(segments: readonly string[]): Match[] {
  return endpoints.flatMap((endpoint) => {
    const params = matchPath(endpoint.pattern, segments)
    return params === undefined ? [] : { endpoint, params }
  })
}

function toKey({ method }: ProviderRequest, segments: readonly string[]): string {
  const path = `/${segments.join('/')}`
  return method === 'GET' || method === 'HEAD' ? path : `${method} ${path}`
}

function unknownSegment(segments: readonly string[]): string {
  const known = Math.max(...endpoints.map(({ pattern }) => matchLength(pattern, segments)))
  return segments[known] ?? segments.at(-1) ?? ''
}

function personalAccount(): GraphError {
  return badRequest(
    'This API is not supported for MSA accounts (no addressUrl for Microsoft.DirectoryServices,False).',
    'BadRequest',
    'Personal accounts do not have a directory. Sign in with an account of a tenant.',
  )
}

function methodNotAllowed(methods: readonly string[]): GraphError {
  return new GraphError(
    405,
    {
      code: 'Request_BadRequest',
      message: 'Specified HTTP method is not allowed for the request target.',
    },
    { allow: [...new Set(methods)].join(', ') },
  )
}
