import type { DevProvider } from '../dev-provider.js'

/**
 * The platform's response to a request without a signed-in user. App Service has the same names for the values.
 *
 * - `'RedirectToLoginPage'`: a page navigation is redirected to the sign-in, but a script gets 401.
 * - `'AllowAnonymous'`: the request reaches the app, without a user's headers.
 * - `'Return401'`, `'Return403'`: the platform responds with this status.
 */
export type UnauthenticatedAction =
  | 'RedirectToLoginPage'
  | 'AllowAnonymous'
  | 'Return401'
  | 'Return403'

/** The {@link UnauthenticatedAction} values. */
export const UNAUTHENTICATED_ACTIONS: readonly UnauthenticatedAction[] = [
  'RedirectToLoginPage',
  'AllowAnonymous',
  'Return401',
  'Return403',
]

/**
 * The options for `startEasyAuth`.
 *
 * @example
 * ```ts
 * const options: EasyAuthOptions = { target: 'http://localhost:3000', unauthenticated: 'AllowAnonymous' }
 * ```
 */
export interface EasyAuthOptions {
  /** The app's URL. For an app that starts later, pass a function, which is called for each request. */
  readonly target: string | (() => string)
  /**
   * The provider that signs users in, which must use http.
   *
   * @defaultValue a new provider with the default configuration, which ends together with the platform
   */
  readonly provider?: DevProvider
  /**
   * The platform's TCP port. Open this port in the browser instead of the app's port.
   *
   * @defaultValue 0, which means any free port
   */
  readonly port?: number
  /**
   * The platform's response to a request without a signed-in user.
   *
   * @defaultValue 'RedirectToLoginPage'
   */
  readonly unauthenticated?: UnauthenticatedAction
  /**
   * The scopes of an API that the platform requests at the sign-in, in addition to `openid profile email offline_access`. In
   * App Service, they are in the login parameter `scope`.
   *
   * @defaultValue none
   */
  readonly scopes?: readonly string[]
  /**
   * With `true`, the platform passes tokens on to the app, and has the paths `/.auth/me` and `/.auth/refresh`.
   *
   * @defaultValue true
   */
  readonly tokenStore?: boolean
  /**
   * The clock, which returns milliseconds since 1970 like `Date.now`. Use the provider's clock.
   *
   * @defaultValue Date.now
   */
  readonly now?: () => number
}

/** A running platform, which `startEasyAuth` returns. */
export interface EasyAuth {
  /** The platform's origin, for example `http://localhost:4280`. */
  readonly origin: string
  /** The provider that signs users in. */
  readonly provider: DevProvider
  /** The environment variables that App Service sets for the app. */
  readonly variables: Readonly<Record<string, string>>
  /**
   * Ends all users' sessions, as if their cookies had expired.
   *
   * @example
   * ```ts
   * afterEach(() => platform.signOutAll())
   * ```
   */
  signOutAll(): void
  /**
   * Stops the platform, and the provider if `startEasyAuth` started it.
   *
   * @example
   * ```ts
   * afterAll(() => platform.close())
   * ```
   */
  close(): Promise<void>
}
