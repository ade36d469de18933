import { randomUUID } from 'node:crypto'
import type { BearerResult } from './bearer.js'
import type { ProviderContext } from '../state/context.js'
import { GRAPH_CLIENT_ID } from '../profiles/graph-permissions.js'
import { toJson, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'

const CHALLENGE = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="${GRAPH_CLIENT_ID}"`

const INVALID_TOKEN_MESSAGES: Readonly<Record<string, string>> = {
  missing: 'Access token is empty.',
  malformed: 'CompactToken parsing failed with error code: 80049217',
  signature: 'Signature is invalid.',
  expired: 'Lifetime validation failed, the token is expired.',
  audience: 'Invalid audience.',
}

/** Creates a response with the status 401, for a missing or an invalid token. */
export function graphUnauthorized(
  context: ProviderContext,
  request: ProviderRequest,
  result: Exclude<BearerResult, { kind: 'valid' }>,
): ProviderResponse {
  const reason = result.kind === 'missing' ? 'missing' : result.reason
  const error = {
    code: 'InvalidAuthenticationToken',
    message: INVALID_TOKEN_MESSAGES[reason] ?? reason,
  }
  return graphError(context, request, 401, error, { 'www-authenticate': CHALLENGE })
}

/**
 * Creates a response with the status 401 and a claims challenge. The client needs a new token
 * (claims-challenge).
 */
export function graphChallenge(
  context: ProviderContext,
  request: ProviderRequest,
  claims: string,
): ProviderResponse {
  const encoded = Buffer.from(claims).toString('base64')
  const error = {
    code: 'InvalidAuthenticationToken',
    message:
      'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
  }
  return graphError(context, request, 401, error, {
    'www-authenticate': `${CHALLENGE}, error="insufficient_claims", claims="${encoded}"`,
  })
}

/** Creates a response with the status 401, for a client that cannot handle claims challenges. */
export function graphTokenExpired(
  context: ProviderContext,
  request: ProviderRequest,
): ProviderResponse {
  const error = { code: 'InvalidAuthenticationToken', message: 'TokenExpired' }
  return graphError(context, request, 401, error, {
    'www-authenticate': `${CHALLENGE}, error="invalid_token", error_description="TokenExpired"`,
  })
}

/** Creates a response with the status 403, for a token without the required permission. */
export function graphDenied(context: ProviderContext, request: ProviderRequest): ProviderResponse {
  return graphError(context, request, 403, {
    code: 'Authorization_RequestDenied',
    message: 'Insufficient privileges to complete the operation.',
  })
}

/** Creates an error response in the format of Graph. */
export function graphError(
  context: ProviderContext,
  request: ProviderRequest,
  status: number,
  error: { code: string; message: string },
  headers: Record<string, string> = {},
): ProviderResponse {
  const innerError = {
    date: new Date(context.nowMs()).toISOString().slice(0, 19),
    'request-id': randomUUID(),
    'client-request-id': request.correlationId,
  }
  return toJson({ error: { ...error, innerError } }, status, headers)
}
