import type { RegisteredView } from '../browser/register.ts'
import { IdentityError } from '../errors.ts'
import type { HttpContext } from '../http-context.ts'
import type { TokenResult } from '../tokens.ts'
import { setAccepted, type BrowserSession, type LoginContext, type WebAuth } from '../web/index.ts'
import { stateOf } from './auth-operation.ts'
import { AuthRoutes } from './auth-routes.ts'
import type { Calls, Host } from './calls.ts'
import { findDetachedContext } from './detached.ts'
import type { SessionContext } from './identity.ts'

/** The members of `Auth` that read or change the session of a request. */
export abstract class AuthUsers<User, C extends Calls = Calls> extends AuthRoutes<User, C> {
  /**
   * Returns the signed-in user. Use it for pages that unauthenticated visitors may see too. It never redirects. If the request
   * may change something and a page of another site sent it, it returns `undefined`, unless a guard has accepted the request.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @returns The user, or `undefined` if the visitor is not signed in.
   * @throws IdentityError `store_unavailable` if the session store does not respond.
   * @example
   * ```ts
   * const user = await auth.getUser(req) // Express, NestJS
   * const user = await auth.getUser(request) // Fastify, fetch
   * const user = await auth.getUser(ctx) // Koa
   * const user = await auth.getUser(c) // Hono
   * const user = await auth.getUser() // Next.js
   * ```
   */
  getUser(...args: C['request']): Promise<User | undefined> {
    return read(this, args, (web, http) => web.getUser(http))
  }

  /**
   * Returns the whole context of the signed-in user: the user, the claims and the APIs of the option `apis`. Use it for
   * routes without a guard that unauthenticated visitors may see too. It never redirects, and refreshes the session if
   * necessary. It checks the sender of a request as `getUser` does.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @returns The context, or `undefined` if the visitor is not signed in.
   * @throws IdentityError `store_unavailable` if the session store does not respond.
   * @example
   * ```ts
   * const context = await auth.getContext(req) // Express, NestJS
   * const context = await auth.getContext(request) // Fastify, fetch
   * const context = await auth.getContext(ctx) // Koa
   * const context = await auth.getContext(c) // Hono
   * const context = await auth.getContext() // Next.js
   * ```
   */
  getContext(...args: C['request']): Promise<LoginContext<User> | undefined> {
    return read(this, args, (web, http) => web.getContext(http))
  }

  /**
   * Returns the session for the scripts of a page, so that they need no request when the page loads. It is the same object
   * that the session endpoint returns, and requires the option `browser`. Write it into the page that you render.
   *
   * It counts as a request of the user, and refreshes the session if necessary. It never redirects. In HTML, replace `<` by
   * `\u003c`, because a name can contain `</script>`.
   * @typeParam View - The type of `user`. The default is the return type of the `sessionView` that you declare in `Register`
   *   of `identity-web/browser`, or else `unknown`. You can also pass `SessionViewOf<typeof sessionView>`.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @returns The session. Its `user` is `null` if the visitor is not signed in.
   * @throws IdentityError `configuration` without the option `browser`, or if `sessionView` fails. `store_unavailable` if the
   *   session store does not respond.
   * @example
   * ```ts
   * const session = await auth.browserSession(req) // Express, NestJS
   * const session = await auth.browserSession(request) // Fastify, fetch
   * const session = await auth.browserSession(ctx) // Koa
   * const session = await auth.browserSession(c) // Hono
   * const session = await auth.browserSession() // Next.js
   * ```
   */
  browserSession<View = RegisteredView>(...args: C['request']): Promise<BrowserSession<View>> {
    return read(this, args, (web, http) => web.browserSession(http)) as Promise<
      BrowserSession<View>
    >
  }

  /**
   * Returns the context that a guard of this `Auth` has stored on the request. Use it in functions that receive the request
   * but not the context. It does not wait, and its `user` has the type that `onLogin` returns.
   *
   * Pass the same object that the guard received. A copy of it, such as `new Request(request)`, does not have the context.
   * Pages and server actions of Next.js have no request, so use the first argument of their guard there.
   * @param request - The request, as the handler of the guarded route receives it.
   * @returns The context. It contains a token and `fetch` only if the guard requires scopes.
   * @throws IdentityError `configuration` if no guard of this `Auth` has accepted a session for this request.
   * @example
   * ```ts
   * const { user } = auth.contextOf(req) // Express, NestJS
   * const { user } = auth.contextOf(request) // Fastify, Next.js, fetch
   * const { user } = auth.contextOf(ctx) // Koa
   * const { user } = auth.contextOf(c) // Hono
   * ```
   */
  contextOf(request: C['guarded']): SessionContext<User> {
    const context = stateOf(this).place.read(request as object)
    if (context) return context
    throw new IdentityError(
      'configuration',
      'auth.contextOf() found no context, because no guard of this Auth has accepted a session for this request. Guard the route, for example with auth.loginRequired(handler), and pass the request that the handler receives. Where visitors may be signed out, use await auth.getContext() instead. In a route of auth.orBearer(api), check context.kind first.',
    )
  }

