// Checks a request in order, then sends it.
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import type { HttpContext } from '../../http-context.ts'
import type { LoginContext, TokenContext } from '../guard/context.ts'
import { respondToError } from '../guard/failures.ts'
import { checkCaller } from '../http/browser-caller.ts'
import type { Forward, ForwardRequest, ForwardReply } from '../http/forward.ts'
import type { ForwardSettings } from '../../options/resolve-forward.ts'
import { checkBody, keepSmallBody } from './body.ts'
import { ForwardFailure, toProblem } from './failure.ts'
import { copiedHeaders } from './headers.ts'
import { toUpstreamPath } from './path.ts'
import { send, type Caller, type ConnectedPath, type GuardedPath } from './send.ts'
import { createUpstream } from '#upstream'
import type { GuardServices } from '../guard/services.ts'

interface Connected extends ConnectedPath {
  readonly services: GuardServices
}

/** Returns the function that forwards the requests for a path. */
export function createForward(services: GuardServices, guarded: GuardedPath): Forward {
  const { settings, requirement } = guarded
  const upstream = createUpstream({ origin: settings.target.origin, fetch: services.fetch })
  const connected = { ...guarded, services, upstream, copied: copiedHeaders(settings) }
  return async (request) => {
    try {
      return await forward(connected, request)
    } catch (error) {
      if (error instanceof ForwardFailure) return toProblem(services, settings.path, error)
      return respondToError(services, { http: request.http, requirement }, error)
    }
  }
}

/**
 * Forwards a request. The order of the checks ensures that a page of another site does not learn anything about the API
 * or the session.
 *
 * This function and the functions that it calls are not `async`, because nearly every request has a session and a fresh
 * token, and each promise would take time.
 */
function forward(
  connected: Connected,
  request: ForwardRequest,
): MaybePromise<Response | ForwardReply> {
  const { guard, settings, services, upstream } = connected
  const { http } = request
  assertNoWebSocket(http)
  const checked = checkCaller(services.site, http, { allowTypedNavigation: true })
  if (checked !== true) {
    const options = { reason: 'cross-site', isNavigation: false } as const
    return services.pages.errors.toResponse(http, checked, options)
  }
  assertMethod(settings, http.method)
  const url = services.site.location.toBrowserUrl(http.url)
  const { pathAndQuery } = toUpstreamPath(settings, url)
  const checkedBody = checkBody(settings, http, request.body)
  let caller: Caller | undefined
  const response = guard(http, (context, current) => {
    caller = { current, authorization: authorizationIn(context) }
    return undefined
  })
  return andThen(response, (ofGuard) => {
    const known = caller
    if (known === undefined) return ofGuard ?? noResponse()
    const timeoutMs = settings.timeoutSeconds * 1000
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

/**
 * Throws if the guard did not return a response. This cannot happen, because the framework does not have a handler
 * here.
 */
function noResponse(): never {
  throw new TypeError('The guard of a forwarded path did not return a response.')
}

function assertNoWebSocket(http: HttpContext): void {
  if (!/\bwebsocket\b/i.test(http.header('upgrade') ?? '')) return
  throw new ForwardFailure('upgrade_not_supported', 'WebSockets are not forwarded.', {
    hint: 'Accept the WebSocket in your own server, and check its session with auth.authenticate(req). Then connect this server to the API. See the guide websockets.md.',
  })
}

function assertMethod({ methods }: ForwardSettings, method: string): void {
  if (methods.has(method)) return
  throw new ForwardFailure('method_not_allowed', 'This method is not forwarded.', {
    hint: 'To forward this method, add it to the list of auth.forward(path, { methods }).',
    headers: { allow: [...methods].join(', ') },
  })
}
