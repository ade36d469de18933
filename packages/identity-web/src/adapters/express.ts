import type { NextFunction, Request, RequestHandler, Response, Router } from 'express'
import {
  createWebAuth,
  missingApp,
  type AuthOptions,
  type Claims,
  type LoginContext,
  type LoginOptions,
  type LoginRequirement,
  type ScopesRequired,
  type TokenContext,
  type TokenResult,
  type WebAuth,
} from '../web/index.ts'
import { NodeExchange, ignoreValue, sendResponse, toRequest, urlOf } from './node.ts'

export { IdentityError, isIdentityError, type IdentityErrorCode } from '../errors.ts'
export type * from '../web/public-types.ts'

/** What a guard without a handler of its own puts on `req.auth`. @public */
export interface RequestAuth
  extends LoginContext, Partial<Omit<TokenContext, keyof LoginContext>> {}

declare global {
  namespace Express {
    interface Request {
      /** The signed-in user, behind `loginRequired()` as middleware. */
      auth?: RequestAuth
    }
  }
}

/** A handler that runs only for a signed-in user. @public */
export type LoginHandler<Context> = (
  req: Request,
  res: Response,
  context: Context,
  next: NextFunction,
) => unknown

/**
 * Lets signed-in users through and brings others to the provider, and back to the page that they wanted.
 * Scripts are answered 401 with a JSON body that holds the login URL.
 *
 * @throws IdentityError `configuration` for scopes of several APIs: an access token is for one.
 * @example
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
  /** With an access token for the scopes; consent is asked for on the way. The handler's third argument is the context. */
  (options: ScopesRequired, handler: LoginHandler<TokenContext<User>>): RequestHandler
  /** Without an access token; without a handler as plain middleware, which puts the context on `req.auth`. */
  (options: LoginRequirement, handler?: LoginHandler<LoginContext<User>>): RequestHandler
  /** With nothing to ask but that somebody is signed in. */
  (handler: LoginHandler<LoginContext<User>>): RequestHandler
  /** As plain middleware: puts the context on `req.auth`. */
  (): RequestHandler
}

/** An Express application, or a router of one. */
type App = Pick<Router, 'use'>

const SETTING = 'identity-web auth'

