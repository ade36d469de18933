import type { NextFetchEvent, NextRequest } from 'next/server.js'
import { cache } from 'react'
import {
  AuthBase,
  loginGuard,
  setMounted,
  toEnvironment,
  webOf,
  type OrBearerAuth,
} from '../../classes/index.ts'
import { createWebAuth, type AuthOptions, type Claims } from '../../web/index.ts'
import type { FetchEither } from '../base/fetch-guards.ts'
import { guardedPaths } from '../base/guarded-paths.ts'
import { pathAndQuery, runRoute } from '../request-response.ts'
import type { ApiAuth } from './api-auth.ts'
import { currentHttpContext } from './http-context.ts'
import type { Handler, LoginRequired } from './login-required.ts'
import { assertRequest, buildTraits } from './prerender.ts'
import { runProxy, type ProxyHandler, type ProxyOptions } from './proxy.ts'
import { GUARDS, HOST, toServerFunction, type NextCalls } from './respond.ts'
import { warnAboutRewrites } from './rewrites.ts'
import { uncachedFetch } from './uncached-fetch.ts'
import { isFromRouter, withBasePath, withLocation } from './urls.ts'

/** The exports of `route.ts` for the routes of sign-in. @public */
export interface Handlers {
  /** Handles sign-in, the authorization response, sign-out and front-channel logout. */
  readonly GET: Handler
  /** Handles an authorization response or a sign-out that is posted as a form, and back-channel logout. */
  readonly POST: Handler
  /** Forwards a request to an API, as `auth.forward(path)` declares it. */
  readonly HEAD: Handler
  /** Forwards a request to an API, as `auth.forward(path)` declares it. */
  readonly PUT: Handler
  /** Forwards a request to an API, as `auth.forward(path)` declares it. */
  readonly PATCH: Handler
  /** Forwards a request to an API, as `auth.forward(path)` declares it. */
  readonly DELETE: Handler
}

/** Guards route handlers that accept a session or a bearer token. `auth.orBearer(api)` returns it. @public */
export type Either<User> = FetchEither<NextRequest, User>

/** The function that `proxy.ts` exports. */
export interface RequestProxy {
  /**
   * Refreshes the session of a request before the page is rendered. Next.js calls it.
   * @param request - The request.
   * @param event - The event of Next.js.
   * @throws Errors of your part of the proxy.
   * @example export const proxy = auth.proxy
   */
  (request: NextRequest, event?: NextFetchEvent): Promise<Response>
}

