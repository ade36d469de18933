import type { WebApi } from '../../api/index.ts'
import type { TokenResult } from '../../tokens.ts'

/** What the `ApiAuth` of every framework has alike: all that needs no request. */
export abstract class ApiAuthBase {
  readonly #api: () => WebApi

  /** @param api - A function where it is known only later, by a request's environment. */
  constructor(api: WebApi | (() => WebApi)) {
    this.#api = typeof api === 'function' ? api : () => api
  }

  /**
   * Gets an access token of the API itself, with no user (client credentials), to call another API.
   *
   * It is kept and renewed ahead of time, so call this for each use. At Entra ID the authority must name one tenant.
   *
   * @param scopes - At Entra ID one API's `/.default`, such as `https://graph.microsoft.com/.default`.
   * @returns The token, and for how many seconds it is good.
   * @throws {@link IdentityError} `configuration` without a credential, for an authority of many tenants and for scopes
   *   of several APIs; `provider_error` when the provider refuses; `provider_unavailable` when it can't answer now.
   *
   * @example
   * ```ts
   * const { accessToken } = await api.getTokenForClient('https://graph.microsoft.com/.default')
   * ```
   */
  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult> {
    return this.#api().getTokenForClient(scopes)
  }

  /**
   * Gets an access token for the user of a process that `context.startLongRunningProcess()` began, whether or not they
   * are there.
   *
   * @param key - What `startLongRunningProcess` gave.
   * @param scopes - Of one API, as a list or separated by spaces.
   * @returns The token, and for how many seconds it is good.
   * @throws {@link IdentityError} `interaction_required` when the process was stopped or its user has to start it again;
   *   `configuration` without `longRunning`; `provider_unavailable` when the provider can't answer now.
   *
   * @example A job of the night
   * ```ts
   * const { accessToken } = await api.getTokenInLongRunningProcess(job.key, ['Files.Read'])
   * ```
   */
  getTokenInLongRunningProcess(
    key: string,
    scopes: string | readonly string[],
  ): Promise<TokenResult> {
    return this.#api().getTokenInLongRunningProcess(key, scopes)
  }

  /**
   * Ends a long-running process: its tokens leave the store.
   *
   * @param key - What `startLongRunningProcess` gave. One that is not there any more is no error.
   * @throws {@link IdentityError} `configuration` without `longRunning`.
   *
   * @example
   * ```ts
   * await api.stopLongRunningProcess(job.key)
   * ```
   */
  stopLongRunningProcess(key: string): Promise<void> {
    return this.#api().stopLongRunningProcess(key)
  }

  /** Protection without a framework, for the members that an adapter adds. @internal */
  static api(api: ApiAuthBase): WebApi {
    return api.#api()
  }
}
