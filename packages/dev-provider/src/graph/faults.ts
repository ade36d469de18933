import type { ProviderContext } from '../state/context.js'
import type { ProviderRequest, ProviderResponse } from '../protocol/http.js'
import type { OAuthError } from '../protocol/oauth-error.js'
import { GraphError, toGraphErrorResponse } from './errors.js'
import { createIds, withIds } from './ids.js'

const ERRORS: Readonly<Record<number, { readonly code: string; readonly message: string }>> = {
  401: {
    code: 'InvalidAuthenticationToken',
    message: 'Access token has expired or is not yet valid.',
  },
  403: {
    code: 'Authorization_RequestDenied',
    message: 'Insufficient privileges to complete the operation.',
  },
  429: { code: 'TooManyRequests', message: 'Too many requests.' },
  503: { code: 'ServiceNotAvailable', message: 'The service is not available. Try again later.' },
  504: { code: 'GatewayTimeout', message: 'The request timed out.' },
}

/** Gives the failure that a switch requests the format of Graph, unless the switch has a body. */
export function toGraphFault(
  context: ProviderContext,
  request: ProviderRequest,
  fault: ProviderResponse,
): ProviderResponse {
  const { status, headers } = fault
  if (fault.body.length > 0 || status < 400) return fault
  const retryAfter = headers['retry-after']
  const error = new GraphError(
    status,
    ERRORS[status] ?? { code: 'UnknownError', message: 'A switch requested this error.' },
    retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  )
  const response = toResponse(context, request, error)
  // The log names the switch, not the error that the switch simulates.
  return { ...response, ...(fault.error !== undefined && { error: fault.error }) }
}

/** Gives an OAuth error, for example of a switch, the format of Graph. */
export function toGraphOAuthError(
  context: ProviderContext,
  request: ProviderRequest,
  { status, error: code, message, remedy }: OAuthError,
): ProviderResponse {
  return toResponse(context, request, new GraphError(status, { code, message, remedy }))
}

function toResponse(
  context: ProviderContext,
  request: ProviderRequest,
  error: GraphError,
): ProviderResponse {
  const ids = createIds(request)
  return withIds(toGraphErrorResponse(context, ids, error), ids)
}
