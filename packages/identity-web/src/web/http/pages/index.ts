import type { IdentityError, IdentityErrorCode } from '../../../errors.ts'
import type { ErrorPage } from '../../options/options.ts'
import { renderPage, type Html } from './html.ts'

/** A heading and a text. */
export interface Wording {
  readonly title: string
  readonly message: string
}

const GENERAL: Wording = {
  title: 'Sign-in did not work',
  message: 'Something went wrong while you were signed in. Please try again in a moment.',
}

// What users read. It depends on the code alone: nothing that a provider or a URL says comes through here.
const WORDING: Partial<Record<IdentityErrorCode, Wording>> = {
  access_denied: {
    title: 'You were not signed in',
    message:
      'The sign-in was declined, or your account may not use this application. You can try again, also with another account.',
  },
  interaction_required: {
    title: 'More is needed to go on',
    message: 'Your organization asks for another step before you can go on. Please try again.',
  },
  invalid_request: {
    title: 'This sign-in can’t be continued',
    message:
      'The page that you came from is out of date, or your browser did not keep a cookie of this site. Please begin again; if it happens once more, allow cookies for this site.',
  },
  provider_unavailable: {
    title: 'Sign-in is not available right now',
    message: 'The sign-in service does not answer. Please try again in a moment.',
  },
  store_unavailable: {
    title: 'This site is not available right now',
    message:
      'It can’t look up who is signed in for the moment. You are still signed in; please try again in a moment.',
  },
  configuration: {
    title: 'This application is not set up yet',
    message: 'Its sign-in is not configured. Please tell whoever runs it.',
  },
}

const ADMINISTRATOR: Wording = {
  title: 'Your administrator has to approve this application',
  message:
    'It asks for permissions that only an administrator of your organization can give. Ask them to approve it; if that is you, go on below.',
}

/** What users read of an error. */
export function wordingOf(code: IdentityErrorCode): Wording {
  return WORDING[code] ?? GENERAL
}

/** What an error page shows to a user, with what its links lead to. */
export function toErrorPage(
  { code, correlationId }: IdentityError,
  links: Omit<ErrorPage, 'code' | 'title' | 'message' | 'correlationId'>,
): ErrorPage {
  const wording = links.adminConsentUrl === undefined ? wordingOf(code) : ADMINISTRATOR
  return {
    code,
    ...wording,
    ...links,
    ...(correlationId !== undefined && { correlationId }),
  }
}

/** @param developer - The error's own text and hint; empty in production. */
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

export function configurationPage(problems: readonly string[]): Html {
  return renderPage({
    title: 'Almost there: sign-in needs to be configured',
    paragraphs: [
      'Whoever set this application up has these settings to make, and then to restart it:',
    ],
    list: problems,
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
    paragraphs: ['Another site sent you here. If you did not mean to sign out, go back.'],
    button: { text: 'Sign out', action: logoutUrl },
    links: [{ text: 'Back to the application', href: homeUrl }],
  })
}
