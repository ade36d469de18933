/** The function and the time limit for requests to a provider, and the accepted difference of its clock. */
export interface Transport {
  readonly fetch: typeof fetch
  /** The maximum duration of a request in seconds, including the body of its response. */
  readonly timeoutSeconds: number
  /** The accepted difference between the clocks of this server and of the provider, in seconds. @defaultValue `60` */
  readonly clockToleranceSeconds?: number
  /** Returns cause and remedy for Microsoft's error codes. The codes are known to the client, not to the authority. */
  readonly hintOf?: (codes: readonly string[]) => Promise<string | undefined>
}

/** A request to a provider: a URL and the options of `fetch`. */
export interface ProviderRequest extends RequestInit {
  readonly url: string
}

/** The response of a provider, read completely. */
export interface ProviderResponse {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /**
   * The target of a redirect without its query. Redirects are never followed, because the target would receive the
   * credentials of the application, or could replace the keys of the provider.
   */
  readonly redirectTarget: string | undefined
}
