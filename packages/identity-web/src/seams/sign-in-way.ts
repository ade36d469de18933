import type { AppEnvironment } from '../host-traits.ts'
import { hideMember } from '../own.ts'

// Users can also sign in without a redirect URI. The function that describes such a way brings its code along, so that other
// applications do not bundle it.

/**
 * Replaces the sign-in with a redirect URI, and is the result of `deviceCode()` and `easyAuth()`.
 *
 * @example
 * ```ts
 * import { easyAuth } from 'identity-web/easy-auth'
 *
 * const signIn: SignInMethod = easyAuth()
 * ```
 * @public
 */
export interface SignInMethod {
  /**
   * The kind of sign-in: `platform` if a platform signs users in and keeps their sessions, otherwise the flow's name,
   * with the same value as in events.
   */
  readonly kind: 'platform' | 'device-code'
  /** The name of the function that returned the object, for messages. */
  readonly name: string
}

/**
 * The types that a way to sign in uses. They are parameters, because the folders that declare these types import this
 * folder.
 */
export interface WayTypes {
  /** The services of the `Auth`. */
  readonly services: unknown
  /** A request to the login route. */
  readonly request: unknown
  /** The sign-in to start. */
  readonly start: unknown
}

/** A sign-in that was started for an application with its own page. */
export interface StartedWay<Data = unknown> {
  /** The data for the page. */
  readonly data: Data
  /** The `Set-Cookie` values that bind the sign-in to the browser. */
  readonly cookies: readonly string[]
}

/** A way to sign in at the provider that does not use a redirect URI. */
export interface SignInWay<T extends WayTypes = any> extends SignInMethod {
  /** The name in events. It must not change, because it is also part of the purpose of encrypted values. */
  readonly kind: Exclude<SignInMethod['kind'], 'platform'>
  /**
   * Checks the way's options, and the `Auth` options that cannot be used with it.
   *
   * @param tags - The pages' language tags.
   */
  check(given: WayOptions, findings: WayFindings, tags: readonly string[]): void
  /** Responds to a page navigation that starts a sign-in. */
  login(services: T['services'], request: T['request'], start: T['start']): Promise<Response>
  /**
   * Responds to a request that this way's page sends to the login route. Returns `undefined` for all other requests.
   */
  poll?(services: T['services'], request: T['request']): Promise<Response | undefined>
  /** Starts a sign-in for {@link startSignInOf}. */
  start?(services: T['services'], cookieHeader: string, start: T['start']): Promise<StartedWay>
}

/** The options of an `Auth` that may not be allowed together with a way to sign in. */
export interface WayOptions {
  readonly redirectUri?: string | undefined
  readonly previews?: unknown
}

/** The application's environment, and the lists to which a way adds failed checks and warnings. */
export interface WayFindings {
  readonly environment: AppEnvironment
  readonly problems: { readonly option: string; readonly message: string }[]
  readonly warnings: string[]
}

// Symbols of all copies of the package, because a bundler can include several.
const WAY = Symbol.for('identity-web.sign-in-way')
const START = Symbol.for('identity-web.start-sign-in')

export function defineSignInWay<T extends WayTypes>(way: SignInWay<T>): SignInMethod {
  const { kind, name } = way
  return Object.freeze(Object.defineProperty({ kind, name }, WAY, { value: way }))
}

/** Returns the way to sign in that the option `signIn` contains, or `undefined` for any other value. */
export function findSignInWay(signIn: unknown): SignInWay | undefined {
  if (typeof signIn !== 'object' || signIn === null) return undefined
  return (signIn as { readonly [WAY]?: SignInWay })[WAY]
}

/**
 * Starts a sign-in with a request's arguments, or returns `undefined` if the way to sign in does not have `start`.
 */
type Start = (...args: readonly unknown[]) => Promise<unknown>

/**
 * Adds the method behind {@link startSignInOf} to a class. It is a symbol, so that editors do not offer the method to
 * applications.
 */
export function addSignInStart<A extends object>(
  prototype: A,
  start: (auth: A, args: readonly unknown[]) => Promise<unknown>,
): void {
  hideMember(
    prototype,
    START,
    (auth): Start =>
      (...args) =>
        start(auth, args),
  )
}

/** Returns the function that starts a sign-in with the way of an `Auth`, and returns the data for its page. */
export function startSignInOf(auth: object): Start | undefined {
  return (auth as { readonly [START]?: Start })[START]
}
