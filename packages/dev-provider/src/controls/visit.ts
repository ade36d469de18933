import type { AccountName } from '../config/account-names.js'

/**
 * One simulated browser's cookies, by name.
 *
 * @example Two sign-ins of one browser
 * ```ts
 * const cookies: ProviderCookies = new Map()
 * await provider.signIn(first, { cookies })
 * await provider.signIn(second, { cookies }) // silent: the session is there
 * ```
 */
export type ProviderCookies = Map<string, string>

/** A button that leaves the usual sequence of pages. */
export type PressedButton = 'cancel' | 'forgot-password' | 'sign-up'

/**
 * The simulated user's behavior.
 *
 * @example Decline the consent page
 * ```ts
 * const { url } = await provider.signIn(authorizationUrl, { as: 'robin', consent: false })
 * ```
 */
export interface SignInOptions {
  /**
   * The user, as a user name or a first name.
   *
   * @defaultValue the first user who has an account at the issuer
   */
  readonly as?: AccountName
  /**
   * The user's decision on the consent page. `false` presses Cancel.
   *
   * @defaultValue true
   */
  readonly consent?: boolean
  /**
   * The button to press on the first page that shows it.
   *
   * The call fails when no page shows the button.
   */
  readonly press?: PressedButton
  /**
   * The new display name, for the page that edits the profile.
   *
   * @defaultValue the current name
   */
  readonly displayName?: string
  /**
   * The new account's name, for the sign-up page.
   *
   * @defaultValue 'New Customer'
   */
  readonly name?: string
  /**
   * The new account's email address, for the sign-up page.
   *
   * @defaultValue a different address each time
   */
  readonly email?: string
  /**
   * The simulated browser's cookies. Pass the same map again to keep the session between calls.
   *
   * @defaultValue a new map
   */
  readonly cookies?: ProviderCookies
}

/**
 * The last redirect in a simulated sign-in.
 *
 * @example Read the code of the redirect
 * ```ts
 * const { url, form }: SignInResult = await provider.signIn(authorizationUrl)
 * const code = form?.['code'] ?? url.searchParams.get('code')
 * ```
 */
export interface SignInResult {
  /** The URL to which the provider sent the browser. */
  readonly url: URL
  /** The fields that the browser would post to `url`, for `response_mode=form_post`. */
  readonly form?: Record<string, string>
}

/** A simulated user with a browser. */
export interface Visit extends Omit<SignInOptions, 'as' | 'consent' | 'cookies'> {
  readonly origin: string
  /** The user name of the account to choose. */
  readonly username: string
  readonly consent: boolean
  readonly cookies: ProviderCookies
  readonly ca: string | undefined
  /** The provider's URL in this process. */
  readonly connectTo?: string
}
