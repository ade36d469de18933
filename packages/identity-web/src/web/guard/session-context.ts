import type { NamedApis } from '../../client/index.ts'
import type { HttpContext } from '../../http-context.ts'
import { userOf, type Claims, type RequestSession } from '../../session/index.ts'
import type { LoginContext, TokenContext, UserInfo } from './context.ts'
import { callDownstream, type DownstreamCalls, type DownstreamServices } from './downstream.ts'
import { readUserInfo } from './user-info.ts'

// Classes, because their getters cost a guarded request nothing. A function in an object would have to be created for
// each request. Handlers take the functions out of the context, so a getter returns one that does not need `this`.

/** The context of a signed-in user, without a token. */
class SessionContext<User> implements LoginContext<User> {
  readonly kind = 'session'
  readonly user: User
  readonly claims: Claims
  readonly api: NamedApis
  readonly #services: DownstreamServices
  readonly #http: HttpContext

  constructor(services: DownstreamServices, http: HttpContext, { session }: RequestSession) {
    const { namedApis } = services
    this.user = userOf<User>(session)
    this.claims = session.claims
    this.api = namedApis.shared ?? namedApis.of(http)
    this.#services = services
    this.#http = http
  }

  get userInfo(): () => Promise<UserInfo> {
    return () => readUserInfo(this.#services, this.#http)
  }
}

/** The context of a signed-in user with a token. */
class SessionTokenContext<User> implements TokenContext<User> {
  readonly kind = 'session'
  readonly user: User
  readonly claims: Claims
  readonly api: NamedApis
  readonly accessToken: string
  readonly tokenType: string
  readonly expiresInSeconds: number
  readonly scopes: readonly string[]
  readonly fetch: TokenContext<User>['fetch']
  readonly #services: DownstreamServices
  readonly #http: HttpContext

  constructor(calls: DownstreamCalls, now: number) {
    const { current, http, services, token } = calls
    this.user = userOf<User>(current.session)
    this.claims = current.session.claims
    this.api = services.namedApis.shared ?? services.namedApis.of(http)
    this.accessToken = token.token
    this.tokenType = token.type
    this.expiresInSeconds = Math.max(0, token.expiresAt - now)
    this.scopes = token.scopes
    this.fetch = (input, init) => callDownstream(calls, input, init)
    this.#services = services
    this.#http = http
  }

  get userInfo(): () => Promise<UserInfo> {
    return () => readUserInfo(this.#services, this.#http)
  }
}

/** Returns the context of a signed-in user, without a token. */
export function toLoginContext<User>(
  services: DownstreamServices,
  http: HttpContext,
  current: RequestSession,
): LoginContext<User> {
  return new SessionContext<User>(services, http, current)
}

/** Returns the context of a signed-in user with a token. */
export function toTokenContext<User>(calls: DownstreamCalls, now: number): TokenContext<User> {
  return new SessionTokenContext<User>(calls, now)
}
