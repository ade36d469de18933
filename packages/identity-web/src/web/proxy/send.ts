import { claimsOf, type ClaimsChallenge, type ClientTokens } from '../../client/index.ts'
import { IdentityError, type ClaimsRequest } from '../../errors.ts'
import type { RequestSession } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'
import { getTokenFor } from '../guard/downstream.ts'
import { respondToHandler } from '../guard/failures.ts'
import type { Guard, GuardServices } from '../guard/guard.ts'
import type { RouteRequirement } from '../guard/requirement.ts'
import type { ProxiedRequest, ProxyReply } from '../http/proxied.ts'
import type { ProxySettings } from '../options/resolve-proxy.ts'
import { recordStepUp } from '../sign-in/step-up.ts'
import type { CheckedBody } from './body.ts'
import { ProxyFailure } from './failure.ts'
import { toRequestHeaders, type CopiedHeaders } from './headers.ts'
import { toReply } from './reply.ts'
import type { Upstream, UpstreamResponse } from './upstream.ts'

// The request to the API, after the proxy has allowed it.

/** The services that the request to the API uses. */
export interface SendServices extends GuardServices {
  readonly clientTokens: ClientTokens
}

/** A proxy, and the guard that authenticates its requests. */
export interface GuardedProxy {
  readonly proxy: ProxySettings
  readonly requirement: RouteRequirement
  readonly guard: Guard<unknown>
}

/** A proxy and the connections to its API. */
export interface ConnectedProxy extends GuardedProxy {
  readonly services: SendServices
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
  readonly connected: ConnectedProxy
  readonly request: ProxiedRequest
  readonly caller: Caller
  readonly pathAndQuery: string
  readonly timeoutMs: number
}

/**
 * Sends the request. If the API requires a token with other claims, sends it a second time with such a token.
 *
 * @throws ProxyFailure if the API does not respond, or if its response cannot be passed on.
 */
export function send(call: Call): Promise<Response | ProxyReply> {
  const { proxy, services } = call.connected
  if (proxy.token !== 'application') return sendWith(call, call.caller.authorization)
  return services.clientTokens(proxy.scopes).then((token) => sendWith(call, toAuthorization(token)))
}

function sendWith(call: Call, authorization: string | undefined): Promise<Response | ProxyReply> {
  return sendOnce(call, authorization).then((response) => {
    const claims = challengedClaims(call.connected.proxy, response)
    if (claims === undefined) return replyTo(call, response)
    response.destroy()
    return sendAgainWith(call, { claims, rejectedToken: bare(authorization) })
  })
}

/** Sends the request with a token that has other claims. */
async function sendAgainWith(
  call: Call,
  challenge: ClaimsChallenge,
): Promise<Response | ProxyReply> {
  try {
    const next = await newToken(call, challenge)
    if (call.body?.kind === 'stream') throw sendAgain()
    const response = await sendOnce(call, next)
    const repeated = challengedClaims(call.connected.proxy, response)
    if (repeated === undefined) return replyTo(call, response)
    response.destroy()
    throw needsUser(call, repeated)
  } catch (error) {
    const { requirement, services } = call.connected
    const { http } = call.request
    return respondToHandler(services, { http, requirement, current: call.caller.current }, error)
  }
}

function replyTo(
  { connected, request, pathAndQuery }: Call,
  response: UpstreamResponse,
): ProxyReply {
  return toReply(connected, response, { method: request.http.method, pathAndQuery })
}

function toAuthorization({ type, token }: AccessToken): string {
  return `${type} ${token}`
}

function sendOnce(call: Call, authorization: string | undefined): Promise<UpstreamResponse> {
  const { connected, request, pathAndQuery, body, length, isDecoded, timeoutMs } = call
  const { proxy, upstream } = connected
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
    maxBodyBytes: proxy.maxBodyBytes,
    timeoutMs,
    onClientGone: (listener) => request.onClientGone(listener),
  })
}

/** Only the token of a user can get other claims. */
function challengedClaims(
  { token }: ProxySettings,
  response: UpstreamResponse,
): ClaimsRequest | undefined {
  if (token !== 'user' || response.status !== 401) return undefined
  return claimsOf(response.header('www-authenticate') ?? null)
}

async function newToken(call: Call, challenge: ClaimsChallenge): Promise<string> {
  const { connected, request, caller } = call
  const { requirement, services } = connected
  const { requested } = requirement
  if (requested === undefined) throw new TypeError('A proxy without scopes has no token.')
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

function sendAgain(): ProxyFailure {
  return new ProxyFailure(
    'send_again',
    'The API required a new access token, and the session has it now. Send the request again.',
    { headers: { 'retry-after': '0' } },
  )
}
