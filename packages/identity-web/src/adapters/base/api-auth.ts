import type { WebApi } from '../../api/index.ts'
import type { TokenResult } from '../../tokens.ts'

/** Returns the protection of an `ApiAuth` without its framework. Editors do not show this function. */
export let apiOf: (api: ApiAuthBase) => WebApi

/** The members that `ApiAuth` has in every framework. They do not take a request. */
export abstract class ApiAuthBase {
  readonly #apiOf: () => WebApi

  /** @param api - The core, or a function that returns it if the settings depend on the environment of a request. */
  constructor(api: WebApi | (() => WebApi)) {
    this.#apiOf = typeof api === 'function' ? api : () => api
  }

  static {
    apiOf = (api) => api.#apiOf()
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
