import { isStepUp } from '../../../client/index.ts'
import type { IdentityError, IdentityErrorCode } from '../../../errors.ts'
import type { ErrorPage, ForbiddenPage } from '../../options/options.ts'
import { renderPage, type Html } from './html.ts'

/** The heading and the message of an error page. */
export interface Wording {
  readonly title: string
  readonly message: string
}

const GENERAL: Wording = {
  title: 'Sign-in failed',
  message: 'We could not complete your sign-in. Please try again in a moment.',
}

// The messages for users depend on the code only. They never contain data from a provider or a URL.
const WORDING: Partial<Record<IdentityErrorCode, Wording>> = {
  access_denied: {
    title: 'You were not signed in',
    message:
      'The sign-in was declined, or your account is not allowed to use this application. You can try again with the same account or another one.',
  },
  interaction_required: {
    title: 'One more step is required',
    message: 'Your organization requires another step before you can continue. Please try again.',
  },
  invalid_request: {
    title: 'This sign-in cannot continue',
    message:
      'The page that you came from has expired, or your browser did not keep a cookie of this site. Please start again. If you see this page again, allow cookies for this site.',
  },
  provider_unavailable: {
    title: 'Sign-in is not available right now',
    message: 'The sign-in service does not respond. Please try again in a moment.',
  },
  store_unavailable: {
    title: 'This site is not available right now',
    message: 'We cannot check your session at the moment. Please try again in a moment.',
  },
  session_too_large: {
    title: 'We cannot keep you signed in',
    message:
      'Your account has more data than this application can store in your browser. A second attempt will not help. Please tell the people who run this application.',
  },
  configuration: {
    title: 'This application is not set up yet',
    message: 'Sign-in is not configured. Please tell the people who run this application.',
  },
}

/** The texts for a request that another site caused. The user is signed in, and a sign-in would not help. */
export const CROSS_SITE: Wording = {
  title: 'This request was not accepted',
  message:
    'Your browser sent this request from another site, or did not say from which one. We did not change any data. Please go back to the application and try again there.',
}

const ADMINISTRATOR: Wording = {
  title: 'Your administrator must approve this application',
  message:
    'This application asks for permissions that only an administrator of your organization can grant. Ask an administrator to approve it. If you are an administrator, continue below.',
}

/** Returns the heading and the message that the error page shows to users. */
export function wordingOf(error: IdentityError): Wording {
  // A code or a refresh token did not work. The user can only sign in again, and the cause is not their organization.
  const isRejected = error.oauthError === 'invalid_grant' && !isStepUp(error)
  if (isRejected || error.reason === 'refresh_rejected') return GENERAL
  return WORDING[error.code] ?? GENERAL
}

// Only for a browser that sent the cookie of a session. During a sign-in, it would not be true.
const STILL_SIGNED_IN: Wording = {
  title: 'This site is not available right now',
  message:
    'We cannot check your session at the moment. You are still signed in. Please try again in a moment.',
}

/** The values of an error page that do not depend on the error. */
type ErrorPageLinks = Omit<ErrorPage, 'code' | 'title' | 'message' | 'correlationId'> &
  Partial<Wording> & {
    /** Whether the browser sent the cookie of a session. */
    readonly hasSession: boolean
  }

/** Returns the content of an error page. */
export function toErrorPage(
  error: IdentityError,
  { hasSession, ...links }: ErrorPageLinks,
): ErrorPage {
  const { code, correlationId } = error
  const known = code === 'store_unavailable' && hasSession ? STILL_SIGNED_IN : wordingOf(error)
  const wording = links.adminConsentUrl === undefined ? known : ADMINISTRATOR
  return {
    code,
    ...wording,
    ...links,
    ...(correlationId !== undefined && { correlationId }),
  }
}

/** @param developer - The error's message and hint. Empty in production. */
export function errorPage(shown: ErrorPage, developer: readonly string[]): Html {
  const { title, message, tryAgainUrl, homeUrl, adminConsentUrl, correlationId, time } = shown
  const approve =
    adminConsentUrl === undefined
      ? []
      : [{ text: 'Approve for my organization', href: adminConsentUrl }]
  return renderPage({
    title,
    paragraphs: [message],
    links: [
      ...approve,
      { text: 'Try again', href: tryAgainUrl },
      { text: 'Back to the application', href: homeUrl },
    ],
    developer,
    footer: `${correlationId === undefined ? '' : `Correlation ID ${correlationId} · `}${time}`,
  })
}

/** The heading and the message for users who are not allowed. The message of an `AccessDenied` replaces this one. */
export const FORBIDDEN: Wording = {
  title: 'You do not have access',
  message:
    'Your account is not allowed to open this page. If you need access, ask the people who run this application.',
}

/** @param developer - The error's message and hint. Empty in production. */
export function forbiddenPage(
  { title, message, homeUrl, loginUrl }: ForbiddenPage,
  developer: readonly string[],
): Html {
  return renderPage({
    title,
    paragraphs: [message],
    links: [
      { text: 'Back to the application', href: homeUrl },
      { text: 'Sign in with another account', href: loginUrl },
    ],
    developer,
  })
}

export function configurationPage(problems: readonly string[]): Html {
  return renderPage({
    title: 'Almost done: configure sign-in',
    paragraphs: [
      'If you set up this application, change these settings and restart the application:',
    ],
    list: problems,
  })
}

/** The page of a wrong configuration in production. It does not say what is wrong. */
export function unavailablePage(): Html {
  return renderPage({
    title: 'This site is not available right now',
    paragraphs: ['Please try again later.'],
  })
}

export function loggedOutPage(loginUrl: string): Html {
  return renderPage({
    title: 'You are signed out',
    paragraphs: ['You can close this page, or sign in again.'],
    links: [{ text: 'Sign in', href: loginUrl }],
  })
}

export function confirmLogoutPage(logoutUrl: string, homeUrl: string): Html {
  return renderPage({
    title: 'Do you want to sign out?',
    paragraphs: ['You came here from another site. If you did not mean to sign out, go back.'],
    button: { text: 'Sign out', action: logoutUrl },
    links: [{ text: 'Back to the application', href: homeUrl }],
  })
}
