import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import type { HttpContext } from '../../http-context.ts'
import type { LoginContext, TokenContext } from '../guard/context.ts'
import { respondToError } from '../guard/failures.ts'
import { checkCaller } from '../http/browser-caller.ts'
import type { CrossSiteOptions } from '../http/cross-site.ts'
import type { Forward, ProxiedRequest, ProxyReply } from '../http/proxied.ts'
import type { ProxySettings } from '../options/resolve-proxy.ts'
import { checkBody, keepSmallBody } from './body.ts'
import { ProxyFailure } from './failure.ts'
import { copiedHeaders } from './headers.ts'
import { toUpstreamPath } from './path.ts'
import { toProblem } from './problem.ts'
import {
  send,
  type Caller,
  type ConnectedProxy,
  type GuardedProxy,
  type SendServices,
} from './send.ts'
import { createUpstream } from '#upstream'

/** The services that a proxy uses. */
export interface ProxyServices extends SendServices {
  readonly callers: CrossSiteOptions
  readonly isProduction: boolean
}

interface Connected extends ConnectedProxy {
  readonly services: ProxyServices
}

/** Makes the function that forwards the requests of a proxy. */
export function createForward(services: ProxyServices, guarded: GuardedProxy): Forward {
  const { proxy, requirement } = guarded
  const upstream = createUpstream({ origin: proxy.target.origin, fetch: services.fetch })
  const connected = { ...guarded, services, upstream, copied: copiedHeaders(proxy) }
  return async (request) => {
    try {
      return await forward(connected, request)
    } catch (error) {
      if (error instanceof ProxyFailure) return toProblem(services, proxy.path, error)
      return respondToError(services, { http: request.http, requirement }, error)
    }
  }
}

/**
 * The checks are in this order, so that a page of another site learns nothing about the API or the session.
 *
 * It is not `async`, and neither are the functions that it calls: nearly every request has a session and a fresh token, and each
 * promise would add to the time of the request.
 */
function forward(
  connected: Connected,
  request: ProxiedRequest,
): MaybePromise<Response | ProxyReply> {
  const { guard, proxy, services, upstream } = connected
  const { http } = request
  assertNoWebSocket(http)
  const checked = checkCaller(services.callers, http, { allowTypedNavigation: true })
  if (checked !== true) {
    const options = { reason: 'cross-site', isNavigation: false } as const
    return services.errorResponses.toResponse(http, checked, options)
  }
  assertMethod(proxy, http.method)
  const url = services.flow.location.toBrowserUrl(http.url)
  const { pathAndQuery } = toUpstreamPath(proxy, url)
  const checkedBody = checkBody(proxy, http, request.body)
  let caller: Caller | undefined
  const response = guard(http, (context, current) => {
    caller = { current, authorization: authorizationIn(context) }
    return undefined
  })
  return andThen(response, (ofGuard) => {
    const known = caller
    if (known === undefined) return ofGuard ?? noResponse()
    const timeoutMs = proxy.timeoutSeconds * 1000
    const { length, isDecoded } = checkedBody
    return andThen(keepSmallBody(upstream, checkedBody, timeoutMs), (body) =>
      send({ connected, request, caller: known, pathAndQuery, body, length, isDecoded, timeoutMs }),
    )
  })
}

function authorizationIn(context: LoginContext<unknown>): string | undefined {
  if (!Object.hasOwn(context, 'accessToken')) return undefined
  const { accessToken, tokenType } = context as TokenContext<unknown>
  return `${tokenType} ${accessToken}`
}

/** The guard has responded itself, which cannot happen without a handler of the framework. */
function noResponse(): never {
  throw new TypeError('The guard of a proxy did not return a response.')
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
