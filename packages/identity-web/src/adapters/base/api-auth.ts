import type { AuthorizationContext, WebApi } from '../../api/index.ts'
import { IdentityError } from '../../errors.ts'
import type { ConfigurationProblem } from '../../web/index.ts'
import type { TokenResult } from '../../tokens.ts'
import { ContextPlace } from './identity.ts'

/** Returns the protection of an `ApiAuth` without its framework. Editors do not show this function. */
export let apiOf: (api: ApiAuthBase) => WebApi

/** Returns the place of the contexts that the guards of an `ApiAuth` store. */
export let placeInApi: (api: ApiAuthBase) => ContextPlace<unknown>

/**
 * The members that `ApiAuth` has in every framework.
 * @typeParam Guarded - The object that guards store the context of a request on.
 */
export abstract class ApiAuthBase<Guarded extends object = any> {
  readonly #apiOf: () => WebApi
  readonly #place = new ContextPlace<AuthorizationContext>()

  /** @param api - The core, or a function that returns it if the settings depend on the environment of a request. */
  constructor(api: WebApi | (() => WebApi)) {
    this.#apiOf = typeof api === 'function' ? api : () => api
  }

  static {
    apiOf = (api) => api.#apiOf()
    placeInApi = (api) => api.#place
  }

  /**
   * Returns the context that a guard of this `ApiAuth` has stored on the request. Use it in functions that receive the
   * request but not the context.
   *
   * Pass the same object that the guard received. A copy of it, such as `new Request(request)`, does not have the context.
   * @param request - The request, as the handler of the guarded route receives it.
   * @returns The context of the user or the application.
   * @throws IdentityError `configuration` if no guard of this `ApiAuth` has accepted an access token for this request.
   * @example
   * ```ts
   * const { claims } = api.contextOf(req) // Express, NestJS
   * const { claims } = api.contextOf(request) // Fastify, Next.js, fetch
   * const { claims } = api.contextOf(ctx) // Koa
   * const { claims } = api.contextOf(c) // Hono
   * ```
   */
  contextOf(request: Guarded): AuthorizationContext {
    const context = this.#place.read(request)
    if (context) return context
    throw new IdentityError(
      'configuration',
      'api.contextOf() found no context, because no guard of this ApiAuth has accepted an access token for this request. Guard the route, for example with api.authorizationRequired(handler), and pass the request that the handler receives. In a route of auth.orBearer(api), check context.kind first.',
    )
  }

  /**
   * The problems of the configuration. The list is empty if the options are valid. On Workers it is known from the first
   * request on.
   *
   * In production, servers do not start with problems, unless `strictStart` is `false`.
   * @example
   * ```ts
   * const api = new ApiAuth({ strictStart: false })
   * for (const { option, variable, message } of api.problems) console.error(option, variable, message)
   * ```
   */
  get problems(): readonly ConfigurationProblem[] {
    return this.#apiOf().problems
  }

  /**
   * Checks that requests can be served: it fetches the provider's metadata and keys unless they are cached, loads the
   * credential, and reads from the store of `longRunning`. Use it for the readiness probe of your platform.
   * @throws IdentityError with the cause: `configuration`, `provider_unavailable`, `invalid_response` or
   *   `store_unavailable`.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * // Your readiness route returns 200 if it is ready, and otherwise 503.
   * const isReady = await api.ready().then(() => true, () => false)
   * ```
   */
  ready(): Promise<void> {
    return this.#apiOf().ready()
  }

  /**
   * Ends the timers of this object. It logs the repetitions of messages that were counted. It does not close your store.
   * It does not throw.
   * @example
   * ```ts
   * process.on('SIGTERM', () => server.close(() => api.close()))
   * ```
   */
  close(): void {
    this.#apiOf().close()
  }

  /**
   * Returns an access token for the API itself, without a user (client credentials). Use it to call another API.
   *
   * The token is cached and refreshed before it expires, so call this method for each use. Entra ID requires an
   * authority with a single tenant.
   * @param scopes - Scopes of one API. At Entra ID, pass the `/.default` scope of the API, such as
   *   `https://graph.microsoft.com/.default`.
   * @returns The token and its lifetime in seconds.
   * @throws IdentityError `configuration` for a missing credential, an authority with many tenants, or scopes of
   *   several APIs. `provider_error` if the provider rejects the request. `provider_unavailable` during an outage.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * const { accessToken } = await api.getTokenForClient('https://graph.microsoft.com/.default')
   * ```
   */
  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult> {
    return this.#apiOf().getTokenForClient(scopes)
  }

  /**
   * Returns an access token for the user of a long-running process, which `context.startLongRunningProcess()` started.
   * The user does not have to be present.
   * @param key - The key that `startLongRunningProcess` returned.
   * @param scopes - Scopes of one API, as a list or a space-separated string.
   * @returns The token and its lifetime in seconds.
   * @throws IdentityError `interaction_required` if the process was stopped, or if its user must start it again.
   *   `configuration` if the option `longRunning` is not set. `provider_unavailable` during an outage.
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
   * @param key - The key that `startLongRunningProcess` returned. An unknown key is not an error.
   * @throws IdentityError `configuration` if the option `longRunning` is not set.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * await api.stopLongRunningProcess(job.key)
   * ```
   */
  stopLongRunningProcess(key: string): Promise<void> {
    return this.#apiOf().stopLongRunningProcess(key)
  }
}
