import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  createWebAuth,
  type AuthOptions,
  type Claims,
  type LoginContext,
  type LoginRequirement,
  type ScopesRequired,
  type TokenContext,
} from '../../web/index.ts'
import { appFirst } from '../base/app-first.ts'
import { AuthBase, type Calls, type Host } from '../base/auth.ts'
import { eitherGuard } from '../base/either.ts'
import { toEnvironment } from '../base/environment.ts'
import { guardOnce, loginGuard } from '../base/guards.ts'
import type { ApiAuth } from './api-auth.ts'
import type { Either } from './either.ts'
import { toPlugin, type App, type Plugin } from './plugin.ts'
import type { AnyHandler, GuardedHandler, GuardHook, Wrapper } from './handlers.ts'
import { answer, hook, wrap } from './respond.ts'
import { addRoutes } from './routes.ts'
import { enter, httpContextIn, ownerOf } from './scope.ts'

/**
 * What the handlers behind `loginRequired()` as a hook find on `request.auth`: the user, and with scopes the token.
 *
 * @public
 */
export interface RequestAuth
  extends LoginContext, Partial<Omit<TokenContext, keyof LoginContext>> {}

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in user, behind `loginRequired()` as a hook; null or absent elsewhere. */
    auth?: RequestAuth | null
  }
}

/**
 * Lets signed-in users through and brings others to the provider, and back to the page that they wanted.
 * Scripts are answered 401 with a JSON body that holds the login URL.
 *
 * @param options - What the route asks of its users; nothing but a sign-in without it.
 * @param handler - Runs for those who are let in.
 * @returns A handler, or a hook for `preHandler` or `onRequest`.
 * @throws {@link IdentityError} `configuration`, when the route is declared: for scopes of several APIs, since an
 *   access token is for one, and for `acrs` and `maxAge` that make no sense.
 *
 * @example An access token for Microsoft Graph; a whole part of the application for signed-in users
 * ```ts
 * app.get('/mail', auth.loginRequired({ scopes: ['Mail.Read'] }, async (request, reply, context) => {
 *   const answer = await context.fetch('https://graph.microsoft.com/v1.0/me/messages')
 *   return answer.json()
 * }))
 * app.register(async (part) => {
 *   part.addHook('preHandler', auth.loginRequired())
 *   part.get('/', async (request) => `Hello, ${request.auth?.user.name}`)
 * }, { prefix: '/account' })
 * ```
 * @public
 */
export interface LoginRequired<User>
  extends
    Wrapper<[options: ScopesRequired], TokenContext<User>>,
    Wrapper<[options: LoginRequirement], LoginContext<User>>,
    Wrapper<[], LoginContext<User>> {
  /** As a hook: puts the context on `request.auth`. */
  (options?: LoginRequirement): GuardHook
}

interface FastifyCalls extends Calls {
  readonly route: [request: FastifyRequest, reply: FastifyReply]
  readonly request: [request: FastifyRequest]
  readonly reply: void
}

const HOST: Host<FastifyCalls> = {
  arity: { route: 2, request: 1 },
  answer: ([request, reply], route) => answer(request, reply, route),
  http: ([request]) => httpContextIn(request),
}

