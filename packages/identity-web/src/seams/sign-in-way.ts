// The seam for a sign-in without a redirect URI.
import type { AppEnvironment } from '../host-traits.ts'
import { defineSeam, type Seam } from '../seam.ts'

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
  /** Starts a sign-in for {@link START_SIGN_IN}. */
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

export const SIGN_IN_WAY: Seam<() => SignInWay> = /* @__PURE__ */ defineSeam('sign-in-way')

/**
 * The key of the method of an `Auth` that starts a sign-in with its way and returns the data for the page, or
 * `undefined` if the way does not have `start`. It is a symbol, so that editors do not offer the method to
 * applications.
 */
export const START_SIGN_IN: unique symbol = Symbol.for('identity-web.start-sign-in')

/** An `Auth` as `startDeviceLogin()` sees it. */
export interface StartsSignIn {
  readonly [START_SIGN_IN]?: (...args: readonly unknown[]) => Promise<unknown>
}
