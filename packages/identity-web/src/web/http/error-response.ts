import { hasAdminConsent, type OAuthClient } from '../../client/index.ts'
import type { IdentityError } from '../../errors.ts'
import { recordError } from '../../authentication/index.ts'
import { logError, type Logger } from '../../settings/logger.ts'
import { ownUrl, type SignInFlow } from '../options/flow.ts'
import type { Pages } from '../options/options.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import type { LoginUrls } from './login-urls.ts'
import { CROSS_SITE, errorPage, toErrorPage } from './pages/index.ts'
import { json, page, withCookies } from './responses.ts'

/** The sign-in that "Try again" starts, and the form of the response. */
export type ErrorResponseOptions = SignInStart & {
  /** `false` for a script, which gets JSON. @defaultValue `true` */
  readonly isNavigation?: boolean
  /** Selects the texts of the page, if the error's code is not enough. */
  readonly reason?: 'cross-site'
  readonly cookies?: readonly string[]
}

/** Turns errors into responses. */
export interface ErrorResponses {
  /** Logs an error and returns a page for it, or JSON for a script. */
  toResponse(error: IdentityError, options: ErrorResponseOptions): Promise<Response>
  /** Returns the message and the hint of an error for developers. Empty in production. */
  developerDetails(error: IdentityError): string[]
}

/** The services that error responses use. */
export interface ErrorResponseServices {
  readonly client: OAuthClient
  readonly flow: SignInFlow
  readonly loginUrls: LoginUrls
  readonly logger: Logger
  readonly pages: Pages
  readonly isProduction: boolean
  /** Unix time in seconds. */
  readonly now: () => number
}

export function createErrorResponses(services: ErrorResponseServices): ErrorResponses {
  const { client, flow, loginUrls, logger, pages, isProduction, now } = services
  const canAskAdministrator = flow.kind === 'code' && hasAdminConsent(client)

  async function adminConsentUrl(
    { microsoftCodes = [] }: IdentityError,
    returnTo: string,
  ): Promise<string | undefined> {
    const isNeeded =
      canAskAdministrator && microsoftCodes.some((code) => ADMINISTRATOR_ONLY.includes(code))
    return isNeeded ? loginUrls.toUrl({ returnTo, adminConsent: true }) : undefined
  }

  // Without the account picker, the provider would sign in the account that was rejected again.
  function withAnotherAccount({ code }: IdentityError, start: SignInStart): SignInStart {
    if (code !== 'access_denied' || !client.traits.accountPicker) return start
    return { ...start, parameters: { ...start.parameters, prompt: 'select_account' } }
  }

  const developerDetails = ({ message, hint }: IdentityError): string[] =>
    isProduction ? [] : [message, ...(hint === undefined ? [] : [hint])]

  const developerFields = ({ message, hint }: IdentityError): object =>
    isProduction ? {} : { message, hint }

  return {
    developerDetails,

    async toResponse(error, { isNavigation = true, cookies = [], reason, ...start }) {
      const { code, correlationId, retryAfterSeconds } = error
      logError({ logger }, error)
      const headers: Record<string, string> =
        error.status === 503 ? { 'retry-after': String(retryAfterSeconds ?? 5) } : {}
      const adminUrl = await adminConsentUrl(error, start.returnTo)
      if (!isNavigation) {
        const body = {
          error: code,
          ...(adminUrl !== undefined && { adminConsentUrl: adminUrl }),
          ...(correlationId !== undefined && { correlationId }),
          ...(reason !== undefined && developerFields(error)),
        }
        return recordError(withCookies(json(error.status, body, headers), cookies), error)
      }
      const content = toErrorPage(error, {
        ...(reason !== undefined && CROSS_SITE),
        tryAgainUrl:
          reason === undefined
            ? await loginUrls.toUrl(withAnotherAccount(error, start))
            : // The user is signed in. They repeat their input on the page of the form.
              ownUrl(flow, start.returnTo),
        homeUrl: ownUrl(flow, '/'),
        ...(adminUrl !== undefined && { adminConsentUrl: adminUrl }),
        time: new Date(now() * 1000).toISOString(),
      })
      const html = (await pages.error?.(content)) ?? errorPage(content, developerDetails(error))
      return withCookies(page(error.status, html, headers), cookies)
    },
  }
}

// The code decides, because `error` is `access_denied` here as well as for a user who declined.
const ADMINISTRATOR_ONLY = ['AADSTS90094', 'AADSTS90095']