/**
 * Signs the users of a Fastify application in, keeps their sessions and gets their tokens.
 *
 * Faults of the configuration don't throw: they are logged at start and shown on the login page.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 *
 * @example
 * ```ts
 * import Fastify from 'fastify'
 * import { Auth } from 'identity-web/fastify'
 *
 * const app = Fastify()
 * const auth = new Auth(app, {
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '11111111-2222-3333-4444-555555555555',
 *   clientCredential: process.env.IDENTITY_CLIENT_SECRET,
 *   redirectUri: 'http://localhost:5000/redirect',
 * })
 *
 * app.get('/', auth.loginRequired(async (request, reply, { user }) => `Hello, ${user.name}`))
 * await app.listen({ port: 5000 })
 * ```
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, FastifyCalls> {
  /**
   * For an application that is made later: register {@link Auth.plugin} with it, or call {@link Auth.initApp}.
   *
   * @param options - Those not given are read from the environment. Faults don't throw: they are logged and
   *   shown on the login page.
   */
  constructor(options?: AuthOptions<User>)
  /**
   * @param app - Gets the routes for login, logout and the callback, at the paths that follow from
   *   `redirectUri`.
   * @param options - Those not given are read from the environment. Faults don't throw: they are logged and
   *   shown on the login page.
   */
  constructor(app: App, options?: AuthOptions<User>)
  constructor(...given: [first?: App | AuthOptions<User>, second?: AuthOptions<User>]) {
    const { app, options } = appFirst<App, AuthOptions<User>>('register', given)
    super(createWebAuth(options, toEnvironment()), HOST)
    if (app !== undefined) this.initApp(app)
  }

  /**
   * Registers the plugin with an application that was not there yet when this object was made: the same as
   * `app.register(auth.plugin())`.
   *
   * @param app - A Fastify application, or a part of one.
   * @returns This object.
   *
   * @example An application that is made by a function
   * ```ts
   * const auth = new Auth({ redirectUri: 'http://localhost:5000/redirect' })
   *
   * export function createApp() {
   *   const app = Fastify()
   *   auth.initApp(app)
   *   return app
   * }
   * ```
   */
  initApp(app: App): this {
    app.register(this.plugin())
    return this
  }

  /**
   * Makes the plugin that adds the routes of sign-in to the application, or to the part of it, that registers it.
   *
   * Register it before guards that are hooks, so that these keep nobody from signing in. In a part of the application
   * with a prefix, `redirectUri` begins with that. Until it is registered, guards fail with a `configuration` error.
   *
   * @returns A plugin for `app.register`.
   *
   * @example
   * ```ts
   * const auth = new Auth({ redirectUri: 'http://localhost:5000/redirect' })
   * await app.register(auth.plugin())
   * ```
   */
  plugin(): Plugin {
    return toPlugin('identity-web-auth', (app) => {
      AuthBase.setMounted(this)
      enter(app, this as unknown as Auth)
      addRoutes(app, AuthBase.web(this))
    })
  }

  /**
   * Guards a route, so that its handler always has a user: see {@link LoginRequired}.
   *
   * @example
   * ```ts
   * app.get('/', auth.loginRequired(async (request, reply, { user }) => user))
   * ```
   */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]): any => {
    const guarded = loginGuard(this, given)
    return guarded.handler === undefined
      ? hook(guarded, (request, context) => (request.auth = context as RequestAuth))
      : wrap(guarded)
  }

  /**
   * Makes guards that take a session or a bearer token: for routes that the pages of this application call as well as
   * clients of its API.
   *
   * @param api - What judges a request with an `Authorization` header.
   * @returns What guards such routes.
   *
   * @example
   * ```ts
   * const either = auth.or(api)
   *
   * app.get('/todos', either.required({ authorization: { scopes: ['Todos.Read'] } }, async (request, reply, context) =>
   *   'token' in context ? listFor(context.claims) : listFor(context.user),
   * ))
   * ```
   */
  or(api: ApiAuth): Either<User> {
    return {
      required: (...given: readonly unknown[]): any =>
        wrap(eitherGuard({ auth: this, api }, given)),
    }
  }
}

/**
 * {@link Auth.loginRequired} for code that has the application but not the `Auth` object: a plugin in a file of its own.
 * The `Auth` of the part of the application that has the route, or of the nearest around it, is found by the request.
 *
 * Faults of the requirement are known only then: they reach Fastify's error handler.
 *
 * @param options - What the route asks of its users; nothing but a sign-in without it.
 * @param handler - Runs for those who are let in.
 * @returns A handler, or a hook for `preHandler` or `onRequest`.
 *
 * @example
 * ```ts
 * import { loginRequired } from 'identity-web/fastify'
 *
 * app.get('/orders', loginRequired(async (request, reply, { user }) => ordersOf(user)))
 * ```
 * @public
 */
export const loginRequired: LoginRequired<Claims> = (first?: unknown, second?: unknown): any => {
  const guardOf = guardOnce(
    (auth: Auth) =>
      auth.loginRequired(
        first as ScopesRequired,
        second as GuardedHandler<TokenContext, AnyHandler>,
      ) as (this: unknown, ...given: unknown[]) => unknown,
  )
  // A handler, or a hook: what Fastify calls it with is handed on.
  return function (this: unknown, ...given: [FastifyRequest, ...unknown[]]) {
    const auth = ownerOf(given[0])
    AuthBase.assertMounted(auth)
    return guardOf(auth).apply(this, given)
  }
}
