import type { RouteGuard } from '../http-context.ts'
import { addTestAccess } from '../test-access.ts'
import type { TokenResult } from '../tokens.ts'
import {
  missingApp,
  missingAuth,
  ProxyTable,
  resolveProxy,
  type ApiProxyOptions,
  type ConfigurationProblem,
  type RevokedSessions,
  type WebAuth,
} from '../web/index.ts'
import type { Calls, Host } from './calls.ts'
import { ContextPlace, type SessionContext } from './identity.ts'
import type { Operation } from './operation.ts'

/**
 * The state of an `Auth`. All classes of `Auth` use it through {@link stateOf}. It is not a protected member, because
 * editors would offer that to classes of applications.
 */
export interface AuthState<User, C extends Calls> {
  readonly host: Host<C>
  /** The place of the contexts that the guards store on requests. */
  readonly place: ContextPlace<SessionContext<User>>
  /** Whether an application has the routes of sign-in, or does not need them. */
  isMounted: boolean
  /** Returns the sign-in for the environment of a request. */
  webOf(request?: unknown): WebAuth<User>
  /** The sign-in, if it does not depend on the environment of a request. */
  readonly web: WebAuth<User> | undefined
  /** The proxies. `undefined` until the first one is declared. */
  proxies: ProxyTable | undefined
}

/** Returns the state of an `Auth`. */
export let stateOf: <User, C extends Calls>(auth: AuthOperation<User, C>) => AuthState<User, C>

/**
 * The members of `Auth` that need no request.
 *
 * Each class of the chain `AuthOperation`, `AuthRoutes`, `AuthUsers`, `AuthBase` adds the members of one subject.
 */
export abstract class AuthOperation<User, C extends Calls = Calls> implements Operation {
  readonly #state: AuthState<User, C>

  /** @param web - The core, or a function that returns it if the settings depend on the environment of a request. */
  constructor(web: WebAuth<User> | ((request?: unknown) => WebAuth<User>), host: Host<C>) {
    const state: AuthState<User, C> = {
      host,
      place: new ContextPlace(),
      isMounted: false,
      webOf: typeof web === 'function' ? (request) => prepared(web(request)) : () => web,
      web: typeof web === 'function' ? undefined : web,
      proxies: undefined,
    }
    this.#state = state
    // A sign-in that is created later gets the proxies with its first use.
    const withProxies = new WeakSet<WebAuth<User>>()
    function prepared(created: WebAuth<User>): WebAuth<User> {
      if (state.proxies === undefined || withProxies.has(created)) return created
      created.useProxies(state.proxies)
      withProxies.add(created)
      return created
    }
  }

  static {
    stateOf = (auth) => auth.#state
    addTestAccess(AuthOperation.prototype, (auth: AuthOperation<unknown>) =>
      webOf(auth).testAccess(),
    )
  }

  get problems(): readonly ConfigurationProblem[] {
    return webOf(this).problems
  }

  ready(): Promise<void> {
    return webOf(this).ready()
  }

  close(): void {
    webOf(this).close()
  }

  /**
   * The path of the redirect URI, which receives the authorization response. It is `/redirect` without a
   * redirect URI.
   */
  get redirectUriPath(): string {
    return webOf(this).paths.callback
  }

  /**
   * The path that starts a sign-in. The query can contain `return_to=/path`, the page to return to,
   * and `prompt`, `login_hint` and `domain_hint`.
   */
  get loginPath(): string {
    return webOf(this).paths.login
  }

  /** The front-channel logout URL's path. The provider loads it when the user signs out of another application. */
  get frontChannelLogoutPath(): string {
    return webOf(this).paths.frontChannelLogout
  }

  /** The back-channel logout URL's path. The provider's server calls it when the user signs out of another application. */
  get backChannelLogoutPath(): string {
    return webOf(this).paths.backChannelLogout
  }

  /** The path that signs the user out. Use it in links and forms. */
  get logoutPath(): string {
    return webOf(this).paths.logout
  }

