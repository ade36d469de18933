// The members of ApiAuth, with their documentation.
import { hideMember, readMembers } from '../own.ts'
import {
  AUTHORIZATION_OPTIONS,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type CallerToken,
  type ContextFor,
  type WebApi,
} from '../api/index.ts'
import { rejectErrors, type Authentication } from '../authentication/index.ts'
import { addTestAccess } from '../test-access.ts'
import { TOKEN_SOURCE, type TokenResult } from '../tokens.ts'
import type { AnyRequest } from './any-request.ts'
import type { Calls, ResponseHost } from './calls.ts'
import { DetachedHttpContext, sourceOfRequest, type CookieTarget } from './detached.ts'
import { configurationError } from '../errors.ts'
import type { ConfigurationProblem } from '../web/index.ts'
import { apiOf, apiStates, ContextPlace, type ApiGuards } from './identity.ts'
import type { Operation } from './operation.ts'
import type { ApiErrorScopes, Exactly, OfIssuer } from './signatures.ts'

const AUTHENTICATE_OPTIONS = [...AUTHORIZATION_OPTIONS, 'token']

/**
 * The options for `api.authenticate`: a route's requirement, the token of a caller who cannot send the header
 * `Authorization`, and the `res` of Node.js.
 * @public
 */
export interface AuthenticateCaller<Issuer extends string = string>
  extends AuthorizationRequirement<Issuer>, CallerToken, Pick<CookieTarget, 'res'> {}

/**
 * The members that `ApiAuth` has in every framework.
 * @typeParam C - The arguments with which the framework passes a request on.
 * @typeParam Issuer - The names in the option `issuers`, or `string` without this option.
 */
export abstract class ApiAuth<
  C extends Calls = Calls,
  Issuer extends string = any,
