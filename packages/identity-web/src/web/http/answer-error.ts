import { hasAdminConsent } from '../../client/index.ts'
import type { IdentityError } from '../../errors.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import { json, page, withCookies } from './answers.ts'
import { logError } from '../../settings/logger.ts'
import { loginUrl } from './login-url.ts'
import { errorPage, toErrorPage } from './pages/index.ts'

/** How to answer an error. */
export type ErrorAnswer = SignInStart & {
  /** Whether a page visitor waits for it; a script gets JSON. */
  readonly navigation?: boolean
  readonly cookies?: readonly string[]
}

/** Logs an error and answers it: a calm page for a visitor, JSON for a script. */
export async function answerError<User>(
  runtime: WebRuntime<User>,
  error: IdentityError,
  { navigation = true, cookies = [], ...start }: ErrorAnswer,
): Promise<Response> {
  const { options, origin } = runtime
  const { code, correlationId, retryAfter } = error
  logError(options, error)
  const headers: Record<string, string> =
    error.status === 503 ? { 'retry-after': String(retryAfter ?? 5) } : {}
  const adminConsentUrl = needsAdministrator(runtime, error)
    ? await loginUrl(runtime, { returnTo: start.returnTo, adminConsent: true })
    : undefined
  if (!navigation) {
    const body = {
      error: code,
      ...(adminConsentUrl !== undefined && { adminConsentUrl }),
      ...(correlationId !== undefined && { correlationId }),
    }
    return withCookies(json(error.status, body, headers), cookies)
  }
  const shown = toErrorPage(error, {
    tryAgainUrl: await loginUrl(runtime, withAnotherAccount(runtime, error, start)),
    homeUrl: `${origin ?? ''}/`,
    ...(adminConsentUrl !== undefined && { adminConsentUrl }),
    time: new Date(runtime.now() * 1000).toISOString(),
  })
  const html =
    (await options.pages?.error?.(shown)) ?? errorPage(shown, developerTexts(runtime, error))
  return withCookies(page(error.status, html, headers), cookies)
}

/** What developers are told of an error beside what users are: nothing in production. */
export function developerTexts<User>(
  { production }: WebRuntime<User>,
  { message, hint }: IdentityError,
): string[] {
  return production ? [] : [message, ...(hint === undefined ? [] : [hint])]
}

// By number: `error` is `access_denied` here as for a user who declined.
const ADMINISTRATOR_ONLY = ['AADSTS90094', 'AADSTS90095']

function needsAdministrator<User>(
  { client, options }: WebRuntime<User>,
  { errorCodes = [] }: IdentityError,
): boolean {
  return (
    options.redirectUri !== undefined &&
    hasAdminConsent(client) &&
    errorCodes.some((code) => ADMINISTRATOR_ONLY.includes(code))
  )
}

// The account that was refused would be taken again without a question: the session at the provider is its.
function withAnotherAccount<User>(
  { client }: WebRuntime<User>,
  { code }: IdentityError,
  start: SignInStart,
): SignInStart {
  if (code !== 'access_denied' || !client.traits.accountPicker) return start
  return { ...start, parameters: { ...start.parameters, prompt: 'select_account' } }
}