  /**
   * The path of the session endpoint, which scripts call. `undefined` without the option `browser`.
   */
  get browserSessionPath(): string | undefined {
    return webOf(this).paths.session
  }

  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult> {
    return webOf(this).getTokenForClient(scopes)
  }

  /**
   * Forwards requests of your pages to an API, with the access token of the signed-in user. The browser never gets the token.
   *
   * Call it after you create the `Auth`. In frameworks with body parsers, create the `Auth` before you add the parsers. Scripts of
   * your pages can call the proxy, and scripts of other origins get a 403 response. If the user is not signed in, the response
   * is 401 with the login URL. If several proxies match a request, the longest path is used.
   * @param path - The path of the proxy, as the browser requests it. All paths below it belong to the proxy.
   * @param options - The URL of the API, the scopes, and the requests to forward.
   * @throws IdentityError `configuration` for wrong options, a path that contains a route of sign-in, and scopes of several APIs. On
   *   Workers and in Astro, the first request throws what depends on the other settings.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * auth.proxy('/api', { target: 'https://todos.contoso.com/v1', scopes: ['api://todos/Todos.Read'] })
   *
   * // A script of your page calls https://todos.contoso.com/v1/todos:
   * const response = await fetch('/api/todos', { headers: { 'x-csrf': '1' } })
   * ```
   * @see {@link https://www.rfc-editor.org/rfc/rfc10017 | RFC 10017, section 6.1}
   */
  proxy(path: string, options: ApiProxyOptions): void {
    const state = stateOf(this)
    const proxy = resolveProxy(path, options)
    state.web?.checkProxy(proxy)
    state.proxies ??= new ProxyTable()
    state.proxies.add(proxy)
    state.web?.useProxies(state.proxies)
  }

  /**
   * Signs a user out on all devices, or all users of a tenant. Every existing session of theirs ends with its next
   * request, on all servers.
   *
   * Later sign-ins are not affected. This method requires `session.store` or `session.denyList`.
   * @param of - Identifies the sessions by `sub`, `sid`, `oid`, `tid`, or by the `user` of the context.
   * @throws IdentityError `configuration` without a store, or if `of` does not identify a user or a tenant.
   *   `store_unavailable` if the store does not respond. In that case the user stays signed in.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * await auth.revokeSessions({ user: context.user })
   * await auth.revokeSessions({ tid: '11111111-2222-3333-4444-555555555555' }) // a customer that you suspended
   * ```
   */
  revokeSessions(of: RevokedSessions<User>): Promise<void> {
    return webOf(this).revokeSessions(of)
  }
}

/** Returns the sign-in of an `Auth` without its framework. */
export function webOf<User>(auth: AuthOperation<User>): WebAuth<User> {
  return stateOf(auth).webOf()
}

/** Returns the place of the contexts that the guards of an `Auth` store. */
export function placeIn(auth: AuthOperation<any>): ContextPlace<unknown> {
  return stateOf(auth).place
}

/** Records that an application has the routes of sign-in, or does not need them. */
export function setMounted(auth: AuthOperation<any>): void {
  stateOf(auth).isMounted = true
}

/**
 * @param framework - The last part of the entry point whose stand-alone `loginRequired` looks for the `Auth`.
 * @throws IdentityError `configuration` if no application has the routes of sign-in.
 */
export function assertMounted<A extends AuthOperation<any>>(
  auth: A | undefined,
  framework?: string,
): asserts auth is A {
  if (auth === undefined) throw framework === undefined ? missingApp() : missingAuth(framework)
  if (!stateOf(auth).isMounted) throw missingApp()
}

/**
 * Makes a guard fail if its `Auth` is not mounted, because the provider could not redirect back. The guard of an `Auth` that is
 * mounted already needs no check for each request.
 */
export function whenMounted<User, Context>(
  auth: AuthOperation<User>,
  guard: RouteGuard<Context>,
): RouteGuard<Context> {
  if (stateOf(auth).isMounted) return guard
  return (http, handler) => {
    assertMounted(auth)
    return guard(http, handler)
  }
}
