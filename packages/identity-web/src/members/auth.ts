import { ownMembers } from '../own.ts'
import { rejectErrors, type Authentication } from '../authentication/index.ts'
import type {
  AuthenticateOptions,
  ErrorResponseScopes,
  LoginContext,
  ScopesRequired,
  TokenContext,
  WebAuth,
} from '../web/index.ts'
import type { AnyRequest } from './any-request.ts'
import { stateOf } from './auth-operation.ts'
import { AuthUsers } from './auth-users.ts'
import type { Calls } from './calls.ts'
import { detachedContextOf, readContextOf, type CookieTarget } from './detached.ts'

/** The options of `auth.authenticate`. @public */
export interface AuthenticateWith extends AuthenticateOptions, CookieTarget {}

/**
 * The members that `Auth` has in every framework.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @typeParam C - The arguments with which the framework passes a request on.
 */
export abstract class AuthBase<User, C extends Calls = Calls> extends AuthUsers<User, C> {
  /**
   * Authenticates a request that no guard can handle: the upgrade to a WebSocket, a stream, or a request to a server that is
   * not a supported framework. It returns the result as data and sends no response. The guide `websockets.md` has examples.
   *
   * An upgrade from a page of another origin is rejected with 403, unless the origin is in `trustedOrigins`. With a store, the
   * session is refreshed as in a guard. A session in cookies is refreshed only with `res` or `responseHeaders`. For a connection
   * or a stream, `getTokenForUser` then returns a valid token or throws `refresh_required`.
   * @param request - An `IncomingMessage`, a `Request`, or the request as your handler receives it.
   * @param options - The requirement, as for `loginRequired`, where cookies go, and `revalidateSeconds`.
   * @returns `{ ok: true, context, expiresAt, signal }` or `{ ok: false, status, headers, error }`. Wrong options are also
   *   returned as an error.
   * @throws Only errors of your functions, such as `onRefresh`.
   * @example
   * ```ts
   * server.on('upgrade', async (req, socket, head) => {
   *   socket.on('error', () => socket.destroy())
   *   const session = await auth.authenticate(req)
   *   if (!session.ok) return socket.end(`HTTP/1.1 ${session.status} Rejected\r\nConnection: close\r\n\r\n`)
   *   sockets.handleUpgrade(req, socket, head, (ws) => {
   *     session.signal.addEventListener('abort', () => ws.close(4401))
   *     ws.send(`Hello, ${session.context.user.name}`)
   *   })
   * })
   * ```
   */
  authenticate<Options extends AuthenticateWith = object>(
    request: AnyRequest,
    options?: Options,
  ): Promise<
    Authentication<Options extends ScopesRequired ? TokenContext<User> : LoginContext<User>>
  >
  authenticate(
    request: AnyRequest,
    options: AuthenticateWith = {},
  ): Promise<Authentication<LoginContext<User>>> {
    return rejectErrors(async () => {
      const { res, responseHeaders, ...requirement } = ownMembers(options)
      const http = detachedContextOf(restore(this, request))
      const target = { res, responseHeaders }
      const close = http.open(target)
      try {
        return await webFor(this, request).authenticate(http, {
          requirement,
          onClose: (listener) => http.onClose(listener, target),
        })
      } finally {
        close()
      }
    })
  }

  /**
   * Turns an error outside a guard into the response that a guard would send. A page navigation gets a redirect to the sign-in
   * or an error page. A script gets JSON with the login URL.
   *
   * `login_required`, `interaction_required` and `refresh_required` start a sign-in.
   * @param request - The request, in any form that `auth.authenticate` accepts.
   * @param error - The error that your code caught.
   * @param options - The scopes that the sign-in requests. The default is the scopes of the call that failed.
   * @returns The response. Return it from your handler. It may contain cookies, so send all of its headers. In Express, Fastify,
   *   Koa and NestJS, call `auth.sendResponse` instead.
   * @throws The error itself, if it is not an {@link IdentityError}.
   * @example
   * ```ts
   * try {
   *   return Response.json(await mailOf(await auth.getTokenForUser(request, ['Mail.Read'])))
   * } catch (error) {
   *   return auth.toResponse(request, error, { scopes: ['Mail.Read'] })
   * }
   * ```
   */
  async toResponse(
    request: AnyRequest,
    error: unknown,
    { scopes }: ErrorResponseScopes = {},
  ): Promise<Response> {
    const http = readContextOf(restore(this, request))
    const response = await webFor(this, request).toResponse(http, { error, scopes })
    return stateOf(this).host.prepare?.(request, response) ?? response
  }
}

function restore(auth: AuthBase<any>, request: AnyRequest): AnyRequest {
  return stateOf(auth).host.restore?.(request) ?? request
}

function webFor<User>(auth: AuthBase<User>, request: unknown): WebAuth<User> {
  const { host, webOf } = stateOf(auth)
  return webOf(host.environmentKey?.(request))
}
