import {
  createWebAuth,
  type AuthOptions,
  type Claims,
  type LoginContext,
  type LoginOptions,
  type LoginRequirement,
  type ScopesRequired,
  type TokenContext,
  type TokenResult,
} from '../../web/index.ts'
import { AuthBase } from '../base/auth.ts'
import { eitherGuard } from '../base/either.ts'
import { toEnvironment } from '../base/environment.ts'
import { loginGuard } from '../base/guards.ts'
import { answering, exchangeOf, pathAndQuery, runRoute } from '../request-response.ts'
import type { ApiAuth } from './api-auth.ts'
import type { Either } from './either.ts'
import { protect, type GuardedHandler, type Handler } from './protect.ts'

/**
 * A handler that runs only for a signed-in user, who is in its second argument. What it throws is the server's.
 *
 * @public
 */
export type LoginHandler<Context, Rest extends readonly unknown[] = []> = GuardedHandler<
  Context,
  Rest
>

/**
 * Lets signed-in users through and brings others to the provider, and back to the page that they wanted.
 * Scripts are answered 401 with a JSON body that holds the login URL.
 *
 * @param options - What the route asks of its users; nothing but a sign-in without it.
 * @param handler - Runs for those who are let in.
 * @returns A handler of requests; what it is given besides goes to the handler.
 * @throws {@link IdentityError} `configuration`, when the route is declared: for scopes of several APIs, since an
 *   access token is for one, and for `acrs` and `maxAge` that make no sense.
 *
 * @example An access token for Microsoft Graph
 * ```ts
 * const mail = auth.loginRequired({ scopes: ['Mail.Read'] }, (request, context) =>
 *   context.fetch('https://graph.microsoft.com/v1.0/me/messages'),
 * )
 * ```
 * @public
 */
export interface LoginRequired<User> {
  /**
   * With an access token for the scopes; consent is asked for on the way. The handler's second argument is the context.
   */
  <Rest extends readonly unknown[] = []>(
    options: ScopesRequired,
    handler: LoginHandler<TokenContext<User>, Rest>,
  ): Handler<Rest>
  /** Without an access token. */
  <Rest extends readonly unknown[] = []>(
    options: LoginRequirement,
    handler: LoginHandler<LoginContext<User>, Rest>,
  ): Handler<Rest>
  /** With nothing to ask but that somebody is signed in. */
  <Rest extends readonly unknown[] = []>(
    handler: LoginHandler<LoginContext<User>, Rest>,
  ): Handler<Rest>
}

