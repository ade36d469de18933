// Error pages, or JSON for a script.
import { hasAdminConsent } from '../../client/index.ts'
import { docsUrlOf } from '../../docs-url.ts'
import { AccessDenied, type IdentityError } from '../../errors.ts'
import type { EventLevel } from '../../events.ts'
import {
  failureAt,
  levelOf,
  requirementsOfErrors,
  signInLevelOf,
  type UserClaims,
} from '../../event-emitter.ts'
import { homeUrl, ownUrl } from '../../seams/site.ts'
import { recordError } from '../../authentication/index.ts'
import type { ErrorPage, ForbiddenPage, Pages } from '../../options/page-options.ts'
import type { AppServices } from '../runtime/services.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import type { LoginUrls } from './login-urls.ts'
import { pageBaseOf, type PageFrames, type RequestHeaders } from './pages/frame.ts'
import type { DeveloperNote } from './pages/html.ts'
import { errorPage, forbiddenPage, supportUrlOf } from './pages/index.ts'
import { situationOf, type PageReason } from './pages/situations.ts'
import { json, page, withCookies } from './responses.ts'

/**
 * The options of an error response: the form of the response, and the sign-in that "Try again" starts. By default,
 * users return to the home page.
 */
export type ErrorResponseOptions = Partial<SignInStart> & {
  /** `false` if a script sent the request. A script gets JSON. @defaultValue `true` */
  readonly isNavigation?: boolean
  /** Selects the page for error codes that have several pages. */
  readonly reason?: PageReason | undefined
  readonly cookies?: readonly string[]
  /**
   * `true` if a sign-in failed. `false` if another request failed, whose user may be signed in. @defaultValue `true`
   */
  readonly isSignIn?: boolean
  /** `true` if the browser sent the cookie of a session. @defaultValue `false` */
  readonly hasSession?: boolean
  /** The verified claims of the user, for the event. */
  readonly claims?: UserClaims | undefined
  /** The signed-in user, for the page of the application. */
  readonly user?: unknown
}

/** A request, its language and its path. */
type FailedRequest = RequestHeaders & { readonly url: string }

/** Converts errors to responses. */
export interface ErrorResponses {
  /** Logs an error and returns a page for it, or JSON for a script. */
  toResponse(
    request: FailedRequest,
    error: IdentityError,
    options?: ErrorResponseOptions,
  ): Promise<Response>
  /** Logs a denial, and returns the page for users who are signed in but not allowed, or JSON for a script. */
  toForbidden(
    request: FailedRequest,
    error: IdentityError,
    options: ErrorResponseOptions,
  ): Promise<Response>
  /** Returns the hint and the message of an error for developers. `undefined` in production. */
  developerNote(error: IdentityError): Promise<DeveloperNote | undefined>
}

/** The values that error responses use in addition to the services. */
export interface ErrorResponseNeeds {
  readonly loginUrls: LoginUrls
  /** The pages that the application replaces. */
  readonly own: Pages
  readonly frames: PageFrames
  /** The base URL of the documentation, for links in notes for developers. */
  readonly docsBase: string | undefined
}

