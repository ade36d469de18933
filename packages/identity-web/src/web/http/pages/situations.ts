// Selects texts and next steps of an error page.
import { isStepUp } from '../../../client/index.ts'
import type { IdentityError, IdentityErrorCode } from '../../../errors.ts'
import type { PageTexts } from '../../../languages/language.ts'

/** A next step of the user on an error page. */
export type NextStep = 'tryAgain' | 'backToApp' | 'approve' | 'contactSupport'

/** The texts of an error page, and the next steps of the user. The first one is the recommended step. */
export interface Situation {
  readonly title: keyof PageTexts
  readonly message: keyof PageTexts
  /** @defaultValue to try again, to go back to the application, or to ask for help */
  readonly steps?: readonly NextStep[]
}

/** The names that have both a title and a message. */
type Name = TextsWith<'Title'> & TextsWith<'Message'>
type TextsWith<End extends string, Key = keyof PageTexts> = Key extends `${infer Start}${End}`
  ? Start
  : never

function toSituation(name: Name, steps?: readonly NextStep[]): Situation {
  return { title: `${name}Title`, message: `${name}Message`, ...(steps && { steps }) }
}

const GENERAL = toSituation('signInFailed')
/** A setting is wrong, so another attempt of the user cannot help. */
const NOT_CONFIGURED = toSituation('notConfigured', ['contactSupport', 'backToApp'])
const PROVIDER_UNAVAILABLE = toSituation('providerUnavailable')

// The texts for users depend on codes only. They never contain data from a provider or a URL.
const BY_CODE: Partial<Record<IdentityErrorCode, Situation>> = {
  access_denied: toSituation('notSignedIn'),
  interaction_required: toSituation('stepRequired'),
  invalid_request: toSituation('expired'),
  provider_unavailable: PROVIDER_UNAVAILABLE,
  store_unavailable: { ...toSituation('siteUnavailable'), message: 'sessionUncheckedMessage' },
  // A second attempt does not help.
  session_too_large: toSituation('sessionTooLarge', NOT_CONFIGURED.steps),
  // The provider rejects a setting. It sends other codes for users and for outages.
  provider_error: { ...NOT_CONFIGURED, title: 'signInFailedTitle' },
  configuration: NOT_CONFIGURED,
}

/** The causes that last until somebody changes a setting of the server, although other causes of their codes pass. */
const LASTING = /^(clock|proxy|tls|wrong_tenant)$/

/** The reason why an error has another page than other errors with the same code. */
export type PageReason =
  /** Another site sent the request. The user is signed in, and a sign-in would not help. */
  | 'cross-site'
  /** A signed-in user declined a permission. */
  | 'permission-declined'
  /** A signed-in user cancelled a sign-in, for example with another account. */
  | 'sign-in-cancelled'

/** For users who can continue in the application. The page omits `approve` if an approval is not needed. */
const BACK_FIRST: readonly NextStep[] = ['backToApp', 'approve', 'tryAgain']

const BY_REASON: Readonly<Record<PageReason, Situation>> = {
  'cross-site': toSituation('crossSite', BACK_FIRST),
  'permission-declined': toSituation('permissionDeclined', BACK_FIRST),
  'sign-in-cancelled': toSituation('stillSignedIn', BACK_FIRST),
}

// Most users cannot approve. The sign-in works as soon as an administrator has approved, so the user may try again.
const APPROVAL = toSituation('approval', BACK_FIRST)

/**
 * Returns whether a code or a refresh token did not work. The user must sign in again, and the organization of the user
 * is not the cause.
 */
function isRejectedGrant(error: IdentityError): boolean {
  if (error.reason === 'refresh_rejected') return true
  return error.oauthError === 'invalid_grant' && !isStepUp(error)
}

/** The context of an error. */
export interface ErrorContext {
  readonly reason?: PageReason | undefined
  /** `true` if only an administrator can consent. @defaultValue `false` */
  readonly needsApproval?: boolean
  /** `true` if the browser sent the cookie of a session. @defaultValue `false` */
  readonly hasSession?: boolean
}

/** Returns the situation of a user after an error. */
export function situationOf(
  error: IdentityError,
  { reason, needsApproval = false, hasSession = false }: ErrorContext = {},
): Situation {
  if (needsApproval) return APPROVAL
  if (reason !== undefined) return BY_REASON[reason]
  if (isRejectedGrant(error)) return GENERAL
  if (LASTING.test(error.reason ?? '')) return NOT_CONFIGURED
  // The provider can say so by a code next to a standard error for a wrong setting (`client/hints`).
  if (error.oauthError !== undefined && error.retryAfterSeconds !== undefined)
    return PROVIDER_UNAVAILABLE
  const situation = BY_CODE[error.code] ?? GENERAL
  // Only for a browser that sent the cookie of a session. During a sign-in, it would not be true.
  return error.code === 'store_unavailable' && hasSession
    ? { ...situation, message: 'sessionUncheckedSignedInMessage' }
    : situation
}