/**
 * Signs the users of an application in, on any server of `Request` and `Response`: Bun, Deno, Workers, SvelteKit, React
 * Router, Astro. Keeps their sessions and gets their tokens.
 *
 * Faults of the configuration don't throw: they are logged at start and shown on the login page.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 *
 * @example Deno
 * ```ts
 * import { Auth } from 'identity-web/fetch'
 *
 * const auth = new Auth({
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '11111111-2222-3333-4444-555555555555',
 *   redirectUri: 'http://localhost:8000/redirect',
 * })
 * const home = auth.loginRequired((request, { user }) => new Response(`Hello, ${user.name}`))
 *
 * Deno.serve((request) => auth.respond(request, () => home(request)))
 * ```
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User> {
  /**
   * @param options - Those not given are read from the environment. Faults don't throw: they are logged and
   *   shown on the login page.
   * @param environment - Where a server hands its variables to each request: those. `process.env` without it.
   */
  constructor(options: AuthOptions<User> = {}, environment?: object) {
    super(createWebAuth(options, toEnvironment(environment)))
    AuthBase.setMounted(this)
  }

  /**
   * Serves an application with sign-in: answers the routes of sign-in, and lets the application answer all others.
   * Whatever is renewed meanwhile, by {@link Auth.getUser} say, is stored with the response.
   *
   * It fits as it is where a framework asks for something to run around all requests.
   *
   * @param request - Any request.
   * @param next - Answers the requests that are not for sign-in.
   * @returns The response, with cookies where a session was renewed; what `next` throws is thrown on.
   *
   * @example Workers, SvelteKit and Astro
   * ```ts
   * // Workers, Bun, Deno
   * export default { fetch: (request: Request) => auth.respond(request, () => app(request)) }
   *
   * // SvelteKit: src/hooks.server.ts
   * export const handle = ({ event, resolve }) => auth.respond(event.request, () => resolve(event))
   *
   * // Astro: src/middleware.ts
   * export const onRequest = ({ request }, next) => auth.respond(request, next)
   * ```
   */
  respond(request: Request, next: () => Response | Promise<Response>): Promise<Response> {
    return answering(request, async () => (await this.handle(request)) ?? next())
  }

  /**
   * Answers the routes of sign-in, for a server that does the rest by itself: {@link Auth.respond} does both.
   *
   * @param request - Any request.
   * @returns The response; `undefined` for paths that are not of sign-in.
   *
   * @example
   * ```ts
   * const answer = await auth.handle(request)
   * if (answer !== undefined) return answer
   * ```
   */
  async handle(request: Request): Promise<Response | undefined> {
    const route = AuthBase.web(this).route(pathAndQuery(request.url), request.method)
    return route && runRoute(request, route)
  }

  /**
   * Guards a route, so that its handler always has a user: see {@link LoginRequired}.
   *
   * @example
   * ```ts
   * const me = auth.loginRequired((request, { user }) => Response.json(user))
   * ```
   */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]) =>
    protect(loginGuard(this, given))

  /**
   * Makes guards that take a session or a bearer token: for routes that the pages of this application call as well as
   * clients of its API.
   *
   * @param api - What judges a request with an `Authorization` header.
   * @returns What guards such routes.
   *
   * @example
   * ```ts
   * const todos = auth.or(api).required({ authorization: { scopes: ['Todos.Read'] } }, (request, context) =>
   *   Response.json('token' in context ? listFor(context.claims) : listFor(context.user)),
   * )
   * ```
   */
  or(api: ApiAuth): Either<User> {
    return {
      required: (...given: readonly unknown[]) => protect(eitherGuard({ auth: this, api }, given)),
    }
  }

  /**
   * Begins a sign-in: for a page of the application's own, or with other parameters than the options'.
   *
   * What fails becomes the error page. Without a `redirectUri` it gives the page with the code.
   *
   * @param request - Of a page visitor: a script can't follow to the provider.
   * @param options - What else to ask for. `returnTo` is a path of this origin; anything else leads to `/`.
   * @returns The response, cookie included.
   *
   * @example A link to sign up
   * ```ts
   * const signUp = (request: Request) => auth.login(request, { prompt: 'create', returnTo: '/welcome' })
   * ```
   */
  login(request: Request, options?: LoginOptions): Promise<Response> {
    return runRoute(request, (own) => AuthBase.web(this).login(own, options))
  }

  /**
   * Takes the provider's answer at the redirect URI, where `routes: false` leaves that to the application: signs the
   * user in and leads back to the page that they wanted.
   *
   * Take POST as well as GET where `responseMode` is `'form_post'`. What fails becomes the error page.
   *
   * @param request - The request at the redirect URI, its body unread.
   * @returns The response, cookies included.
   * @throws What `onLogin` throws, unless it is an {@link IdentityError}.
   *
   * @example
   * ```ts
   * const { pathname } = new URL(request.url)
   * if (pathname === auth.redirectUriPath) return auth.completeLogin(request)
   * if (pathname === auth.loginPath) return auth.login(request)
   * if (pathname === auth.logoutPath) return auth.logout(request)
   * ```
   */
  completeLogin(request: Request): Promise<Response> {
    return runRoute(request, (own) => AuthBase.web(this).completeLogin(own))
  }

  /**
   * Ends the session, here and at the provider, and leads on.
   *
   * A request from another site is answered with a question first; its button posts to {@link Auth.logoutPath}, so with
   * `routes: false` let that path lead here, for GET and POST.
   *
   * @param request - Of a page visitor: a script can't follow to the provider.
   * @param url - Where to land: an absolute URL that is registered at the provider. `postLogoutRedirectUri` without it.
   * @returns The response, cookies included.
   *
   * @example A landing of its own
   * ```ts
   * const leave = (request: Request) => auth.logout(request, 'https://example.com/goodbye')
   * ```
   */
  logout(request: Request, url?: string): Promise<Response> {
    return runRoute(request, (own) => AuthBase.web(this).logout(own, url))
  }

  /**
   * Ends the session that the provider names (`sid`) when the user signed out elsewhere, where `routes: false` leaves
   * that to the application.
   *
   * The provider loads it in a hidden frame: the session's cookie comes along only with `session.cookie.sameSite:
   * 'none'`, and this answer must be without frame protection. A call that names another session changes nothing.
   *
   * @param request - The request at the front-channel logout URL.
   * @returns The response, cookies included.
   *
   * @example
   * ```ts
   * if (pathname === auth.frontChannelLogoutPath) return auth.frontChannelLogout(request)
   * ```
   * @see {@link https://openid.net/specs/openid-connect-frontchannel-1_0.html | OpenID Connect Front-Channel Logout}
   */
  frontChannelLogout(request: Request): Promise<Response> {
    return runRoute(request, (own) => AuthBase.web(this).frontChannelLogout(own))
  }

  /**
   * Ends the sessions that the provider's server names when a user signed out elsewhere, where `routes: false` leaves that
   * to the application. Take POST. It needs `session.store` or `session.denyList`.
   *
   * @param request - The request at the back-channel logout URL.
   * @returns The response: 200 where it was obeyed, 400 for a token that is refused.
   *
   * @example
   * ```ts
   * if (pathname === auth.backChannelLogoutPath) return auth.backChannelLogout(request)
   * ```
   * @see {@link https://openid.net/specs/openid-connect-backchannel-1_0.html | OpenID Connect Back-Channel Logout}
   */
  backChannelLogout(request: Request): Promise<Response> {
    return runRoute(request, (own) => AuthBase.web(this).backChannelLogout(own))
  }

  /**
   * Tells who is signed in, for a page that everybody may see.
   *
   * @param request - The very object that {@link Auth.respond} or a guard was given: what is renewed is stored with the
   *   response of that. Elsewhere it is not stored, and the next request renews again.
   * @returns The user, `undefined` when nobody is signed in; never a redirect.
   *
   * @example
   * ```ts
   * const user = await auth.getUser(request)
   * return Response.json(user === undefined ? { signIn: auth.loginPath } : { name: user.name })
   * ```
   */
  getUser(request: Request): Promise<User | undefined> {
    return AuthBase.web(this).getUser(exchangeOf(request))
  }

  /**
   * Gets an access token for the signed-in user, from the session or refreshed.
   *
   * Let its errors through within a guarded handler: the guard sends the user to the provider for what is missing.
   *
   * @param request - The very object that {@link Auth.respond} or a guard was given, as for {@link Auth.getUser}.
   * @param scopes - Of one API, as a list or separated by spaces.
   * @returns The token, and for how many seconds it is good.
   * @throws {@link IdentityError} `login_required` when nobody is signed in; `interaction_required` when the user has to
   *   consent or do another step; `provider_unavailable` when the provider can't answer now; `provider_error` when it
   *   refuses; `configuration` for scopes of several APIs.
   *
   * @example
   * ```ts
   * const report = auth.loginRequired(async (request) => {
   *   const { accessToken } = await auth.getTokenForUser(request, ['Reports.Read.All'])
   *   return new Response(await makeReport(accessToken))
   * })
   * ```
   */
  getTokenForUser(request: Request, scopes: string | readonly string[]): Promise<TokenResult> {
    return AuthBase.web(this).getTokenForUser(exchangeOf(request), scopes)
  }

  /**
   * Azure AD B2C: gives the URL at which the user edits their profile, and from which they come back to the page that
   * links there.
   *
   * @param request - The request of the page that shows the link.
   * @returns The URL; `undefined` where `b2c.editProfileUserFlow` is not configured.
   *
   * @example
   * ```ts
   * const account = auth.loginRequired(async (request, { user }) =>
   *   Response.json({ name: user.name, editUrl: await auth.getEditProfileUrl(request) }),
   * )
   * ```
   */
  getEditProfileUrl(request: Request): Promise<string | undefined> {
    return AuthBase.web(this).getEditProfileUrl(exchangeOf(request))
  }
}
