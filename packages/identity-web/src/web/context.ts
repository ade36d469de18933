import { isSecureUrl } from '../authority/index.ts'
import { IdentityError } from '../errors.ts'
import type { Claims, Session } from '../session/index.ts'
import type { AccessToken } from '../tokens.ts'
import type { WebRuntime } from './runtime.ts'

/** What a guarded handler knows of its user. @public */
export interface LoginContext<User = Claims> {
  /** What `onLogin` returned; the ID token's claims without it. Frozen: requests share it. */
  readonly user: User
  /** The ID token's claims. */
  readonly claims: Claims
}

/** What a handler guarded with scopes has besides: an access token for them. @public */
export interface TokenContext<User = Claims> extends LoginContext<User> {
  /** The token itself, for a client library. */
  readonly accessToken: string
  /** How to send the token, usually `Bearer`. */
  readonly tokenType: string
  /** Seconds for which the token is still valid. */
  readonly expiresIn: number
  /** The granted scopes, without the API's prefix. */
  readonly scopes: readonly string[]
  /**
   * Calls an API with the access token.
   *
   * @param input - Where to; `endpoint` of the options without it. Only https and loopback get the token.
   * @throws IdentityError `configuration` when the token must not be sent there.
   */
  readonly fetch: (input?: string | URL, init?: RequestInit) => Promise<Response>
}

/** An access token as the application gets it. @public */
export type TokenResult = Pick<TokenContext, 'accessToken' | 'tokenType' | 'expiresIn' | 'scopes'>

export function toContext<User>(
  runtime: WebRuntime<User>,
  session: Session,
  token: AccessToken | undefined,
): LoginContext<User> | TokenContext<User> {
  const user = toUser<User>(session)
  const { claims } = session
  if (token === undefined) return { user, claims }
  // Written out: two spreads would cost more than the look-up of the token.
  return {
    user,
    claims,
    accessToken: token.token,
    tokenType: token.type,
    expiresIn: Math.max(0, token.expiresAt - runtime.now()),
    scopes: token.scopes,
    fetch: (input = runtime.options.endpoint, init) => fetchWithToken(runtime, token, input, init),
  }
}

export function toUser<User>(session: Session): User {
  return (session.user ?? session.claims) as User
}

export function toTokenResult(token: AccessToken, now: number): TokenResult {
  return {
    accessToken: token.token,
    tokenType: token.type,
    expiresIn: Math.max(0, token.expiresAt - now),
    scopes: token.scopes,
  }
}

async function fetchWithToken<User>(
  runtime: WebRuntime<User>,
  { token, type }: AccessToken,
  input: string | URL | undefined,
  init: RequestInit = {},
): Promise<Response> {
  if (input === undefined || !URL.canParse(input) || !isSecureUrl(new URL(input))) {
    throw new IdentityError(
      'configuration',
      input === undefined
        ? 'context.fetch() was given no URL, and endpoint is not configured. Set Auth({ endpoint }) or IDENTITY_ENDPOINT, for example https://graph.microsoft.com/v1.0/me.'
        : 'context.fetch() sends access tokens only to https:// URLs (http:// only on localhost).',
    )
  }
  const headers = new Headers(init.headers)
  headers.set('authorization', `${type} ${token}`)
  return runtime.options.fetch(input, { ...init, headers })
}
