import { isStepUp } from '../../../client/index.ts'
import type { IdentityError, IdentityErrorCode } from '../../../errors.ts'
import type { PageTexts } from '../../../languages/language.ts'

/** A next step of the user on an error page. */
export type NextStep = 'tryAgain' | 'backToApp' | 'approve'

/** The texts of an error page, and the next steps of the user. The first one is the recommended step. */
export interface Situation {
  readonly title: keyof PageTexts
  readonly message: keyof PageTexts
  /** @defaultValue to try again, or to go back to the application */
  readonly steps?: readonly NextStep[]
}

const GENERAL: Situation = {
  title: 'signInFailedTitle',
  message: 'signInFailedMessage',
}

// The texts for users depend on the code only. They never contain data from a provider or a URL.
const BY_CODE: Partial<Record<IdentityErrorCode, Situation>> = {
  access_denied: {
    title: 'notSignedInTitle',
    message: 'notSignedInMessage',
  },
  interaction_required: {
    title: 'stepRequiredTitle',
    message: 'stepRequiredMessage',
  },
  invalid_request: {
    title: 'expiredTitle',
    message: 'expiredMessage',
  },
  provider_unavailable: {
    title: 'providerUnavailableTitle',
    message: 'providerUnavailableMessage',
  },
  store_unavailable: {
    title: 'siteUnavailableTitle',
    message: 'sessionUncheckedMessage',
  },
  // A second attempt does not help.
  session_too_large: {
    title: 'sessionTooLargeTitle',
    message: 'sessionTooLargeMessage',
    steps: ['backToApp'],
  },
  // The provider rejects a setting. It sends other codes for users and for outages.
  provider_error: {
    title: 'signInFailedTitle',
    message: 'notConfiguredMessage',
    steps: ['backToApp', 'tryAgain'],
  },
  configuration: {
    title: 'notConfiguredTitle',
    message: 'notConfiguredMessage',
    steps: ['backToApp', 'tryAgain'],
  },
}

/** The reason why an error has another page than other errors with the same code. */
export type PageReason =
  /** Another site sent the request. The user is signed in, and a sign-in would not help. */
  | 'cross-site'
  /** A signed-in user declined a permission. */
  | 'permission-declined'
  /** A signed-in user cancelled a sign-in, for example with another account. */
  | 'sign-in-cancelled'

const BY_REASON: Readonly<Record<PageReason, Situation>> = {
  'cross-site': {
    title: 'crossSiteTitle',
    message: 'crossSiteMessage',
    steps: ['backToApp', 'tryAgain'],
  },
  'permission-declined': {
    title: 'permissionDeclinedTitle',
    message: 'permissionDeclinedMessage',
    steps: ['backToApp', 'tryAgain'],
  },
  'sign-in-cancelled': {
    title: 'stillSignedInTitle',
    message: 'stillSignedInMessage',
    steps: ['backToApp', 'tryAgain'],
  },
}

const APPROVAL: Situation = {
  title: 'approvalTitle',
  message: 'approvalMessage',
  steps: ['approve', 'tryAgain', 'backToApp'],
}

/** Returns the situation of a user after an error, without its context. */
export function situationOfError(error: IdentityError): Situation {
  return isRejectedGrant(error) ? GENERAL : situationOfCode(error.code)
}

function situationOfCode(code: IdentityErrorCode): Situation {
  return BY_CODE[code] ?? GENERAL
}

/**
 * Returns whether a code or a refresh token did not work. The user must sign in again, and the organization of the user
 * is not the cause.
 */
export function isRejectedGrant(error: IdentityError): boolean {
  if (error.reason === 'refresh_rejected') return true
  return error.oauthError === 'invalid_grant' && !isStepUp(error)
}

/** The context of an error. */
export interface ErrorContext {
  readonly code: IdentityErrorCode
  readonly reason: PageReason | undefined
  /** `true` if only an administrator can consent. */
  readonly needsApproval: boolean
  /** `true` if the browser sent the cookie of a session. */
  readonly hasSession: boolean
  /** See {@link isRejectedGrant}. @defaultValue `false` */
  readonly isRejected?: boolean
}

/** Returns the situation of a user after an error. */
export function situationOf({
  code,
  reason,
  needsApproval,
  hasSession,
  isRejected = false,
}: ErrorContext): Situation {
  if (needsApproval) return APPROVAL
  if (reason !== undefined) return BY_REASON[reason]
  const situation = isRejected ? GENERAL : situationOfCode(code)
  // Only for a browser that sent the cookie of a session. During a sign-in, it would not be true.
  return code === 'store_unavailable' && hasSession
    ? { ...situation, message: 'sessionUncheckedSignedInMessage' }
    : situation
}
