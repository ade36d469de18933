import {
  createWebAuth,
  type AuthOptions,
  type Claims,
  type LoginContext,
  type LoginRequirement,
  type ScopesRequired,
  type TokenContext,
} from '../../web/index.ts'
import { AuthBase, type Calls, type Host } from '../base/auth.ts'
import { eitherGuard } from '../base/either.ts'
import { toEnvironment } from '../base/environment.ts'
import { loginGuard } from '../base/guards.ts'
import { answering, httpContextOf, pathAndQuery, runRoute } from '../request-response.ts'
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

interface FetchCalls extends Calls {
  readonly route: [request: Request]
  readonly request: [request: Request]
  readonly reply: Response
}

const HOST: Host<FetchCalls> = {
  arity: { route: 1, request: 1 },
  answer: ([request], route) => runRoute(request, route),
  http: ([request]) => httpContextOf(request),
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
export class Auth<User = Claims> extends AuthBase<User, FetchCalls> {
  /**
   * @param options - Those not given are read from the environment. Faults don't throw: they are logged and
   *   shown on the login page.
   * @param environment - Where a server hands its variables to each request: those. `process.env` without it.
   */
  constructor(options: AuthOptions<User> = {}, environment?: object) {
    super(createWebAuth(options, toEnvironment(environment)), HOST)
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
}
