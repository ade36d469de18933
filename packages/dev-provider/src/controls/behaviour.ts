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
  /** Seconds that an app has to answer a logout token. @defaultValue 5 */
  logoutTimeoutSeconds: number
  /** Endpoints that fail. */
  faults: Partial<Record<FaultyEndpoint, Fault>>
  /** Graph scopes come back as `https://graph.microsoft.com/User.Read`, as Entra does at times. */
  prefixGraphScopes: boolean
  /** Seconds between two polls of a device code. @defaultValue 5 */
  deviceIntervalSeconds: number
  /**
   * A claims challenge, JSON text such as `{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}`. While it is
   * set, Graph refuses tokens that were not requested with these claims (continuous access evaluation).
   */
  graphClaims?: string | undefined
  /** Only a new sign-in that carries the claims satisfies `graphClaims`; refreshing does not. */
  graphClaimsNeedUser: boolean
  /** The issuer of Azure AD B2C: `{origin}/{guid}/v2.0/`, or with `'tfp'` one with the policy in it. */
  b2cIssuer: 'default' | 'tfp'
  /** The claim that names an Azure AD B2C policy; in `acr` it is in lower case. */
  b2cPolicyClaim: 'tfp' | 'acr'
  /** `typ` of the plain provider's access tokens: that of RFC 9068, or `JWT` as older servers have it. */
  oidcAccessTokenType: 'at+jwt' | 'JWT'
}

/** The switches as they stand at the start. */
export const defaultBehaviour: Readonly<Behaviour> = {
  accessTokenSeconds: 3600,
  idTokenSeconds: 3600,
  reuseDetection: false,
  clockOffsetSeconds: 0,
  consent: 'ask',
  logoutTimeoutSeconds: 5,
  faults: {},
  prefixGraphScopes: false,
  deviceIntervalSeconds: 5,
  graphClaimsNeedUser: false,
  b2cIssuer: 'default',
  b2cPolicyClaim: 'tfp',
  oidcAccessTokenType: 'at+jwt',
}

/** Refuses switches that would only fail later, at a request. */
export function assertBehaviour({ graphClaims }: Partial<Behaviour>): void {
  try {
    if (graphClaims === undefined || typeof JSON.parse(graphClaims) === 'object') return
  } catch {
    // Told below.
  }
  throw new TypeError('graphClaims must be the JSON text of a claims request.')
}
