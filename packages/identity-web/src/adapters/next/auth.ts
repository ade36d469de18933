import type { NextFetchEvent, NextRequest } from 'next/server.js'
import { cache } from 'react'
import { createWebAuth, type AuthOptions, type Claims } from '../../web/index.ts'
import { AuthBase, type Calls, type Host } from '../base/auth.ts'
import { eitherGuard } from '../base/either.ts'
import { toEnvironment } from '../base/environment.ts'
import { loginGuard } from '../base/guards.ts'
import { pathAndQuery, runRoute } from '../request-response.ts'
import type { ApiAuth } from './api-auth.ts'
import { quietInBuilds } from './build.ts'
import type { Either } from './either.ts'
import { currentHttpContext } from './http-context.ts'
import { protect, protectCall, type Handler, type LoginRequired } from './login-required.ts'
import { runProxy, type ProxyHandler, type ProxyOptions } from './proxy.ts'
import { isFromRouter, withBasePath } from './urls.ts'

/** What `route.ts` of the routes of sign-in exports. @public */
export interface Handlers {
  /** Sign-in, its callback, sign-out and front-channel logout. */
  readonly GET: Handler
  /** The callback by form post, sign-out by a form, and back-channel logout. */
  readonly POST: Handler
}

/** What `proxy.ts` exports. */
type Proxy = (request: NextRequest, event?: NextFetchEvent) => Promise<Response>

interface NextCalls extends Calls {
  readonly route: [request: NextRequest]
  readonly request: []
  readonly reply: Response
}

const HOST: Host<NextCalls> = {
  arity: { route: 1, request: 0 },
  answer: ([request], route) => runRoute(withBasePath(request), route),
  http: () => currentHttpContext(),
}

/**
 * Signs the users of a Next.js application in (App Router, version 15 and 16), keeps their sessions and gets their
 * tokens.
 *
 * Faults of the configuration don't throw: they are logged at start and shown on the login page.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 *
 * @example
 * ```tsx
 * // auth.ts
 * import { Auth } from 'identity-web/next'
 *
 * export const auth = new Auth({
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '11111111-2222-3333-4444-555555555555',
 *   redirectUri: 'http://localhost:3000/auth/redirect',
 * })
 *
 * // app/auth/[...identity]/route.ts
 * export const { GET, POST } = auth.handlers
 *
 * // proxy.ts (middleware.ts before Next.js 16, with the export named middleware)
 * export const proxy = auth.proxy
 *
 * // app/page.tsx
 * export default auth.loginRequired.page(({ user }) => <p>Hello, {user.name}</p>)
 * ```
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, NextCalls> {
  /** @param options - Those not given are read from the environment. Faults don't throw: they are logged and shown on the login page. */
  constructor(options: AuthOptions<User> = {}) {
    super(createWebAuth(quietInBuilds(options), toEnvironment()), HOST)
    AuthBase.setMounted(this)
  }

  /**
   * The route handlers of sign-in, for `app/auth/[...identity]/route.ts` where the redirect URI ends in
   * `/auth/redirect`: the folder is that of the redirect URI, without `basePath`.
   *
   * Links of Next.js that lead here are not prefetched, and take a full navigation.
   *
   * @example
   * ```ts
   * export const { GET, POST } = auth.handlers
   * ```
   */
  get handlers(): Handlers {
    const answer = async (given: NextRequest): Promise<Response> => {
      // No router may sign anybody in or out in the background. What it can't use it leaves to the browser.
      if (isFromRouter(given)) return new Response(null, { status: 204, headers: NO_STORE })
      const request = withBasePath(given)
      const route = AuthBase.web(this).route(pathAndQuery(request.url), request.method)
      return route === undefined ? new Response(null, { status: 404 }) : runRoute(request, route)
    }
    return { GET: answer, POST: answer }
  }

  /**
   * The proxy: renews and refreshes sessions before what follows is rendered, and hands the new session to the browser
   * and to that very render, which could not store it.
   *
   * It begins no sign-in. Answers to signed-in users are for no cache, so let `matcher` leave out what has no user: static
   * files and images.
   *
   * @example
   * ```ts
   * // proxy.ts; in middleware.ts, before Next.js 16: export const middleware = auth.proxy
   * export const proxy = auth.proxy
   *
   * export const config = { matcher: ['/((?!_next/static|_next/image|favicon.ico).*)'] }
   * ```
   */
  readonly proxy: Proxy = this.createProxy()

  /**
   * Makes a proxy that does more than {@link Auth.proxy}: the application's own part, a first line of guards.
   *
   * @param options - What it does besides keeping sessions.
   * @param handler - The application's own part.
   * @returns The proxy, to export.
   *
   * @example
   * ```ts
   * export const proxy = auth.createProxy({ loginRequired: ['/account'] }, (request, user) => {
   *   if (request.nextUrl.pathname === '/' && user !== undefined) {
   *     return NextResponse.redirect(new URL('/account', request.url))
   *   }
   * })
   * ```
   */
  createProxy(options: ProxyOptions = {}, handler?: ProxyHandler<User>): Proxy {
    return (request, event) =>
      runProxy(this, options, { request, event: event as NextFetchEvent, handler })
  }

  /**
   * Guards a route handler, a page or a server action, so that it always has a user: see {@link LoginRequired}.
   *
   * @example
   * ```tsx
   * // app/me/route.ts
   * export const GET = auth.loginRequired((request, { user }) => Response.json(user))
   *
   * // app/account/page.tsx
   * export default auth.loginRequired.page(({ user }) => <h1>{user.name}</h1>)
   * ```
   */
  readonly loginRequired: LoginRequired<User> = Object.assign(
    (...given: readonly unknown[]) => protect(loginGuard(this, given)),
    {
      page: (...given: readonly unknown[]) => protectCall('page', loginGuard(this, given)),
      action: (...given: readonly unknown[]) => protectCall('action', loginGuard(this, given)),
    },
  ) as LoginRequired<User>

  /**
   * Makes guards that take a session or a bearer token: for routes that the pages of this application call as well as
   * clients of its API.
   *
   * @param api - What judges a request with an `Authorization` header.
   * @returns What guards such route handlers.
   *
   * @example
   * ```ts
   * export const GET = auth.or(api).required({ authorization: { scopes: ['Todos.Read'] } }, (request, context) =>
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
   * Tells who is signed in, for a page, a layout or a component that everybody may see. Components of one render that
   * ask share the answer.
   *
   * @returns The user, `undefined` when nobody is signed in; never a redirect.
   *
   * @example
   * ```tsx
   * export async function Header() {
   *   const user = await auth.getUser()
   *   return user === undefined ? <a href={auth.loginPath}>Sign in</a> : <b>{user.name}</b>
   * }
   * ```
   */
  override readonly getUser: () => Promise<User | undefined> = cache(async () =>
    AuthBase.web(this).getUser(await currentHttpContext()),
  )
}

const NO_STORE = { 'cache-control': 'private, no-store' }
