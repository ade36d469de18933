import type { Request, RequestHandler, Response } from 'express'
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
import { NodeHttpContext, urlOf } from '../node.ts'
import type { ApiAuth } from './api-auth.ts'
import type { Either } from './either.ts'
import { answer, failTo, protect, type App, type Handler } from './respond.ts'

/**
 * What the routes behind `loginRequired()` as middleware find on `req.auth`: the user, and with scopes the token.
 *
 * @public
 */
export interface RequestAuth
  extends LoginContext, Partial<Omit<TokenContext, keyof LoginContext>> {}

declare global {
  namespace Express {
    interface Request {
      /** The signed-in user, behind `loginRequired()` as middleware; absent elsewhere. */
      auth?: RequestAuth
    }
  }
}

/**
 * A handler that runs only for a signed-in user, who is in its third argument. One that is async may throw: the error
 * reaches Express's error handler, in Express 4 as well.
 *
 * @public
 */
export type LoginHandler<Context> = Handler<Context>

/**
 * Lets signed-in users through and brings others to the provider, and back to the page that they wanted.
 * Scripts are answered 401 with a JSON body that holds the login URL.
 *
 * @param options - What the route asks of its users; nothing but a sign-in without it.
 * @param handler - Runs for those who are let in.
 * @returns A handler or a middleware of Express.
 * @throws {@link IdentityError} `configuration`, when the route is declared: for scopes of several APIs, since an
 *   access token is for one, and for `acrs` and `maxAge` that make no sense.
 *
 * @example An access token for Microsoft Graph; a whole router for signed-in users
 * ```ts
 * app.get('/mail', auth.loginRequired({ scopes: ['Mail.Read'] }, async (req, res, context) => {
 *   const answer = await context.fetch('https://graph.microsoft.com/v1.0/me/messages')
 *   res.json(await answer.json())
 * }))
 * app.use('/account', auth.loginRequired(), accountRouter)
 * ```
 * @public
 */
export interface LoginRequired<User> {
  /**
   * With an access token for the scopes; consent is asked for on the way. The handler's third argument is the context.
   */
  (options: ScopesRequired, handler: LoginHandler<TokenContext<User>>): RequestHandler
  /** Without an access token; without a handler as plain middleware, which puts the context on `req.auth`. */
  (options: LoginRequirement, handler?: LoginHandler<LoginContext<User>>): RequestHandler
  /** With nothing to ask but that somebody is signed in. */
  (handler: LoginHandler<LoginContext<User>>): RequestHandler
  /** As plain middleware: puts the context on `req.auth`. */
  (): RequestHandler
}

interface ExpressCalls extends Calls {
  readonly route: [req: Request, res: Response]
  readonly request: [req: Request]
  readonly reply: void
}

const HOST: Host<ExpressCalls> = {
  arity: { route: 2, request: 1 },
  answer: ([req, res], route) => answer(req, res, route),
  http: ([req]) => new NodeHttpContext(req, req.res as Response),
}

const SETTING = 'identity-web auth'

/**
 * Signs the users of an Express application (4 or 5) in, keeps their sessions and gets their tokens.
 *
 * Faults of the configuration don't throw: they are logged at start and shown on the login page.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 *
 * @example
 * ```ts
 * import express from 'express'
 * import { Auth } from 'identity-web/express'
 *
 * const app = express()
 * const auth = new Auth(app, {
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '11111111-2222-3333-4444-555555555555',
 *   clientCredential: process.env.IDENTITY_CLIENT_SECRET,
 *   redirectUri: 'http://localhost:5000/redirect',
 * })
 *
 * app.get('/', auth.loginRequired((req, res, { user }) => res.send(`Hello, ${user.name}`)))
 * app.listen(5000)
 * ```
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, ExpressCalls> {
  /**
   * For an application that is made later: call {@link Auth.initApp} then.
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
    const { app, options } = appFirst<App, AuthOptions<User>>('use', given)
    super(createWebAuth(options, toEnvironment()), HOST)
    if (app !== undefined) this.initApp(app)
  }

  /**
   * Mounts the routes on an application that was not there yet when this object was made.
   *
   * Call it before the application declares its own routes, so that none of them takes the paths of sign-in. Until it
   * was called, guards pass a `configuration` error to Express.
   *
   * @param app - An Express application, or a router of one.
   * @returns This object.
   *
   * @example An application that is made by a function
   * ```ts
   * const auth = new Auth({ redirectUri: 'http://localhost:5000/redirect' })
   *
   * export function createApp() {
   *   const app = express()
   *   auth.initApp(app)
   *   return app
   * }
   * ```
   */
  initApp(app: App): this {
    AuthBase.setMounted(this)
    // Settings are inherited by applications mounted below, so `loginRequired` finds them there too.
    if ('set' in app && typeof app.set === 'function') app.set(SETTING, this)
    const web = AuthBase.web(this)
    app.use((req, res, next) => {
      const route = web.route(urlOf(req), req.method)
      if (route === undefined) next()
      else answer(req, res, route).catch(failTo(next))
    })
    return this
  }

  /**
   * Guards a route, so that its handler always has a user: see {@link LoginRequired}.
   *
   * @example
   * ```ts
   * app.get('/', auth.loginRequired((req, res, { user }) => res.json(user)))
   * ```
   */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]): RequestHandler =>
    protect(loginGuard(this, given), (req, context) => (req.auth = context as RequestAuth))

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
   * app.get('/todos', either.required({ authorization: { scopes: ['Todos.Read'] } }, (req, res, context) => {
   *   res.json('token' in context ? listFor(context.claims) : listFor(context.user))
   * }))
   * ```
   */
  or(api: ApiAuth): Either<User> {
    return {
      required: (...given: readonly unknown[]) => protect(eitherGuard({ auth: this, api }, given)),
    }
  }
}

/**
 * {@link Auth.loginRequired} for code that has the application but not the `Auth` object: a router in a file of
 * its own. The `Auth` that was given to the application, or to one that it is mounted on, is found by the request.
 *
 * Faults of the requirement are known only then: they reach Express's error handler.
 *
 * @param options - What the route asks of its users; nothing but a sign-in without it.
 * @param handler - Runs for those who are let in.
 * @returns A handler or a middleware of Express.
 *
 * @example
 * ```ts
 * import { loginRequired } from 'identity-web/express'
 *
 * router.get('/orders', loginRequired((req, res, { user }) => res.json(ordersOf(user))))
 * ```
 * @public
 */
export const loginRequired: LoginRequired<Claims> = (
  first?: unknown,
  second?: unknown,
): RequestHandler => {
  const guardOf = guardOnce((auth: Auth) =>
    auth.loginRequired(first as ScopesRequired, second as LoginHandler<TokenContext>),
  )
  return (req, res, next) => {
    const auth = req.app.get(SETTING) as Auth | undefined
    AuthBase.assertMounted(auth)
    return guardOf(auth)(req, res, next)
  }
}