  /**
   * Changes the signed-in user, for example after they edited their settings. The session stores the new user, and later
   * requests find it in `context.user`. The context of the current request keeps the previous user.
   *
   * Sessions of the user in other browsers do not change. Use `onRefresh` for changes that all sessions must see. With
   * sessions in cookies, call this method in a guarded handler before you send the response. In Next.js, call it in a
   * route handler or in a server action.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @param user - The new user, which must be valid JSON. It replaces the previous one.
   * @throws IdentityError `login_required` if the visitor is not signed in. `access_denied` if a page of another site sent the
   *   request and no guard has accepted it. `configuration` if JSON cannot express a value, or if the response cannot set
   *   cookies any more. `store_unavailable` if the session store does not respond.
   * @example
   * ```ts
   * await auth.updateUser(req, { ...user, language: 'de' }) // Express, NestJS
   * await auth.updateUser(request, { ...user, language: 'de' }) // Fastify, fetch
   * await auth.updateUser(ctx, { ...user, language: 'de' }) // Koa
   * await auth.updateUser(c, { ...user, language: 'de' }) // Hono
   * await auth.updateUser({ ...user, language: 'de' }) // Next.js
   * ```
   */
  updateUser(...args: [...C['request'], user: NonNullable<User>]): Promise<void> {
    const user = args[stateOf(this).host.arity.request] as NonNullable<User>
    return read(this, args, (web, http) => web.updateUser(http, user))
  }

  /**
   * Returns an access token for the signed-in user. The token comes from the session, and is refreshed if necessary.
   *
   * Do not catch its errors in a guarded handler. The guard handles them, and redirects the user to the provider if
   * necessary.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @param scopes - Scopes of one API, as a list or a space-separated string.
   * @returns The token and its lifetime in seconds.
   * @throws IdentityError `login_required` if the visitor is not signed in. `interaction_required` if the user
   *   has to consent or to complete another step. `refresh_required` if the response has started, so that it cannot store a
   *   refresh. `access_denied` if a page of another site sent the request and no guard has accepted it. `provider_error` if the provider rejects the request.
   *   `provider_unavailable` during an outage. `configuration` for scopes of several APIs.
   * @example
   * ```ts
   * const { accessToken } = await auth.getTokenForUser(req, ['Mail.Read']) // Express, NestJS
   * const { accessToken } = await auth.getTokenForUser(request, ['Mail.Read']) // Fastify, fetch
   * const { accessToken } = await auth.getTokenForUser(ctx, ['Mail.Read']) // Koa
   * const { accessToken } = await auth.getTokenForUser(c, ['Mail.Read']) // Hono
   * const { accessToken } = await auth.getTokenForUser(['Mail.Read']) // Next.js
   * ```
   */
  getTokenForUser(
    ...args: [...C['request'], scopes: string | readonly string[]]
  ): Promise<TokenResult> {
    const scopes = args[stateOf(this).host.arity.request] as string | readonly string[] | undefined
    return read(this, args, (web, http) => web.getTokenForUser(http, scopes ?? []))
  }

  /**
   * Returns the URL where a user of Azure AD B2C edits their profile. The user then returns to the current page.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @returns The URL, or `undefined` if `b2c.editProfileUserFlow` is not configured.
   * @throws IdentityError `store_unavailable` if the session store does not respond.
   * @example
   * ```ts
   * const url = await auth.getEditProfileUrl(req) // Express, NestJS
   * const url = await auth.getEditProfileUrl(request) // Fastify, fetch
   * const url = await auth.getEditProfileUrl(ctx) // Koa
   * const url = await auth.getEditProfileUrl(c) // Hono
   * const url = await auth.getEditProfileUrl() // Next.js
   * ```
   */
  getEditProfileUrl(...args: C['request']): Promise<string | undefined> {
    return read(this, args, (web, http) => web.getEditProfileUrl(http))
  }

  /**
   * Returns the URL where a user of Azure AD B2C resets their password. The user then returns to the current page. Use it
   * for a link on your own sign-in page.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @returns The URL, or `undefined` if `b2c.resetPasswordUserFlow` is not configured.
   * @throws IdentityError `store_unavailable` if the session store does not respond.
   * @example
   * ```ts
   * const url = await auth.getResetPasswordUrl(req) // Express, NestJS
   * const url = await auth.getResetPasswordUrl(request) // Fastify, fetch
   * const url = await auth.getResetPasswordUrl(ctx) // Koa
   * const url = await auth.getResetPasswordUrl(c) // Hono
   * const url = await auth.getResetPasswordUrl() // Next.js
   * ```
   */
  getResetPasswordUrl(...args: C['request']): Promise<string | undefined> {
    return read(this, args, (web, http) => web.getResetPasswordUrl(http))
  }
}

/** Calls the core with the request of a framework. */
async function read<User, C extends Calls, T>(
  auth: AuthUsers<User, C>,
  args: readonly unknown[],
  call: (web: WebAuth<User>, http: HttpContext) => Promise<T>,
): Promise<T> {
  const { host, place, webOf } = stateOf(auth)
  const http = await toHttpContext(host, args)
  if (place.has(args[0]) || place.has(http)) setAccepted(http)
  return call(webOf(args[0]), http)
}

async function toHttpContext<C extends Calls>(
  host: Host<C>,
  args: C['request'],
): Promise<HttpContext> {
  const detached = findDetachedContext(args[0])
  if (detached === undefined) return host.toHttpContext(args)
  // After `authenticate()`, the framework can still set cookies. An upgrade does not pass through the framework.
  if (!detached.isUpgrade && detached.isReadOnly) {
    const own = await ownContextOf(host, args)
    if (own !== undefined) detached.openResponse(own)
  }
  return detached
}

/** @returns `undefined` if the request did not pass through the framework. */
async function ownContextOf<C extends Calls>(
  host: Host<C>,
  args: C['request'],
): Promise<HttpContext | undefined> {
  try {
    const own = await host.toHttpContext(args)
    return own.isDetached === true ? undefined : own
  } catch (error) {
    if (IdentityError.is(error)) return undefined
    throw error
  }
}