/**
 * Signs in the users of a Next.js application (App Router, version 15 and 16), keeps their sessions and gets their tokens.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, NextCalls> implements OrBearerAuth {
  /**
   * Prepares sign-in. Export {@link Auth.handlers} from the route of the redirect URI.
   *
   * It does not throw for wrong options. In production, guards respond with 503. In development, the pages show the problems.
   * @param options - Missing options are read from environment variables.
   * @example
   * ```tsx
   * // auth.ts
   * export const auth = new Auth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '11111111-2222-3333-4444-555555555555',
   *   redirectUri: 'http://localhost:3000/auth/redirect',
   * })
   *
   * // app/auth/[...identity]/route.ts
   * export const { GET, POST } = auth.handlers
   *
   * // proxy.ts (before Next.js 16, middleware.ts with an export named middleware)
   * export const proxy = auth.proxy
   *
   * // app/page.tsx
   * export default auth.loginRequired.page(({ user }) => <p>Hello, {user.name}</p>)
   * ```
   */
  constructor(options: AuthOptions<User> = {}) {
    const given = { ...withLocation(options), fetch: uncachedFetch(options.fetch) }
    super(createWebAuth(given, toEnvironment(), buildTraits()), HOST)
    setMounted(this)
  }

  /**
   * The route handlers of sign-in. Export them from the folder whose path is that of the redirect URI. The folder does
   * not contain `basePath`.
   *
   * Next.js does not prefetch links to them, and navigates to them with a full page load.
   * @example
   * ```ts
   * // app/auth/[...identity]/route.ts, for a redirect URI that ends in /auth/redirect
   * export const { GET, POST } = auth.handlers
   *
   * // app/api/[...path]/route.ts, for the paths of auth.forward('/api', …)
   * export const { GET, HEAD, POST, PUT, PATCH, DELETE } = auth.handlers
   * ```
   */
  get handlers(): Handlers {
    const handle = async (given: NextRequest): Promise<Response> => {
      assertRequest(given.headers)
      // A background request of the router must not sign a user in or out. The browser then loads the page itself.
      if (isFromRouter(given)) return new Response(null, { status: 204, headers: NO_STORE })
      const request = withBasePath(given)
      const route = webOf(this).route(pathAndQuery(request.url), request.method)
      return route === undefined ? new Response(null, { status: 404 }) : runRoute(request, route)
    }
    return {
      GET: handle,
      POST: handle,
      HEAD: handle,
      PUT: handle,
      PATCH: handle,
      DELETE: handle,
    }
  }

  /**
   * The proxy. It refreshes a session before the page is rendered, because a render cannot store the new session. It never
   * starts a sign-in.
   *
   * Responses to signed-in users are not cached, so exclude static files and images in `matcher`.
   * @example
   * ```ts
   * // proxy.ts (before Next.js 16, middleware.ts with an export named middleware)
   * export const proxy = auth.proxy
   *
   * export const config = { matcher: ['/', '/((?!_next/static|_next/image|favicon.ico).*)'] }
   * ```
   */
  readonly proxy: RequestProxy = this.createProxy()

  /**
   * Returns a proxy with your code, or one that requires sign-in for some paths. It does not throw.
   * @param options - The additional behavior.
   * @param handler - Your code.
   * @example
   * ```ts
   * export const proxy = auth.createProxy({ loginRequired: ['/account'] }, (request, user) => {
   *   if (user !== undefined && request.nextUrl.pathname === '/') {
   *     return NextResponse.redirect(new URL('/account', request.url))
   *   }
   * })
   * ```
   */
  createProxy(
    { loginRequired = [] }: ProxyOptions = {},
    handler?: ProxyHandler<User>,
  ): RequestProxy {
    const isGuarded = guardedPaths(loginRequired)
    let isFirstRequest = loginRequired.length > 0
    return (request, event) => {
      if (isFirstRequest) {
        isFirstRequest = false
        warnAboutRewrites(webOf(this), loginRequired)
      }
      return runProxy(this, { request, event: event as NextFetchEvent, handler, isGuarded })
    }
  }

  /** Guards a route handler, a page or a server action, so that it runs only for signed-in users. */
  readonly loginRequired: LoginRequired<User> = Object.assign(
    (...given: readonly unknown[]) => GUARDS.login(this, given),
    {
      page: (...given: readonly unknown[]) => toServerFunction('page', loginGuard(this, given)),
      action: (...given: readonly unknown[]) => toServerFunction('action', loginGuard(this, given)),
    },
  ) as LoginRequired<User>

  orBearer(api: ApiAuth): Either<User> {
    return GUARDS.orBearer(this, api)
  }

  /**
   * Returns the signed-in user, for a page or a component that unauthenticated visitors may see too. It never redirects.
   * Components of one render share the result.
   * @returns The user, or `undefined` if the visitor is not signed in.
   * @throws IdentityError `store_unavailable` if the session store does not respond.
   * @example
   * ```tsx
   * const user = await auth.getUser()
   * return user === undefined ? <a href={auth.paths.login}>Sign in</a> : <b>{user.name}</b>
   * ```
   */
  override readonly getUser: () => Promise<User | undefined> = cache(async () =>
    webOf(this).getUser(await currentHttpContext()),
  )
}

const NO_STORE = { 'cache-control': 'private, no-store' }
