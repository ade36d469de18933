import type { ErrorPage, ForbiddenPage } from '../../../options/page-options.ts'
import type { PageFrame } from './frame.ts'
import { renderPage, type Action, type DeveloperNote, type Html } from './html.ts'
import type { NextStep } from './situations.ts'

/** An error page: its content, its next steps, and the note for developers, which is not set in production. */
export interface ShownError {
  readonly content: ErrorPage
  readonly steps: readonly NextStep[] | undefined
  readonly developer: DeveloperNote | undefined
}

const NEXT_STEPS: readonly NextStep[] = ['tryAgain', 'backToApp']

export function errorPage(
  frame: PageFrame,
  { content, steps = NEXT_STEPS, developer }: ShownError,
): Html {
  const { title, message, correlationId, time } = content
  const { texts } = frame
  const text = correlationId && texts.correlationId.replace('{id}', () => correlationId)
  return renderPage(frame, {
    title,
    paragraphs: [message],
    actions: steps.flatMap((step) => toAction(frame, content, step)),
    developer,
    footer: { text, time },
  })
}

function toAction({ texts }: PageFrame, content: ErrorPage, step: NextStep): Action[] {
  const { tryAgainUrl, homeUrl, adminConsentUrl } = content
  const urls = {
    // Both would open the same page.
    tryAgain: tryAgainUrl === homeUrl ? undefined : tryAgainUrl,
    backToApp: homeUrl,
    approve: adminConsentUrl,
  }
  const href = urls[step]
  return href === undefined ? [] : [{ text: texts[step], href }]
}

/** The page for users who are signed in and not allowed, and the note for developers. */
export interface ShownDenial {
  readonly content: ForbiddenPage
  readonly developer: DeveloperNote | undefined
}

export function forbiddenPage(frame: PageFrame, { content, developer }: ShownDenial): Html {
  const { title, message, homeUrl, loginUrl } = content
  const { texts } = frame
  return renderPage(frame, {
    title,
    paragraphs: [message],
    actions: [
      { text: texts.backToApp, href: homeUrl },
      { text: texts.anotherAccount, href: loginUrl },
    ],
    developer,
  })
}

/** The page with the problems of the configuration. It is for developers and therefore in English. */
export function configurationPage(
  frame: PageFrame,
  problems: readonly string[],
  docsUrl: string | undefined,
): Html {
  return renderPage(
    { ...frame, language: 'en' },
    {
      title: 'Almost done: configure sign-in',
      paragraphs: [
        'If you set up this application, change these settings and restart the application:',
      ],
      list: problems,
      actions:
        docsUrl === undefined ? [] : [{ text: 'More about configuration errors', href: docsUrl }],
    },
  )
}

/** The page of a wrong configuration in production. It does not say what is wrong. */
export function unavailablePage(frame: PageFrame): Html {
  const { siteUnavailableTitle, siteUnavailableMessage } = frame.texts
  return renderPage(frame, { title: siteUnavailableTitle, paragraphs: [siteUnavailableMessage] })
}

export function loggedOutPage(frame: PageFrame, loginUrl: string): Html {
  const { signedOutTitle, signedOutMessage, signIn } = frame.texts
  return renderPage(frame, {
    title: signedOutTitle,
    paragraphs: [signedOutMessage],
    actions: [{ text: signIn, href: loginUrl }],
  })
}

/** The URLs of the page that asks before a sign-out. */
export interface ConfirmLogoutUrls {
  readonly logoutUrl: string
  readonly homeUrl: string
}

export function confirmLogoutPage(
  frame: PageFrame,
  { logoutUrl, homeUrl }: ConfirmLogoutUrls,
): Html {
  const { confirmSignOutTitle, confirmSignOutMessage, signOut, backToApp } = frame.texts
  return renderPage(frame, {
    title: confirmSignOutTitle,
    paragraphs: [confirmSignOutMessage],
    actions: [
      { text: signOut, postTo: logoutUrl },
      { text: backToApp, href: homeUrl },
    ],
  })
}
