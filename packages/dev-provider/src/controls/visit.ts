/**
 * The cookies of one imagined browser, by name.
 *
 * @example Two sign-ins of one browser
 * ```ts
 * const cookies: ProviderCookies = new Map()
 * await provider.signIn(first, { cookies })
 * await provider.signIn(second, { cookies }) // silent: the session is there
 * ```
 */
export type ProviderCookies = Map<string, string>

/** A button that leads elsewhere than the usual way through the pages. */
export type PressedButton = 'cancel' | 'forgot-password' | 'sign-up'

/** How the imagined user behaves. */
export interface SignInOptions {
  /** User name or first name. @defaultValue the first user whom the issuer knows */
  readonly as?: string
  /** `false` presses Cancel on the consent page. @defaultValue true */
  readonly consent?: boolean
  /**
   * Presses this button where it first appears: "Cancel", or what the sign-in page of a user flow offers. It is an error
   * when no page has it.
   */
  readonly press?: PressedButton
  /** What to type on the page that edits a profile. @defaultValue the name as it is */
  readonly displayName?: string
  /** The name to sign up with. @defaultValue 'New Customer' */
  readonly name?: string
  /** The email address to sign up with. @defaultValue a new one each time */
  readonly email?: string
  /** Keeps the provider's session between calls. */
  readonly cookies?: ProviderCookies
}

/** Where the provider sent the browser in the end. */
export interface SignInResult {
  readonly url: URL
  /** The fields of a `form_post`. */
  readonly form?: Record<string, string>
}

/** A user and a browser, ready to go. */
export interface Visit extends Omit<SignInOptions, 'as' | 'consent' | 'cookies'> {
  readonly origin: string
  /** User name to pick. */
  readonly username: string
  readonly consent: boolean
  readonly cookies: ProviderCookies
  readonly ca: string | undefined
}
