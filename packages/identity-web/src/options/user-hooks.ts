import type { Claims } from '../session/index.ts'
import type { LoginTokens } from '../tokens.ts'
import { A_DURATION, A_FUNCTION } from './checks.ts'
import type { RowsOf } from './rows.ts'

/**
 * The HTTP request during which a function of the application runs. The type is the same in every framework.
 *
 * All values come from the client. Do not trust the headers `host` and `x-forwarded-*`, because a client can send any
 * value.
 *
 * @public
 */
export interface HttpRequest {
  /** The method, such as `GET`. */
  readonly method: string
  /**
   * The path and the query. During a sign-in, the query can contain the authorization response of the provider, so do
   * not log it.
   */
  readonly url: string
  /**
   * Returns a header. It does not throw.
   *
   * @param name - The name of the header, in any case.
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
  /** The tokens of the sign-in. */
  readonly tokens: LoginTokens
  /** The request that completes the sign-in. */
  readonly request: HttpRequest
}

/**
 * The tokens of a session, for {@link UserHooks.onRefresh}.
 *
 * @public
 */
export interface RefreshTokens {
  /** The newest valid access token of the session. Not set if the session does not have a valid access token now. */
  readonly accessToken?: string
  /** The verified ID token. It is set only if this request received the token from the provider. */
  readonly idToken?: string
  /**
   * The refresh token, if the provider issued one. Do not use it: the provider may then replace the token, and the
   * session would keep the old token.
   */
  readonly refreshToken?: string
}

/**
 * The second argument of {@link UserHooks.onRefresh}.
 *
 * @public
 */
export interface RefreshDetails {
  /** The claims of the newest ID token. */
  readonly claims: Claims
  /** The tokens of the session. */
  readonly tokens: RefreshTokens
  /** The request that needs the user. */
  readonly request: HttpRequest
}

/**
 * The functions of the application that decide who may sign in, and what `context.user` contains.
 *
 * @typeParam User - The type that `onLogin` returns. Without `onLogin`, the claims of the ID token.
 * @public
 */
export interface UserHooks<User = Claims> {
  /**
   * A function that the library calls when a user has signed in, after all checks. The session stores the result as
   * JSON, and `context.user` contains it. So return only strings, finite numbers, booleans, `null`, arrays and plain
   * objects.
   *
   * TypeScript infers the type of the user from this function. If another option that uses the type stands before
   * `onLogin`, declare the type of the parameter: `onLogin: (claims: Claims) => …`.
   *
   * To reject a user, throw `new AccessDenied({ message })`. The user sees the message on a page with the status 403.
   * If the function returns `undefined` or `null`, the user is rejected without a message.
   *
   * @param claims - The claims of the ID token.
   * @param details - The tokens of the sign-in, and the request that completes it.
   * @returns The application's user.
   *
   * @defaultValue not set: `context.user` contains the claims of the ID token
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
   * A function that the library calls to check a signed-in user again. The result replaces `context.user`.
   *
   * `onRefresh` runs after each refresh that returned an ID token, and at the latest after `revalidateUserSeconds`. It
   * runs during a request of the user, before the handler. On an open connection, or in a render of Next.js with a
   * session in cookies, the result cannot be stored. In these cases, `onRefresh` runs one minute after
   * `revalidateUserSeconds`, and the process remembers the returned user. Concurrent requests of one session share one
   * call.
   *
   * To reject the user, throw `AccessDenied` or another error with the code `access_denied`, or return `undefined` or
   * `null`. The session then ends, and the user gets the page with the status 403. The process remembers the rejection
   * until the absolute end of the session, so a copy of the cookie does not work in this process again. The library
   * logs every other error: the session then continues with the previous user, and a later request calls `onRefresh`
   * again.
   *
   * @param user - The current user. It is frozen, so return a changed copy.
   * @param details - The newest claims, the tokens of the session, and the request.
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
   * The maximum time between two calls of `onRefresh` for a session that is used, in seconds.
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
   * A function that the library calls when a user signs out, before it deletes the session. A front-channel logout that
   * sends the cookie calls the function too. If the function throws, the error is logged and the session ends.
   *
   * Back-channel logout, `revokeSessions` and a rejection by `onRefresh` do not call this function.
   *
   * @param user - The result of `onLogin`. Without `onLogin`, the claims of the ID token.
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
