// The types of `onLogin`, `onRefresh` and `onLogout`.
import type { Claims } from '../session/index.ts'
import type { LoginTokens } from '../tokens.ts'
import { A_DURATION, A_FUNCTION } from './checks.ts'
import type { RowsOf } from './rows.ts'

/**
 * The HTTP request during which a function of your application runs. The type is the same in every framework.
 *
 * All values come from the client, so do not trust the headers `host` and `x-forwarded-*`, which can have any value.
 *
 * @public
 */
export interface HttpRequest {
  /** The method, such as `GET`. */
  readonly method: string
  /**
   * The path and the query. During a sign-in, do not log the query, because it can contain the provider's authorization
   * response.
   */
  readonly url: string
  /**
   * Returns a header. It does not throw.
   *
   * @param name - The header's name, in any case.
   * @returns The value, or `undefined` if the request does not have the header.
   *
   * @example const language = request.header('accept-language')
   */
  header(name: string): string | undefined
}

/**
 * The second argument of {@link UserHooks.onLogin}.
 *
 * @public
 */
export interface LoginDetails {
  /** The tokens that the sign-in received. */
  readonly tokens: LoginTokens
  /** The request that completes the sign-in. */
  readonly request: HttpRequest
}

/**
 * The session's tokens, for {@link UserHooks.onRefresh}.
 *
 * @public
 */
export interface RefreshTokens {
  /** The session's newest valid access token, if it has one now. */
  readonly accessToken?: string
  /** The verified ID token, if this request received it from the provider. */
  readonly idToken?: string
  /**
   * The refresh token, if the provider issued one. Do not use it, because the provider may then replace it, and the
   * session would keep the old one.
   */
  readonly refreshToken?: string
}

/**
 * The second argument of {@link UserHooks.onRefresh}.
 *
 * @public
 */
export interface RefreshDetails {
  /** The claims from the newest ID token. */
  readonly claims: Claims
  /** The session's tokens. */
  readonly tokens: RefreshTokens
  /** The request that needs the user. */
  readonly request: HttpRequest
}

/**
 * The functions with which your application decides who may sign in, and what `context.user` contains.
 *
 * @typeParam User - The type that `onLogin` returns, or the type of the claims if `onLogin` is not set.
 * @public
 */
export interface UserHooks<User = Claims> {
  /**
   * Called when a user has signed in, after all checks. The session stores the result as JSON and `context.user`
   * contains it, so return only strings, finite numbers, booleans, `null`, arrays and plain objects.
   *
   * TypeScript infers the user's type from this function. If another option that uses the type stands before `onLogin`,
   * declare the parameter's type: `onLogin: (claims: Claims) => …`.
   *
   * To reject a user, throw `new AccessDenied({ message })`. The user sees the message on a page with the status 403.
   * If the function returns `undefined` or `null` instead, the user is rejected without a message.
   *
   * @param claims - The ID token's claims.
   * @param details - The sign-in's tokens, and the request that completes it.
   * @returns The application's user.
   *
   * @defaultValue not set: `context.user` contains the ID token's claims
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   async onLogin(claims, { request }) {
   *     const account = await findAccount(claims.oid)
   *     if (account === undefined) throw new AccessDenied({ message: 'Ask your manager for an account.' })
   *     return { id: account.id, language: request.header('accept-language') ?? 'en' }
   *   },
   * })
   * ```
   */
  readonly onLogin?:
    | ((claims: Claims, details: LoginDetails) => NonNullable<User> | Promise<NonNullable<User>>)
    | undefined
  /**
   * Called to check a signed-in user again. The result replaces `context.user`.
   *
   * `onRefresh` runs after each refresh that returned an ID token, and at the latest after `revalidateUserSeconds`,
   * during one of the user's requests and before the handler. On an open connection, or in a Next.js render with a
   * session in cookies, the result cannot be stored. In these cases, `onRefresh` runs one minute after
   * `revalidateUserSeconds`, and the process remembers the returned user. Concurrent requests of one session share one
   * call.
   *
   * To reject the user, throw `AccessDenied` or another error with the code `access_denied`, or return `undefined` or
   * `null`. The session then ends, and the user gets the page with the status 403. The process remembers the rejection
   * until the session's absolute end, so that a copy of the cookie does not work in this process again. Every other
   * error is logged: the session then continues with the previous user, and a later request calls `onRefresh` again.
   *
   * @param user - The current user. The object is frozen, so return a changed copy.
   * @param details - The newest claims, the session's tokens, and the request.
   * @returns The application's user. Return `user` if nothing changed.
   *
   * @defaultValue not set: `context.user` stays as it is until the next sign-in
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   onLogin: ({ tid, oid, name }) => ({ key: `${tid}:${oid}`, name: name ?? '' }),
   *   async onRefresh(user, { claims }) {
   *     const account = await findAccount(claims.tid, claims.oid)
   *     if (account === undefined) throw new AccessDenied({ message: 'Your account was closed.' })
   *     return { ...user, name: claims.name ?? '' }
   *   },
   * })
   * ```
   */
  readonly onRefresh?:
    | ((
        user: NoInfer<User>,
        details: RefreshDetails,
      ) => NonNullable<NoInfer<User>> | Promise<NonNullable<NoInfer<User>>>)
    | undefined
  /**
   * The maximum time between two calls of `onRefresh` while a session is used, in seconds. A closed account can
   * work for this time.
   *
   * @defaultValue `3600`, an hour
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   revalidateUserSeconds: 600,
   *   async onRefresh(user) {
   *     if ((await findAccount(user.oid)) !== undefined) return user
   *     throw new AccessDenied({ message: 'Your account was closed.' })
   *   },
   * })
   * ```
   */
  readonly revalidateUserSeconds?: number | undefined
  /**
   * Called when a user signs out, before the session is deleted, and also for a front-channel logout that sends the
   * cookie. If the function throws, the error is logged and the session ends.
   *
   * Back-channel logout, `revokeSessions` and a rejection by `onRefresh` do not call this function.
   *
   * @param user - The result of `onLogin`, or the ID token's claims if `onLogin` is not set.
   *
   * @defaultValue not set
   * @example new Auth(app, { onLogout: (user) => audit(user.name, 'signed out') })
   */
  readonly onLogout?: ((user: User) => void | Promise<void>) | undefined
}

export const HOOK_ROWS: RowsOf<UserHooks> = {
  onLogin: { example: '(claims) => users.find(claims.oid)', check: A_FUNCTION },
  onLogout: { example: '(user) => audit(user)', check: A_FUNCTION },
  onRefresh: { example: '(user, { claims }) => users.find(claims.oid)', check: A_FUNCTION },
  revalidateUserSeconds: { example: '3600', check: A_DURATION },
}