/**
 * Sign-in for an Express application (4 or 5).
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
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
export class Auth<User = Claims> {
  readonly #web: WebAuth<User>
  #hasApp = false

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
  constructor(first: App | AuthOptions<User> = {}, second: AuthOptions<User> = {}) {
    const app = 'use' in first ? first : undefined
    const options = app === undefined ? (first as AuthOptions<User>) : second
    this.#web = createWebAuth(options, process.env)
    if (app !== undefined) this.initApp(app)
  }

  /** The path of the redirect URI, where the callback is. */
  get redirectUriPath(): string {
    return this.#web.paths.callback
  }

  /** The path at which a sign-in begins; `?return_to=/path` says where it ends. */
  get loginPath(): string {
    return this.#web.paths.login
  }

  /** The path to register as front-channel logout URL: the provider loads it when the user signs out elsewhere. */
  get frontChannelLogoutPath(): string {
    return this.#web.paths.frontChannelLogout
  }

  /** The path that signs out. */
  get logoutPath(): string {
    return this.#web.paths.logout
  }

  /**
   * Mounts the routes on an application that was not there yet when this object was made.
   *
   * @returns This object.
   */
  initApp(app: App): this {
    this.#hasApp = true
    // Settings are inherited by applications mounted below, so `loginRequired` finds them there too.
    if ('set' in app && typeof app.set === 'function') app.set(SETTING, this)
    app.use((req, res, next) => {
      const route = this.#web.route(urlOf(req), req.method)
      if (route === undefined) next()
      else answer(req, res, route).catch(failTo(next))
    })
    return this
  }

  /** Guards a route: see {@link LoginRequired}. */
  readonly loginRequired: LoginRequired<User> = (
    first: LoginRequirement | LoginHandler<LoginContext<User>> = {},
    second?: LoginHandler<TokenContext<User>>,
  ) => {
    const handler = typeof first === 'function' ? first : second
    const guard = this.#web.guard(typeof first === 'function' ? {} : first)
    return (req, res, next) => {
      if (!this.#hasApp) return next(missingApp())
      const outcome = guard(new NodeExchange(req, res), (context) => {
        if (handler !== undefined) {
          return ignoreValue(handler(req, res, context as TokenContext<User>, next))
        }
        req.auth = context as RequestAuth
        next()
        return undefined
      })
      return outcome instanceof Promise
        ? outcome.then((stop) => stop && sendResponse(stop, res)).catch(failTo(next))
        : outcome && sendResponse(outcome, res)
    }
  }

  /**
   * Begins a sign-in: for a page of the application's own, or with other parameters than the options'.
   *
   * @param options - `returnTo` is a path of this origin; anything else leads to `/`.
   */
  async login(req: Request, res: Response, options?: LoginOptions): Promise<void> {
    await answer(req, res, (request) => this.#web.login(request, options))
  }

  /** Takes the provider's answer at the redirect URI, where `routes: false` leaves that to the application. */
  async completeLogin(req: Request, res: Response): Promise<void> {
    await answer(req, res, (request) => this.#web.completeLogin(request))
  }

  /**
   * Ends the session, here and at the provider.
   *
   * @param url - Where to land, registered at the provider. `postLogoutRedirectUri` without it.
   */
  async logout(req: Request, res: Response, url?: string): Promise<void> {
    await answer(req, res, (request) => this.#web.logout(request, url))
  }

  /** Ends the session that the provider names (`sid`), where `routes: false` leaves that to the application. */
  async frontChannelLogout(req: Request, res: Response): Promise<void> {
    await answer(req, res, (request) => this.#web.frontChannelLogout(request))
  }

  /** The signed-in user of a request, `undefined` without one; never a redirect. */
  getUser(req: Request): Promise<User | undefined> {
    return this.#web.getUser(new NodeExchange(req, req.res as Response))
  }

  /**
   * An access token for the signed-in user, from the session or refreshed.
   *
   * @param scopes - Of one API.
   * @throws IdentityError `login_required`, `interaction_required` when the user has to consent (a route with
   *   these scopes does that for you), `provider_unavailable`.
   */
  getTokenForUser(req: Request, scopes: string | readonly string[]): Promise<TokenResult> {
    return this.#web.getTokenForUser(new NodeExchange(req, req.res as Response), scopes)
  }

  /**
   * Azure AD B2C: the URL at which the user edits their profile, and comes back from to the page that links there.
   *
   * @returns `undefined` where `b2c.editProfileUserFlow` is not configured.
   */
  getEditProfileUrl(req: Request): Promise<string | undefined> {
    return this.#web.getEditProfileUrl(new NodeExchange(req, req.res as Response))
  }

  /**
   * An access token of the application itself, with no user (client credentials); kept until it expires.
   *
   * @param scopes - At Entra ID one API's `/.default`, such as `https://graph.microsoft.com/.default`.
   * @throws IdentityError `configuration`, `provider_error`, `provider_unavailable`.
   */
  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult> {
    return this.#web.getTokenForClient(scopes)
  }
}

/**
 * {@link Auth.loginRequired} for code that has the application but not the `Auth` object: a router in a file of
 * its own. The `Auth` that was given to the application, or to one that it is mounted on, is found by the request.
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
  first: LoginRequirement | LoginHandler<LoginContext> = {},
  second?: LoginHandler<TokenContext>,
) => {
  const guards = new WeakMap<Auth, RequestHandler>()
  return (req, res, next) => {
    const auth = req.app.get(SETTING) as Auth | undefined
    if (auth === undefined) return next(missingApp())
    let guard = guards.get(auth)
    if (guard === undefined) {
      guard = auth.loginRequired(first as ScopesRequired, second as LoginHandler<TokenContext>)
      guards.set(auth, guard)
    }
    return guard(req, res, next)
  }
}

/** Hands an error on. `next()` with nothing, or with `'route'`, would let the request in. */
function failTo(next: NextFunction): (error: unknown) => void {
  return (error) =>
    next(error instanceof Error ? error : new Error('A handler was rejected.', { cause: error }))
}

async function answer(
  req: Request,
  res: Response,
  route: (request: globalThis.Request) => Promise<globalThis.Response>,
): Promise<void> {
  const request = await toRequest(req)
  if (request === undefined) res.status(413).end()
  else await sendResponse(await route(request), res)
}
