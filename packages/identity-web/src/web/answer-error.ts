import type { IdentityError } from '../errors.ts'
import { json, page, withCookies } from './answers.ts'
import { errorPage, toErrorPage } from './pages/index.ts'
import type { WebRuntime } from './runtime.ts'
import { loginUrl, type SignInStart } from './sign-in.ts'

/** How to answer an error. */
export interface ErrorAnswer extends SignInStart {
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
  const { options, origin, production } = runtime
  const { code, message, hint, errorCodes, correlationId, retryAfter } = error
  const level = code === 'access_denied' || code === 'invalid_request' ? 'info' : 'warn'
  options.logger[level]?.(message, { code, hint, error: error.error, errorCodes, correlationId })

  const headers: Record<string, string> =
    error.status === 503 ? { 'retry-after': String(retryAfter ?? 5) } : {}
  const tryAgainUrl = await loginUrl(runtime, start)
  if (!navigation) {
    const body = { error: code, ...(correlationId !== undefined && { correlationId }) }
    return withCookies(json(error.status, body, headers), cookies)
  }
  const shown = toErrorPage(error, tryAgainUrl, `${origin}/`, new Date(runtime.now() * 1000))
  const developer = production ? [] : [message, ...(hint === undefined ? [] : [hint])]
  const html = (await options.pages?.error?.(shown)) ?? errorPage(shown, developer)
  return withCookies(page(error.status, html, headers), cookies)
}
