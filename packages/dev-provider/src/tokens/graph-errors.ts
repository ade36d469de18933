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

const INVALID_TOKEN_REMEDIES: Readonly<Record<string, string>> = {
  missing: 'Send the access token in the header "Authorization: Bearer <token>".',
  malformed: 'The token is not a JWT. Send the access_token of a token response without changes.',
  signature:
    'The provider did not sign this token, or its keys changed when it restarted. Sign in again, and request the token from this provider.',
  expired: 'Request a new access token with the refresh token, and retry with it.',
  audience:
    'The token is for another API. Request a token with a scope of Graph, for example User.Read.',
}

const NO_CAPABILITY =
  'The switch graphClaims requests a claims challenge, but the token does not contain the client capability cp1. Add cp1 to the client capabilities of the app.'

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
    remedy: INVALID_TOKEN_REMEDIES[reason],
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
    remedy:
      'Request a new token and send the claims of the WWW-Authenticate header with that request. The switch graphClaims requests this challenge.',
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
  const error = {
    code: 'InvalidAuthenticationToken',
    message: 'TokenExpired',
    remedy: NO_CAPABILITY,
  }
  return graphError(context, request, 401, error, {
    'www-authenticate': `${CHALLENGE}, error="invalid_token", error_description="TokenExpired"`,
  })
}

/** Creates a response with the status 403, for a token without the required permission. */
export function graphDenied(context: ProviderContext, request: ProviderRequest): ProviderResponse {
  return graphError(context, request, 403, {
    code: 'Authorization_RequestDenied',
    message: 'Insufficient privileges to complete the operation.',
    remedy:
      'The token does not contain a permission for this request, or its user does not exist at Graph. Request a scope that allows it, for example User.Read for /me.',
  })
}

/** An error of Graph. The response does not contain the remedy. */
export interface GraphError {
  readonly code: string
  readonly message: string
  readonly remedy?: string | undefined
}

/** Creates an error response in the format of Graph. */
export function graphError(
  context: ProviderContext,
  request: ProviderRequest,
  status: number,
  { code, message, remedy }: GraphError,
  headers: Record<string, string> = {},
): ProviderResponse {
  const innerError = {
    date: new Date(context.nowMs()).toISOString().slice(0, 19),
    'request-id': randomUUID(),
    'client-request-id': request.correlationId,
  }
  return {
    ...toJson({ error: { code, message, innerError } }, status, headers),
    error: { code, message, ...(remedy !== undefined && { remedy }) },
  }
}
