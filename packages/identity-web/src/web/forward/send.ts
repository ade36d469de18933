// Sends a request with a token, again for other claims.
import { claimsOf, type ClaimsChallenge } from '../../client/index.ts'
import { IdentityError, type ClaimsRequest } from '../../errors.ts'
import type { RequestSession } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'
import { getTokenFor } from '../guard/downstream.ts'
import { respondToHandler } from '../guard/failures.ts'
import type { Guard } from '../guard/guard.ts'
import type { RouteRequirement } from '../guard/requirement.ts'
import type { ForwardRequest, ForwardReply } from '../http/forward.ts'
import type { ForwardSettings } from '../../options/resolve-forward.ts'
import { recordStepUp } from '../sign-in/step-up.ts'
import type { CheckedBody } from './body.ts'
import { ForwardFailure } from './failure.ts'
import { toRequestHeaders, type CopiedHeaders } from './headers.ts'
import { toReply } from './reply.ts'
import type { Upstream, UpstreamResponse } from './upstream.ts'
import type { GuardServices } from '../guard/services.ts'

// The request to the API, after it was allowed.

/** A forwarded path, and the guard that authenticates its requests. */
export interface GuardedPath {
  readonly settings: ForwardSettings
  readonly requirement: RouteRequirement
  readonly guard: Guard<unknown>
}

/** A forwarded path, and the connections to its API. */
export interface ConnectedPath extends GuardedPath {
  readonly services: GuardServices
  readonly upstream: Upstream
  readonly copied: CopiedHeaders
}

/** The user who sent a request. */
export interface Caller {
  readonly current: RequestSession
  /** The access token, if the guard required one. */
  readonly authorization: string | undefined
}

/** A request that is forwarded. */
export interface Call extends CheckedBody {
  readonly connected: ConnectedPath
  readonly request: ForwardRequest
  readonly caller: Caller
  readonly pathAndQuery: string
  readonly timeoutMs: number
}

/**
 * Sends the request. If the API requires a token with other claims, sends the request a second time with such a token.
 *
 * @throws ForwardFailure if the API does not respond, or if its response cannot be passed on.
 */
export function send(call: Call): Promise<Response | ForwardReply> {
  const { settings, services } = call.connected
  if (settings.token !== 'application') return sendWith(call, call.caller.authorization)
  return services.provider.clientTokens
    .getToken(settings)
    .then((token) => sendWith(call, toAuthorization(token)))
}

function sendWith(call: Call, authorization: string | undefined): Promise<Response | ForwardReply> {
  return sendOnce(call, authorization).then((response) => {
    const claims = challengedClaims(call.connected.settings, response)
    if (claims === undefined) return toReply(call, response)
    response.destroy()
    return sendAgainWith(call, { claims, rejectedToken: bare(authorization) })
  })
}

/** Sends the request with a token that has other claims. */
async function sendAgainWith(
  call: Call,
  challenge: ClaimsChallenge,
): Promise<Response | ForwardReply> {
  try {
    const next = await newToken(call, challenge)
    if (call.body?.kind === 'stream') throw sendAgain()
    const response = await sendOnce(call, next)
    const repeated = challengedClaims(call.connected.settings, response)
    if (repeated === undefined) return toReply(call, response)
    response.destroy()
    throw needsUser(call, repeated)
  } catch (error) {
    const { requirement, services } = call.connected
    const { http } = call.request
    return respondToHandler(services, { http, requirement, current: call.caller.current }, error)
  }
}

function toAuthorization({ type, token }: AccessToken): string {
  return `${type} ${token}`
}

function sendOnce(call: Call, authorization: string | undefined): Promise<UpstreamResponse> {
  const { connected, request, pathAndQuery, body, length, isDecoded, timeoutMs } = call
  const { settings, upstream } = connected
  const { http } = request
  const headers = toRequestHeaders(connected.copied, http)
  if (isDecoded) delete headers['content-encoding']
  if (authorization !== undefined) headers['authorization'] = authorization
  if (body !== undefined && length !== undefined) headers['content-length'] = String(length)
  return upstream.send({
    method: http.method,
    pathAndQuery,
    headers,
    body,
    maxBodyBytes: settings.maxBodyBytes,
    timeoutMs,
    onClientGone: (listener) => request.onClientGone(listener),
  })
}

/**
 * Returns the claims of the API's challenge. `undefined` if the request does not contain the token of a user, because
 * only this token can get other claims.
 */
function challengedClaims(
  { token }: ForwardSettings,
  response: UpstreamResponse,
): ClaimsRequest | undefined {
  if (token !== 'user' || response.status !== 401) return undefined
  return claimsOf(response.header('www-authenticate') ?? null)
}

async function newToken(call: Call, challenge: ClaimsChallenge): Promise<string> {
  const { connected, request, caller } = call
  const { requirement, services } = connected
  const { requested } = requirement
  if (requested === undefined) throw new TypeError('A forwarded path without scopes has no token.')
  const { current } = caller
  const token = await getTokenFor(challenge, { services, http: request.http, current, requested })
  return toAuthorization(token)
}

function bare(authorization = ''): string {
  return authorization.slice(authorization.indexOf(' ') + 1)
}

function needsUser({ connected }: Call, claimsRequest: ClaimsRequest): IdentityError {
  const error = new IdentityError(
    'interaction_required',
    'The API rejected the new access token as well, so the user must sign in again.',
    { claimsRequest },
  )
  const { requested } = connected.requirement
  return requested === undefined ? error : recordStepUp(error, requested)
}

function sendAgain(): ForwardFailure {
  return new ForwardFailure(
    'send_again',
    'The API required a new access token, and the session has it now. Send the request again.',
    { headers: { 'retry-after': '0' } },
  )
}
