import type { Language } from './language.ts'

export type { Language, PageTexts } from './language.ts'

/**
 * The pages' texts in English, which is the default language.
 *
 * @example
 * ```ts
 * import { english } from 'identity-web/languages/en'
 * import { german } from 'identity-web/languages/de'
 *
 * const auth = new Auth(app, { languages: [german, english] })
 * ```
 * @public
 */
export const english: Language = {
  tag: 'en',
  texts: {
    signIn: 'Sign in',
    signOut: 'Sign out',
    tryAgain: 'Try again',
    backToApp: 'Back to the application',
    anotherAccount: 'Sign in with another account',
    approve: 'Approve for my organization',
    contactSupport: 'Contact support',
    correlationId: 'Correlation ID {id}',
    detailsForSupport: 'If you ask for help, send these details:',

    signInFailedTitle: 'Sign-in failed',
    signInFailedMessage:
      'We could not complete your sign-in. Please try again. If it fails again, tell the people who run this application.',
    notSignedInTitle: 'You were not signed in',
    notSignedInMessage:
      'The sign-in was declined, or your account is not allowed to use this application. You can try again with the same account or another one.',
    stillSignedInTitle: 'The sign-in was cancelled',
    stillSignedInMessage: 'You are still signed in with the account that you used before.',
    permissionDeclinedTitle: 'The permission was not given',
    permissionDeclinedMessage:
      'This page needs a permission that was declined. You are still signed in and can continue to use the rest of the application.',
    stepRequiredTitle: 'One more step is required',
    stepRequiredMessage:
      'Your organization requires another step before you can continue. Please try again.',
    expiredTitle: 'This sign-in cannot continue',
    expiredMessage:
      'The page that you came from has expired, or your browser did not keep a cookie of this site. Please start again. If you see this page again, allow cookies for this site.',
    providerUnavailableTitle: 'Sign-in is not available right now',
    providerUnavailableMessage:
      'The sign-in service does not respond. Please try again in a moment.',
    siteUnavailableTitle: 'This site is not available right now',
    siteUnavailableMessage: 'Please try again later.',
    sessionUncheckedMessage:
      'We cannot check your session at the moment. Please try again in a moment.',
    sessionUncheckedSignedInMessage:
      'We cannot check your session at the moment. You are still signed in. Please try again in a moment.',
    sessionTooLargeTitle: 'We cannot keep you signed in',
    sessionTooLargeMessage:
      'Your account has more data than this application can store in your browser. A second attempt will not help. Please tell the people who run this application.',
    notConfiguredTitle: 'This application is not set up correctly',
    notConfiguredMessage:
      'A setting of this application is probably wrong, so a second attempt will not help. Please tell the people who run this application.',
    crossSiteTitle: 'This request was not accepted',
    crossSiteMessage:
      'This request came from another site, or your browser did not tell us where the request came from. We did not change any data. Please go back to the application and try again there.',
    approvalTitle: 'Your administrator must approve this application',
    approvalMessage:
      'This application asks for permissions that only an administrator of your organization can grant. Ask an administrator to approve the application. If you are an administrator, choose "{approve}".',
    forbiddenTitle: 'You do not have access',
    forbiddenMessage:
      'Your account is not allowed to open this page. If you need access, ask the people who run this application.',

    signedOutTitle: 'You are signed out',
    signedOutMessage: 'You can close this page, or sign in again.',
    confirmSignOutTitle: 'Do you want to sign out?',
    confirmSignOutMessage:
      'You came here from another site. If you did not mean to sign out, go back.',

    continueTitle: 'One moment, please',
    continueAction: 'Continue',
  },
}
