import type { ProviderContext } from '../state/context.js'
import type { GraphIds } from './ids.js'
import { GRAPH_CLIENT_ID } from '../profiles/graph-permissions.js'
import { toJson, type ProviderResponse } from '../protocol/http.js'
import type { BearerResult } from '../tokens/bearer.js'

/** The contents of a {@link GraphError}. */
export interface GraphErrorContents {
  readonly code: string
  readonly message: string
  readonly remedy?: string | undefined
}

/** An error that becomes a response in the format of Graph. */
export class GraphError extends Error {
  readonly status: number
  readonly code: string
  /** One or two sentences that say what to change. Only the log contains them. */
  readonly remedy: string | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    { code, message, remedy }: GraphErrorContents,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = 'GraphError'
    this.status = status
    this.code = code
    this.remedy = remedy
    this.headers = headers
  }
}

/** Creates an error with the status 400. */
export function badRequest(
  message: string,
  code = 'Request_BadRequest',
  remedy?: string,
): GraphError {
  return new GraphError(400, { code, message, remedy })
}

/** Creates an error for a part of Graph that only the real service has, with the status 501. */
export function notSupported(feature: string, hint: string): GraphError {
  return new GraphError(501, {
    code: 'NotImplemented',
    message: `The development provider does not support ${feature}. ${hint}`,
  })
}

/** Creates an error for an object ID that is not a GUID. */
export function invalidId(id: string): GraphError {
  return badRequest(`Invalid object identifier '${id}'.`)
}

/** Creates an error for an object that does not exist. */
export function notFound(name: string, remedy?: string): GraphError {
  return new GraphError(404, {
    code: 'Request_ResourceNotFound',
    message: `Resource '${name}' does not exist or one of its queried reference-property objects are not present.`,
    remedy,
  })
}

/**
 * Creates an error for a token without a required permission, with the status 403.
 *
 * @param remedy - A sentence that names the missing permission, see `remedyOf`.
 */
export function accessDenied(remedy: string): GraphError {
  return new GraphError(403, {
    code: 'Authorization_RequestDenied',
    message: 'Insufficient privileges to complete the operation.',
    remedy,
  })
}

/** Creates the error in the form in which a mailbox sends it. */
export function mailboxDenied(remedy: string): GraphError {
  return new GraphError(403, {
    code: 'ErrorAccessDenied',
    message: 'Access is denied. Check credentials and try again.',
    remedy,
  })
}

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
  expired:
    'Use the refresh token to request a new access token, and repeat the request with the new access token.',
  audience:
    'The token is for another API. Request a token with a scope of Graph, for example User.Read.',
}

/** Creates an error with the status 401, for a missing or an invalid token. */
export function unauthorized(result: Exclude<BearerResult, { kind: 'valid' }>): GraphError {
  const reason = result.kind === 'missing' ? 'missing' : result.reason
  return invalidToken(
    INVALID_TOKEN_MESSAGES[reason] ?? reason,
    INVALID_TOKEN_REMEDIES[reason] ?? '',
  )
}

/**
 * Creates an error with the status 401 and a claims challenge. The client needs a new token
 * (claims-challenge).
 */
export function claimsChallenge(claims: string): GraphError {
  const encoded = Buffer.from(claims).toString('base64')
  return invalidToken(
    'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
    'Request a new token and send the claims of the WWW-Authenticate header with that request. This challenge comes from the switch graphClaims, which is on.',
    `, error="insufficient_claims", claims="${encoded}"`,
  )
}

/** Creates an error with the status 401, for a client that cannot handle claims challenges. */
export function tokenExpired(): GraphError {
  return invalidToken(
    'TokenExpired',
    'The switch graphClaims requests a claims challenge, but the token does not contain the client capability cp1. Add cp1 to the client capabilities of the app.',
    ', error="invalid_token", error_description="TokenExpired"',
  )
}

function invalidToken(message: string, remedy: string, challenge = ''): GraphError {
  const code = 'InvalidAuthenticationToken'
  return new GraphError(
    401,
    { code, message, remedy },
    { 'www-authenticate': CHALLENGE + challenge },
  )
}

/** Creates an error response in the format of Graph. */
export function toGraphErrorResponse(
  context: Pick<ProviderContext, 'nowMs'>,
  ids: GraphIds,
  { status, code, message, remedy, headers }: GraphError,
): ProviderResponse {
  const innerError = {
    date: new Date(context.nowMs()).toISOString().slice(0, 19),
    'request-id': ids.requestId,
    'client-request-id': ids.clientRequestId,
  }
  return {
    ...toJson({ error: { code, message, innerError } }, status, {
      'content-type': 'application/json',
      ...headers,
    }),
    error: { code, message, ...(remedy !== undefined && { remedy }) },
  }
}
