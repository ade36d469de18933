// The texts that a language needs.
import { loadLater } from '../load-later.ts'
import { andThen, type MaybePromise } from '../maybe-promise.ts'

/**
 * The pages' texts in one language, in which a name in braces, such as `{id}`, is a placeholder for a value.
 *
 * @example
 * ```ts
 * const texts: Partial<PageTexts> = { signIn: 'Log in', signedOutMessage: 'See you soon.' }
 * ```
 * @public
 */
export interface PageTexts {
  /** The button that starts a sign-in. */
  readonly signIn: string
  /** The button that signs the user out. */
  readonly signOut: string
  /** The button that repeats the failed action. */
  readonly tryAgain: string
  /** The button that opens the application's home page. */
  readonly backToApp: string
  /** The button that signs in with another account. */
  readonly anotherAccount: string
  /** The button with which an administrator approves the application. */
  readonly approve: string
  /** The link to the support team, if the option `pages.supportUrl` is set. */
  readonly contactSupport: string
  /** The number for the support team. `{id}` is the correlation ID. */
  readonly correlationId: string
  /** The sentence before the number and the time of an error. */
  readonly detailsForSupport: string

  /** A sign-in failed: the heading. */
  readonly signInFailedTitle: string
  /** A sign-in failed: the message. */
  readonly signInFailedMessage: string
  /** The user declined the sign-in, or the account is not allowed: the heading. */
  readonly notSignedInTitle: string
  /** The user declined the sign-in, or the account is not allowed: the message. */
  readonly notSignedInMessage: string
  /** A signed-in user cancelled another sign-in: the heading. */
  readonly stillSignedInTitle: string
  /** A signed-in user cancelled another sign-in: the message. */
  readonly stillSignedInMessage: string
  /** A signed-in user declined the consent to a permission: the heading. */
  readonly permissionDeclinedTitle: string
  /** A signed-in user declined the consent to a permission: the message. */
  readonly permissionDeclinedMessage: string
  /** The organization requires another step, such as a second factor: the heading. */
  readonly stepRequiredTitle: string
  /** The organization requires another step, such as a second factor: the message. */
  readonly stepRequiredMessage: string
  /** The page of a sign-in expired, or the browser did not keep a cookie: the heading. */
  readonly expiredTitle: string
  /** The page of a sign-in expired, or the browser did not keep a cookie: the message. */
  readonly expiredMessage: string
  /** The identity provider does not respond: the heading. */
  readonly providerUnavailableTitle: string
  /** The identity provider does not respond: the message. */
  readonly providerUnavailableMessage: string
  /** The application cannot respond: the heading. */
  readonly siteUnavailableTitle: string
  /** The application cannot respond: the message. */
  readonly siteUnavailableMessage: string
  /** The session store does not respond: the message. */
  readonly sessionUncheckedMessage: string
  /** The session store does not respond, and the browser sent a session: the message. */
  readonly sessionUncheckedSignedInMessage: string
  /** The session does not fit into cookies: the heading. */
  readonly sessionTooLargeTitle: string
  /** The session does not fit into cookies: the message. */
  readonly sessionTooLargeMessage: string
  /** The settings of the application are wrong: the heading. */
  readonly notConfiguredTitle: string
  /** The settings of the application are wrong: the message. */
  readonly notConfiguredMessage: string
  /** Another site sent the request: the heading. */
  readonly crossSiteTitle: string
  /** Another site sent the request: the message. */
  readonly crossSiteMessage: string
  /** An administrator must approve the application: the heading. */
  readonly approvalTitle: string
  /** An administrator must approve the application: the message. `{approve}` is the text of the button. */
  readonly approvalMessage: string
  /** The user is signed in, but is not allowed to open the page: the heading. */
  readonly forbiddenTitle: string
  /** The user is signed in, but is not allowed to open the page: the message. */
  readonly forbiddenMessage: string

  /** The page after a sign-out: the heading. */
  readonly signedOutTitle: string
  /** The page after a sign-out: the message. */
  readonly signedOutMessage: string
  /** The page that asks before a sign-out: the heading. */
  readonly confirmSignOutTitle: string
  /** The page that asks before a sign-out: the message. */
  readonly confirmSignOutMessage: string

  /** The page that continues by itself, after the provider or another site sent the user to it: the heading. */
  readonly continueTitle: string
  /** The page that continues by itself: the link, for a browser that does not continue. */
  readonly continueAction: string
}

/**
 * A language for the pages. The library contains ten of them, such as `german` from `identity-web/languages/de`.
 *
 * @example
 * ```ts
 * const english: Language = { tag: 'en-GB', texts }
 * ```
 * @public
 */
export interface Language {
  /** The language tag (BCP 47), such as `de` or `zh-Hans`. */
  readonly tag: string
  /** All texts in this language. */
  readonly texts: PageTexts
}

/** The tags of the languages that the library contains. @public */
export type LanguageTag = 'de' | 'en' | 'es' | 'fr' | 'it' | 'ja' | 'nl' | 'pl' | 'pt' | 'zh-Hans'

/** A language for the pages, whose texts are loaded with the first page in this language. */
export interface LanguageSource {
  /** The language tag (BCP 47). */
  readonly tag: string
  texts(): MaybePromise<PageTexts>
}

/**
 * Makes the source for a language that the library contains.
 *
 * @param load - Imports the language.
 */
export function languageSource(tag: LanguageTag, load: () => Promise<Language>): LanguageSource {
  const loadLanguage = loadLater(`the language ${tag}`, load)
  return { tag, texts: () => andThen(loadLanguage(), ({ texts }) => texts) }
}

/**
 * The names of all texts, each with its placeholders. The options are checked with this list, so that a worker does not
 * need to load a language's texts.
 */
export const PLACEHOLDERS: Readonly<Record<keyof PageTexts, string>> = {
  signIn: '',
  signOut: '',
  tryAgain: '',
  backToApp: '',
  anotherAccount: '',
  approve: '',
  contactSupport: '',
  correlationId: '{id}',
  detailsForSupport: '',
  signInFailedTitle: '',
  signInFailedMessage: '',
  notSignedInTitle: '',
  notSignedInMessage: '',
  stillSignedInTitle: '',
  stillSignedInMessage: '',
  permissionDeclinedTitle: '',
  permissionDeclinedMessage: '',
  stepRequiredTitle: '',
  stepRequiredMessage: '',
  expiredTitle: '',
  expiredMessage: '',
  providerUnavailableTitle: '',
  providerUnavailableMessage: '',
  siteUnavailableTitle: '',
  siteUnavailableMessage: '',
  sessionUncheckedMessage: '',
  sessionUncheckedSignedInMessage: '',
  sessionTooLargeTitle: '',
  sessionTooLargeMessage: '',
  notConfiguredTitle: '',
  notConfiguredMessage: '',
  crossSiteTitle: '',
  crossSiteMessage: '',
  approvalTitle: '',
  approvalMessage: '{approve}',
  forbiddenTitle: '',
  forbiddenMessage: '',
  signedOutTitle: '',
  signedOutMessage: '',
  confirmSignOutTitle: '',
  confirmSignOutMessage: '',
  continueTitle: '',
  continueAction: '',
}
