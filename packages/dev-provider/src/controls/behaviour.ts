/** An endpoint that can be made to fail. */
export type FaultyEndpoint = 'metadata' | 'keys' | 'authorize' | 'token' | 'graph' | 'logout'

/** A way to fail. `times` limits it to the next requests of that number. */
export type Fault = { readonly times?: number } & (
  | {
      readonly kind: 'status'
      readonly status: number
      readonly body?: string
      /** Sent as `Retry-After`. */
      readonly retryAfter?: string
    }
  /** A web page where JSON belongs, as proxies answer. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The connection stays open and silent. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'huge'; readonly bytes: number }
  /** An OAuth error; on `authorize` it travels on the redirect. */
  | {
      readonly kind: 'error'
      readonly error: string
      readonly status?: number
      readonly description?: string
      readonly suberror?: string
      readonly codes?: readonly number[]
      readonly claims?: string
    }
  /** The socket is destroyed. */
  | { readonly kind: 'drop' }
)

/** The switches of a provider. */
export interface Behaviour {
  /** @defaultValue 3600 */
  accessTokenSeconds: number
  /** @defaultValue 3600 */
  idTokenSeconds: number
  /** Adds `refresh_in` to token responses. */
  refreshInSeconds?: number | undefined
  /** A refresh token used twice ends the whole family. Entra does not do it, so it is off. */
  reuseDetection: boolean
  /** Added to the clock of everything issued. */
  clockOffsetSeconds: number
  /** `'skip'` grants what is asked for without a page. */
  consent: 'ask' | 'skip'
  /** Endpoints that fail. */
  faults: Partial<Record<FaultyEndpoint, Fault>>
  /** Graph scopes come back as `https://graph.microsoft.com/User.Read`, as Entra does at times. */
  prefixGraphScopes: boolean
  /** Seconds between two polls of a device code. @defaultValue 5 */
  deviceIntervalSeconds: number
}

/** The switches as they stand at the start. */
export const defaultBehaviour: Readonly<Behaviour> = {
  accessTokenSeconds: 3600,
  idTokenSeconds: 3600,
  reuseDetection: false,
  clockOffsetSeconds: 0,
  consent: 'ask',
  faults: {},
  prefixGraphScopes: false,
  deviceIntervalSeconds: 5,
}