> implements Operation {
  readonly #apiOf: (request?: unknown) => WebApi
  readonly #host: ResponseHost
  readonly #guards: ApiGuards

  /**
   * @param api - The core, or a function that returns it if the settings depend on a request's environment.
   * @param guards - The place and the check for a class whose requirements have more properties than those of `ApiAuth`.
   */
  constructor(
    api: WebApi | ((request?: unknown) => WebApi),
    host: ResponseHost,
    guards: ApiGuards = new ContextPlace<AuthorizationContext>(),
  ) {
    this.#apiOf = typeof api === 'function' ? api : () => api
    this.#host = host
    this.#guards = guards
    apiStates.set(this, { apiOf: this.#apiOf, guards })
  }

  static {
    addTestAccess(ApiAuth.prototype, (api) => apiOf(api).testAccess())
    hideMember(
      ApiAuth.prototype,
      TOKEN_SOURCE,
      (api) => (options: Parameters<WebApi['tokenSource']>[0]) => apiOf(api).tokenSource(options),
    )
  }

  /**
   * Returns the context that a guard of this `ApiAuth` has stored on the request. Use it in functions that receive the request
   * but not the context.
   *
   * Pass the same object that the guard received. A copy, such as `new Request(request)`, does not have the context.
   * @param request - The request, as the handler of the guarded route receives it.
   * @returns The user's or the application's context.
   * @throws IdentityError `configuration` if no guard of this `ApiAuth` has accepted an access token for this request.
   * @example
   * ```ts
   * const { claims } = api.contextOf(req) // Express, NestJS
   * const { claims } = api.contextOf(request) // Fastify, Next.js, fetch
   * const { claims } = api.contextOf(ctx) // Koa
   * const { claims } = api.contextOf(c) // Hono
   * ```
   */
  contextOf(request: C['guarded']): AuthorizationContext & OfIssuer<Issuer> {
    const context = this.#guards.read(request as object)
    if (context) return context
    throw configurationError(
      'api.contextOf() found no context, because no guard of this ApiAuth has accepted an access token for this request. Guard the route, for example with api.authorizationRequired(handler), and pass the request that the handler receives. In a route of auth.orBearer(api), check context.kind first.',
    )
  }

  get problems(): readonly ConfigurationProblem[] {
    return this.#apiOf().problems
  }

  ready(): Promise<void> {
    return this.#apiOf().ready()
  }

  close(): void {
    this.#apiOf().close()
  }

  /**
   * Returns an access token for the API itself, without a user (client credentials). Use it in jobs, or to call another API.
   *
   * The token is cached and refreshed before it expires, so call this method each time you need a token. At Entra ID, it
   * requires an authority with a single tenant.
   * @param scopes - Scopes of one API. At Entra ID, pass the API's `/.default` scope, such as
   *   `https://graph.microsoft.com/.default`.
   * @param options - The token's issuer, if the API has several issuers.
   * @returns The token and its lifetime in seconds.
   * @throws IdentityError `configuration` for a missing credential, an authority with many tenants, scopes of several APIs, or
   *   a missing issuer. `provider_error` if the provider rejects the request. `provider_unavailable` during an outage.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * const { accessToken } = await api.getTokenForClient('https://graph.microsoft.com/.default')
   * const { accessToken } = await api.getTokenForClient('api://orders/.default', { issuer: 'workforce' }) // several issuers
   * ```
   */
  getTokenForClient(
    scopes: string | readonly string[],
    options: {
      /**
       * The name of the token's issuer in the option `issuers`.
       *
       * @defaultValue the only issuer
       * @example await api.getTokenForClient('api://orders/.default', { issuer: 'workforce' })
       */
      readonly issuer?: Issuer
    } = {},
  ): Promise<TokenResult> {
    return this.#apiOf().getTokenForClient(scopes, readMembers(options, ['issuer']).issuer)
  }

  /**
   * Returns an access token for the user of a long-running process, which `context.startLongRunningProcess()` started. The
   * user does not have to be present.
   * @param key - The key that `startLongRunningProcess` returned.
   * @param scopes - Scopes of one API, as a list or a space-separated string.
   * @returns The token and its lifetime in seconds.
   * @throws IdentityError `interaction_required` if the process was stopped, or if its user must start it again.
   *   `process_unreadable` if the secret of `longRunning` cannot decrypt it. `configuration` if the option `longRunning` is
   *   not set, or if the key is not a string. `provider_unavailable` during an outage.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * const { accessToken } = await api.getTokenInLongRunningProcess(job.key, ['Files.Read'])
   * ```
   */
  getTokenInLongRunningProcess(
    key: string,
    scopes: string | readonly string[],
  ): Promise<TokenResult> {
    return this.#apiOf().getTokenInLongRunningProcess(key, scopes)
  }

  /**
   * Stops a long-running process and deletes its tokens from the store.
   * @param key - The key that `startLongRunningProcess` returned. An unknown key does not cause an error.
   * @throws IdentityError `configuration` if the option `longRunning` is not set.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * await api.stopLongRunningProcess(job.key)
   * ```
   */
  stopLongRunningProcess(key: string): Promise<void> {
    return this.#apiOf().stopLongRunningProcess(key)
  }

  /**
   * Authenticates the bearer token of a request that no guard can handle: the upgrade to a WebSocket, a stream, or a request to
   * a server that is not a supported framework. The method returns the result as data instead of sending a response.
   *
   * The method does not check the header `Origin`, because tokens do not depend on it. Browsers cannot set headers on a
   * WebSocket, so let the client send the token in its first message, and pass it as `token`. The signal aborts when the token
   * expires.
   * @param request - An `IncomingMessage`, a `Request`, or the request as your handler receives it.
   * @param options - The requirement, as for `authorizationRequired`, and `token`.
   * @returns `{ ok: true, context, expiresAt, signal }` or `{ ok: false, status, headers, error }`. Wrong options are also
   *   returned as an error.
   * @throws Only errors from your functions, such as `claims`.
   * @example
   * ```ts
   * sockets.on('connection', (ws, req) => {
   *   ws.once('message', async (message) => {
   *     const token = String(message)
   *     const caller = await api.authenticate(req, { token, scopes: ['Todos.Read'] })
   *     if (!caller.ok) return ws.close(4401, caller.error.code)
   *     caller.signal.addEventListener('abort', () => ws.close(4401))
   *   })
   * })
   * ```
   */
  authenticate<const Requirement extends Exactly<Requirement, AuthenticateCaller<Issuer>> = object>(
    request: AnyRequest,
    options?: Requirement,
  ): Promise<Authentication<ContextFor<Requirement> & OfIssuer<Issuer>>>
  authenticate(
    request: AnyRequest,
    options: AuthenticateCaller = {},
  ): Promise<Authentication<AuthorizationContext>> {
    return rejectErrors(async () => {
      const { res, ...requirement } = readMembers(options, AUTHENTICATE_OPTIONS)
      // Not the context of a session for the same request.
      const http = new DetachedHttpContext(sourceOfRequest(request))
      return this.#apiFor(request).authenticate(http, {
        requirement,
        onClose: (listener) => http.onClose(listener, { res }),
      })
    })
  }

  /**
   * Converts an error that occurred outside a guard to an API response. The response contains JSON, and a `WWW-Authenticate`
   * header that tells the client what to do.
   * @param request - The request, in any form that `api.authenticate` accepts.
   * @param error - The error that your code caught.
   * @param options - The scopes that the client must request.
   * @returns The response, which you return from your handler. In Hono, this response also becomes the response of the
   *   context. In Express, Fastify, Koa and NestJS, call `api.sendResponse` instead.
   * @throws The error itself, if it is not an {@link IdentityError}. `configuration` for invalid scopes.
   * @example
   * ```ts
   * try {
   *   return Response.json(await todosOf(context))
   * } catch (error) {
   *   return api.toResponse(request, error, { scopes: ['Todos.Read'] })
   * }
   * ```
   */
  async toResponse(
    request: AnyRequest,
    error: unknown,
    { scopes }: ApiErrorScopes = {},
  ): Promise<Response> {
    const response = await this.#apiFor(request).toResponse({ error, scopes })
    return this.#host.prepare?.(request, response) ?? response
  }

  #apiFor(request: unknown): WebApi {
    return this.#apiOf(this.#host.environmentKey?.(request))
  }
}
