import { checkShape } from '../config/check-shape.js'
import { behaviourSchema } from '../config/schema.js'
import { isObject } from '../config/value-checks.js'
import type { Deviation } from './deviations.js'

/** An endpoint that can fail on request. */
export type FaultyEndpoint = 'metadata' | 'keys' | 'authorize' | 'token' | 'graph' | 'logout'

/**
 * A failure that you switch on for an endpoint. `times` limits it to that number of requests, and `grantType` to the
 * token requests with this `grant_type`.
 *
 * @example The token endpoint returns 503 once
 * ```ts
 * const fault: Fault = { kind: 'status', status: 503, retryAfter: '2', times: 1 }
 * provider.behave({ faults: { token: fault } })
 * ```
 */
export type Fault = { readonly times?: number; readonly grantType?: string } & (
  | {
      readonly kind: 'status'
      /** The HTTP status of the response. */
      readonly status: number
      /** The body of the response. */
      readonly body?: string
      /** The `Retry-After` header. */
      readonly retryAfter?: string
    }
  /** An HTML page instead of JSON, as some proxies send it. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The connection stays open without a response. */
  | { readonly kind: 'hang' }
  /** The provider waits `ms` milliseconds and then responds normally. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The response is JSON with `bytes` bytes of padding. */
  | { readonly kind: 'huge'; readonly bytes: number }
  /** An OAuth error, which the endpoint `authorize` sends with the redirect. */
  | {
      readonly kind: 'error'
      /** The OAuth `error`. */
      readonly error: string
      /** The HTTP status. The default is 400. */
      readonly status?: number
      /** The `error_description`. */
      readonly description?: string
      /** The `suberror` of Entra ID. */
      readonly suberror?: string
      /** The error numbers. The first number appears after `AADSTS`. */
      readonly codes?: readonly number[]
      /** A claims challenge, as a JSON string. */
      readonly claims?: string
    }
  /** The provider closes the socket without a response. */
  | { readonly kind: 'drop' }
)

/**
 * The switches that change a running provider's behavior.
 *
 * @example
 * ```ts
 * provider.behave({ accessTokenSeconds: 60, consent: 'skip' })
 * ```
 */
export interface Behaviour {
  /**
   * The lifetime of access tokens in seconds.
   *
   * @defaultValue 3600
   */
  accessTokenSeconds: number
  /**
   * The lifetime of ID tokens in seconds.
   *
   * @defaultValue 3600
   */
  idTokenSeconds: number
  /**
   * The value of `refresh_in` in token responses, in seconds. Without this switch, token responses do not contain
   * `refresh_in`.
   */
  refreshInSeconds?: number | undefined
  /**
   * With `true`, the second use of a refresh token revokes all refresh tokens of the sign-in. Entra ID does not do this.
   *
   * @defaultValue false
   */
  reuseDetection: boolean
  /**
   * The number of seconds that is added to all times in tokens. A negative number simulates a clock that is late.
   *
   * @defaultValue 0
   */
  clockOffsetSeconds: number
  /**
   * `'ask'` shows the consent page, while `'skip'` grants all requested scopes without it.
   *
   * @defaultValue 'ask'
   */
  consent: 'ask' | 'skip'
  /**
   * The time that an app has to respond to a logout token, in seconds.
   *
   * @defaultValue 5
   */
  logoutTimeoutSeconds: number
  /**
   * The endpoints that fail, with the kind of failure.
   *
   * @defaultValue none
   */
  faults: Partial<Record<FaultyEndpoint, Fault>>
  /**
   * With `true`, the `scope` in token responses contains Graph scopes with their prefix, for example
   * `https://graph.microsoft.com/User.Read`. Entra ID sometimes sends this form.
   *
   * @defaultValue false
   */
  prefixGraphScopes: boolean
  /**
   * The time between two device code polls, in seconds.
   *
   * @defaultValue 5
   */
  deviceIntervalSeconds: number
  /**
   * A Graph claims challenge (continuous access evaluation), as a JSON string.
   *
   * While it is set, Graph rejects access tokens that were requested without these claims. An example is
   * `{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}`.
   */
  graphClaims?: string | undefined
  /**
   * With `true`, `graphClaims` requires a new sign-in with the claims. A refresh is then not enough.
   *
   * @defaultValue false
   */
  graphClaimsNeedUser: boolean
  /**
   * The Azure AD B2C issuer. `'default'` is `{origin}/{guid}/v2.0/`, while `'tfp'` adds the policy to the path.
   *
   * @defaultValue 'default'
   */
  b2cIssuer: 'default' | 'tfp'
  /**
   * The claim that contains the name of the Azure AD B2C policy. In `acr`, the name is in lower case.
   *
   * @defaultValue 'tfp'
   */
  b2cPolicyClaim: 'tfp' | 'acr'
  /**
   * The `typ` header of access tokens from the plain OpenID provider. RFC 9068 requires `at+jwt`, but older servers
   * send `JWT`.
   *
   * @defaultValue 'at+jwt'
   */
  oidcAccessTokenType: 'at+jwt' | 'JWT'
  /**
   * With `true`, the Entra ID metadata contains `code_challenge_methods_supported`. The real metadata does not contain
   * this field, but some MCP clients require it.
   *
   * @defaultValue false
   */
  pkceInMetadata: boolean
  /**
   * The number of requests for a new app registration that return 404. At Entra ID, it takes some seconds until all servers
   * know a new object.
   *
   * @defaultValue 0
   */
  newAppNotFound: number
  /**
   * Differences from the real provider, for example `id-token-without-nonce`. Your app must notice them.
   *
   * @defaultValue none
   */
  deviations: readonly Deviation[]
}

/**
 * The switches of a provider that starts without `behaviour`.
 *
 * @example
 * ```ts
 * const seconds = defaultBehaviour.accessTokenSeconds // 3600
 * ```
 */
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
  pkceInMetadata: false,
  newAppNotFound: 0,
  deviations: [],
}

/**
 * Rejects switches that would otherwise fail later, during a request.
 *
 * @throws TypeError that lists all unknown switches and wrong values.
 */
export function assertBehaviour(changes: Partial<Behaviour>): void {
  const problems = findBehaviourProblems(changes)
  if (problems.length > 0) {
    throw new TypeError(`The switches are not valid:\n- ${problems.join('\n- ')}`)
  }
}

/**
 * Returns one line for each unknown switch and each wrong value. The type of the switches may be
 * wrong.
 */
export function findBehaviourProblems(changes: Partial<Behaviour>): string[] {
  const problems: string[] = []
  checkShape({ value: changes, path: '' }, behaviourSchema(), (path, problem) =>
    problems.push(`${path} ${problem}`),
  )
  if (!isClaims(changes.graphClaims)) {
    problems.push(
      'graphClaims is not valid. Set it to a JSON object, for example {"access_token":{…}}.',
    )
  }
  return problems
}

function isClaims(claims: unknown): boolean {
  // `checkShape` reports other types.
  if (typeof claims !== 'string') return true
  try {
    return isObject(JSON.parse(claims))
  } catch {
    return false
  }
}
