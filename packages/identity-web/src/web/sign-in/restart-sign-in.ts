// Restarts a failed sign-in, but only once.
import { mergeClaims } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import { failureOf } from '../../event-emitter.ts'
import { loginUrlJson } from '../http/login-urls.ts'
import { withCookies } from '../http/responses.ts'
import type { RouteRequest } from '../http/routes.ts'
import type { SignInParameters } from '../../options/sign-in-parameters.ts'
import { purposeOf, type Transaction } from '../runtime/transaction.ts'
import { NEEDS_USER } from './silent-sign-in.ts'
import { startSignIn } from './start-sign-in.ts'
import type { HttpServices } from '../http/services.ts'

/** A sign-in that failed. */
export interface FailedSignIn {
  readonly transaction: Transaction
  /** The provider's error. Not set if the browser did not send the flow's cookie. */
  readonly error?: IdentityError
  /** `true` if the user took too long. Such a sign-in can be restarted any number of times, because it cannot loop. */
  readonly isExpired?: boolean
  /** The `Set-Cookie` values that end the flow. */
  readonly cookies: readonly string[]
}

/** Restarts a sign-in, but only once. If the restarted sign-in fails too, it returns an error page with a hint. */
export async function restartSignIn(
  services: HttpServices,
  request: RouteRequest,
  { transaction, error, isExpired = false, cookies }: FailedSignIn,
): Promise<Response> {
  const { site, events, pages } = services
  const { returnTo, attempt } = transaction
  if (attempt > 0 && !isExpired) {
    const repeated = new IdentityError(
      'invalid_request',
      'The browser did not send the cookie of this sign-in, even after a second attempt.',
      { hint: `Open the application at ${site.origin}, and allow cookies for it.` },
    )
    return pages.errors.toResponse(request, repeated, { returnTo, cookies })
  }
  if (error !== undefined) events.emit('sign_in.restarted', { level: 'info', ...failureOf(error) })
  const purpose = purposeOf(transaction)
  const start = { ...purpose, parameters: parametersAfter(error, purpose.parameters) }
  try {
    // An attacker's page could otherwise start sign-ins until those of the user's tabs have no room.
    if (!request.isNavigation()) return withCookies(await loginUrlJson(services, start), cookies)
    const { cookieHeader, method } = request
    const origin = { cookieHeader, method, attempt: isExpired ? attempt : attempt + 1 }
    return withCookies(await startSignIn(services, start, origin), cookies)
  } catch (failure) {
    if (!IdentityError.is(failure)) throw failure
    return pages.errors.toResponse(request, failure, { returnTo, cookies })
  }
}

/** Returns the parameters of the sign-in with the changes that the error requires. */
function parametersAfter(
  { oauthError, claimsRequest }: Partial<IdentityError> = {},
  parameters: SignInParameters,
): SignInParameters {
  return {
    ...parameters,
    // A silent sign-in failed. The explicit `undefined` overrides the `prompt` of the options, too.
    ...(parameters.prompt === 'none' && { prompt: undefined }),
    ...(oauthError === 'consent_required' && { prompt: 'consent' as const }),
    ...(oauthError === 'account_selection_required' && { prompt: 'select_account' as const }),
    ...(claimsRequest !== undefined && {
      claimsRequest: mergeClaims(parameters.claimsRequest, claimsRequest),
    }),
  }
}

/** Returns whether to restart a sign-in that failed with this error. */
export function canRestart(
  { code, oauthError }: IdentityError,
  { attempt, keptAcrs = [] }: Transaction,
): boolean {
  if (attempt > 0) return false
  if (code === 'insufficient_scope' && keptAcrs.length > 0) return true
  if (oauthError === undefined) return false
  // `invalid_grant`: the code was used before, by a double click, or it has expired.
  return oauthError === 'invalid_grant' || NEEDS_USER.includes(oauthError)
}
