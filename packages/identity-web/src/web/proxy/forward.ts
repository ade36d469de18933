import { claimsOf, type ClaimsChallenge, type ClientTokens } from '../../client/index.ts'
import { IdentityError, type ClaimsRequest } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'
import type { LoginContext, TokenContext } from '../guard/context.ts'
import { getTokenFor } from '../guard/downstream.ts'
import { respondToError, respondToHandler } from '../guard/failures.ts'
import type { Guard, GuardServices } from '../guard/guard.ts'
import type { RouteRequirement } from '../guard/requirement.ts'
import { rejectedCaller } from '../http/browser-caller.ts'
import type { CrossSiteOptions } from '../http/cross-site.ts'
import type { Forward, ProxiedRequest, ProxyReply } from '../http/proxied.ts'
import type { ProxySettings } from '../options/resolve-proxy.ts'
import { recordStepUp } from '../sign-in/step-up.ts'
import { checkBody, keepSmallBody, type CheckedBody } from './body.ts'
import { ProxyFailure } from './failure.ts'
import { toRequestHeaders } from './headers.ts'
import { toUpstreamPath } from './path.ts'
import { toProblem } from './problem.ts'
import { toReply } from './reply.ts'
import type { Upstream, UpstreamResponse } from './upstream.ts'
import { createUpstream } from '#upstream'

/** The services that a proxy uses. */
export interface ProxyServices extends GuardServices {
  readonly callers: CrossSiteOptions
  readonly clientTokens: ClientTokens
  readonly isProduction: boolean
}

/** A proxy, and the guard that authenticates its requests. */
export interface GuardedProxy {
  readonly proxy: ProxySettings
  readonly requirement: RouteRequirement
  readonly guard: Guard<unknown>
}

/** Makes the function that forwards the requests of a proxy. */
export function createForward(services: ProxyServices, guarded: GuardedProxy): Forward {
  const { proxy } = guarded
  const upstream = createUpstream({ origin: proxy.target.origin, fetch: services.fetch })
  return async (request) => {
    try {
      return await forward({ ...guarded, services, upstream }, request)
    } catch (error) {
      if (error instanceof ProxyFailure) return toProblem(services, proxy.path, error)
      return respondToError(
        services,
        { http: request.http, requirement: guarded.requirement },
        error,
      )
    }
  }
}

interface Connected extends GuardedProxy {
  readonly services: ProxyServices
  readonly upstream: Upstream
}

/** The checks are in this order, so that a page of another site learns nothing about the API or the session. */
async function forward(
  connected: Connected,
  request: ProxiedRequest,
): Promise<Response | ProxyReply> {
  const { guard, proxy, services, upstream } = connected
  const { http } = request
  assertNoWebSocket(http)
  const rejected = rejectedCaller(services.callers, http, { allowTypedNavigation: true })
  if (rejected !== undefined) {
    const options = { reason: 'cross-site', isNavigation: false } as const
    return services.errorResponses.toResponse(http, rejected, options)
  }
  assertMethod(proxy, http.method)
  const url = services.flow.location.toBrowserUrl(http.url)
  const { pathAndQuery } = toUpstreamPath(proxy, url)
  const checked = checkBody(proxy, http, request.body)
  let caller: Caller | undefined
  const response = await guard(http, (context, current) => {
    caller = { current, authorization: authorizationIn(context) }
    return undefined
  })
  if (caller === undefined) return response ?? noResponse()
  const timeoutMs = proxy.timeoutSeconds * 1000
  const body = await keepSmallBody(upstream, checked, timeoutMs)
  const call: Call = { ...checked, connected, request, caller, pathAndQuery, body, timeoutMs }
  return send(call, await authorizationOf(call))
}

function authorizationIn(context: LoginContext<unknown>): string | undefined {
  if (!('accessToken' in context)) return undefined
  const { accessToken, tokenType } = context as TokenContext<unknown>
  return `${tokenType} ${accessToken}`
}

/** The guard has responded itself, which cannot happen without a handler of the framework. */
function noResponse(): never {
  throw new TypeError('The guard of a proxy did not return a response.')
}

/** The user who sent a request. */
interface Caller {
  readonly current: RequestSession
  /** The access token, if the guard required one. */
  readonly authorization: string | undefined
}

/** A request that is forwarded. */
interface Call extends CheckedBody {
  readonly connected: Connected
  readonly request: ProxiedRequest
  readonly caller: Caller
  readonly pathAndQuery: string
  readonly timeoutMs: number
}

function assertNoWebSocket(http: HttpContext): void {
  if (!/\bwebsocket\b/i.test(http.header('upgrade') ?? '')) return
  throw new ProxyFailure('upgrade_not_supported', 'The proxy does not forward WebSockets.', {
    hint: 'Accept the WebSocket in your own server with auth.authenticate(req), and connect it to the API there. See the guide websockets.md.',
  })
}

function assertMethod({ methods }: ProxySettings, method: string): void {
  if (methods.has(method)) return
  throw new ProxyFailure('method_not_allowed', 'The proxy does not forward this method.', {
    hint: 'To forward it, add it to the list of auth.proxy(path, { methods }).',
    headers: { allow: [...methods].join(', ') },
  })
}

async function authorizationOf({ connected, caller }: Call): Promise<string | undefined> {
  const { proxy, services } = connected
  if (proxy.token !== 'application') return caller.authorization
  return toAuthorization(await services.clientTokens(proxy.scopes))
}

function toAuthorization({ type, token }: AccessToken): string {
  return `${type} ${token}`
}

/** Sends the request. If the API requires a token with other claims, sends it a second time with such a token. */
async function send(call: Call, authorization: string | undefined): Promise<Response | ProxyReply> {
  const { connected, request, pathAndQuery } = call
  const { proxy } = connected
  const first = await sendOnce(call, authorization)
  const claims = challengedClaims(proxy, first)
  if (claims === undefined) {
    return toReply(connected, first, { method: request.http.method, pathAndQuery })
  }
  first.destroy()
  try {
    const next = await newToken(call, { claims, rejectedToken: bare(authorization) })
    if (call.body?.kind === 'stream') throw sendAgain()
    const second = await sendOnce(call, next)
    const repeated = challengedClaims(proxy, second)
    if (repeated === undefined) {
      return toReply(connected, second, { method: request.http.method, pathAndQuery })
    }
    second.destroy()
    throw needsUser(call, repeated)
  } catch (error) {
    const { requirement, services } = connected
    const { current } = call.caller
    return respondToHandler(services, { http: request.http, requirement, current }, error)
  }
}

function sendOnce(call: Call, authorization: string | undefined): Promise<UpstreamResponse> {
  const { connected, request, pathAndQuery, body, length, isDecoded, timeoutMs } = call
  const { proxy, upstream } = connected
  const { http } = request
  const headers = toRequestHeaders(proxy, http)
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