export function createErrorResponses(
  { site, provider, events, isProduction, now }: AppServices,
  { loginUrls, own, frames, docsBase }: ErrorResponseNeeds,
): ErrorResponses {
  const { client, byUserFlow } = provider
  const canAskAdministrator = site.signIn.kind === 'code' && hasAdminConsent(client)

  async function adminConsentUrl(
    { microsoftCodes = [] }: IdentityError,
    returnTo: string,
  ): Promise<string | undefined> {
    const isNeeded =
      canAskAdministrator && microsoftCodes.some((code) => ADMINISTRATOR_ONLY.includes(code))
    return isNeeded ? loginUrls.toUrl({ returnTo, adminConsent: true }) : undefined
  }

  const withHome = ({ returnTo = site.location.homePath, ...others }: Partial<SignInStart>) => ({
    ...others,
    returnTo,
  })

  // Without the account picker, the provider would sign in the account that was rejected again.
  function withAnotherAccount(
    { code }: IdentityError,
    start: SignInStart,
    reason: PageReason | undefined,
  ): SignInStart {
    if (code !== 'access_denied' || !client.traits.accountPicker) return start
    // The user keeps their account and decides again about the permission.
    if (reason === 'permission-declined') return start
    return { ...start, parameters: { ...start.parameters, prompt: 'select_account' } }
  }

  function toAnotherAccount(start: SignInStart): Promise<string> {
    const prompt = client.traits.accountPicker ? 'select_account' : 'login'
    return loginUrls.toUrl({ ...start, parameters: { ...start.parameters, prompt } })
  }

  const toForbidden: ErrorResponses['toForbidden'] = async (
    request,
    error,
    { isNavigation = true, cookies = [], claims, user, ...given },
  ) => {
    const start = withHome(given)
    const at = { url: request.url, claims }
    events.emit('access.denied', { level: 'info', ...(await failureAt(events, error, at)) })
    const { message } = error
    const denial = AccessDenied.is(error) ? error : undefined
    if (!isNavigation) {
      const body = { error: error.code, ...(denial && { message }) }
      return recordError(withCookies(json(403, body), cookies), error)
    }
    const frame = await frames(request)
    const content: ForbiddenPage = {
      ...pageBaseOf(frame),
      title: frame.texts.forbiddenTitle,
      message: denial ? message : frame.texts.forbiddenMessage,
      user,
      requirement: requirementsOfErrors.get(error),
      homeUrl: homeUrl(site),
      loginUrl: await toAnotherAccount(start),
      supportUrl: supportUrlOf(frame, { code: error.code }),
    }
    const html =
      denial?.page ??
      (await own.forbidden?.(content)) ??
      forbiddenPage(frame, { content, developer: denial ? undefined : noteOf(error) })
    return withCookies(page(403, html), cookies)
  }

  const noteOf = (error: IdentityError): DeveloperNote | undefined =>
    isProduction
      ? undefined
      : { hint: error.hint, message: error.message, docsUrl: docsUrlOf(docsBase, error) }

  const developerFields = ({ message, hint }: IdentityError): object =>
    isProduction ? {} : { message, hint }

  return {
    developerNote: async (error) => noteOf(error),

    toForbidden,

    async toResponse(request, error, options = {}) {
      if (AccessDenied.is(error)) return toForbidden(request, error, options)
      const {
        isNavigation = true,
        cookies = [],
        isSignIn = true,
        hasSession = false,
        claims,
        user: _user,
        reason,
        ...given
      } = options
      const start = withHome(given)
      const { code, retryAfterSeconds } = error
      const level = isSignIn ? signInLevelOf(error) : levelOf(error)
      const { correlationId = idOf(error, isNavigation ? level : 'info') } = error
      const isCrossSite = reason === 'cross-site'
      const failure = { level, ...(await failureAt(events, error, { url: request.url, claims })) }
      if (isCrossSite) events.emit('request.rejected', { ...failure, level: 'info' })
      // The store reports its failures itself.
      else if (code !== 'store_unavailable') {
        const type = error.status === 403 ? 'access.denied' : 'request.failed'
        events.emit(isSignIn ? 'sign_in.failed' : type, { ...failure, correlationId })
      }
      const headers: Record<string, string> =
        error.status === 503 ? { 'retry-after': String(retryAfterSeconds ?? 5) } : {}
      const adminUrl = await adminConsentUrl(error, start.returnTo)
      if (!isNavigation) {
        const body = {
          error: code,
          ...(adminUrl !== undefined && { adminConsentUrl: adminUrl }),
          ...(correlationId !== undefined && { correlationId }),
          ...(isCrossSite && developerFields(error)),
        }
        return recordError(withCookies(json(error.status, body, headers), cookies), error)
      }
      const frame = await frames(request)
      const needsApproval = adminUrl !== undefined
      const situation = situationOf(error, { reason, needsApproval, hasSession })
      const time = new Date(now() * 1000).toISOString()
      // The user is signed in. They repeat their input on the page of the form, or load the page again.
      const isSameSession = isCrossSite || (code === 'store_unavailable' && hasSession)
      const content: ErrorPage = {
        ...pageBaseOf(frame),
        code,
        title: frame.texts[situation.title],
        message: frame.texts[situation.message],
        tryAgainUrl: isSameSession
          ? ownUrl(site, start.returnTo)
          : await loginUrls.toUrl(withAnotherAccount(error, start, reason)),
        homeUrl: homeUrl(site),
        ...(adminUrl !== undefined && { adminConsentUrl: adminUrl }),
        ...(byUserFlow.has('reset_password') && {
          resetPasswordUrl: await loginUrls.toUrl({
            returnTo: start.returnTo,
            userFlow: 'reset_password',
          }),
        }),
        ...(error.oauthErrorDescription !== undefined && {
          description: error.oauthErrorDescription,
        }),
        ...(correlationId !== undefined && { correlationId }),
        time,
        supportUrl: supportUrlOf(frame, { code, id: correlationId, time }),
      }
      const { steps } = situation
      const html =
        (await own.error?.(content)) ??
        errorPage(frame, { content, steps, developer: noteOf(error) })
      return withCookies(page(error.status, html, headers), cookies)
    },
  }
}

/** Returns an ID with which the support finds an error in the log, if the default log contains the error. */
function idOf({ code }: IdentityError, level: EventLevel): string | undefined {
  const isLogged = level !== 'info' && code !== 'store_unavailable'
  return isLogged ? crypto.randomUUID().slice(0, 8) : undefined
}

// The code decides, because `error` is `access_denied` here as well as for a user who declined.
const ADMINISTRATOR_ONLY = ['AADSTS90094', 'AADSTS90095']
