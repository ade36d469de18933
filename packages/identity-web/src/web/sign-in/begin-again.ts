import { mergeClaims } from '../../client/index.ts'
import { IdentityError, isIdentityError } from '../../errors.ts'
import { answerError } from '../http/answer-error.ts'
import { withCookies } from '../http/answers.ts'
import { logError } from '../../settings/logger.ts'
import type { SignInParameters } from '../options/options.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { purposeOf, type Transaction } from '../runtime/transaction.ts'
import { beginSignIn } from './sign-in.ts'

/** A sign-in that came to nothing. */
export interface LostSignIn {
  readonly transaction: Transaction
  /** What the provider said; absent where the browser lost the flow's cookie. */
  readonly error?: IdentityError
  /** The `Set-Cookie` values that end the flow. */
  readonly cookies: readonly string[]
}

/** Begins a sign-in anew, once; then says what may be the matter. */
export async function beginAgain<User>(
  runtime: WebRuntime<User>,
  { method }: Request,
  { transaction, error, cookies }: LostSignIn,
): Promise<Response> {
  const { returnTo, attempt } = transaction
  if (attempt > 0) {
    const fault = new IdentityError(
      'invalid_request',
      'The browser did not bring the cookie of this sign-in back, twice.',
      {
        hint: `Is the application opened at the very origin of redirectUri (${runtime.origin})? Are cookies allowed for it?`,
      },
    )
    return answerError(runtime, fault, { returnTo, cookies })
  }
  if (error !== undefined) logError(runtime.options, error, 'info')
  const purpose = purposeOf(transaction)
  const start = { ...purpose, parameters: nextParameters(purpose.parameters, error) }
  try {
    return withCookies(await beginSignIn(runtime, start, { method, attempt: attempt + 1 }), cookies)
  } catch (fault) {
    if (!isIdentityError(fault)) throw fault
    return answerError(runtime, fault, { returnTo, cookies })
  }
}

/** What a sign-in that asked for less is asked for now. */
function nextParameters(
  parameters: SignInParameters,
  { error, claims }: Partial<IdentityError> = {},
): SignInParameters {
  return {
    ...parameters,
    // Silently it did not work; this overrides the options' own prompt, too.
    ...(parameters.prompt === 'none' && { prompt: undefined }),
    ...(error === 'consent_required' && { prompt: 'consent' as const }),
    ...(error === 'account_selection_required' && { prompt: 'select_account' as const }),
    ...(claims !== undefined && { claims: mergeClaims(parameters.claims, claims) }),
  }
}

const NEEDS_USER = [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]

/** Whether another sign-in may do what this one did not: never a second time in a row. */
export function isWorthAnotherTry({ error }: IdentityError, { attempt }: Transaction): boolean {
  if (attempt > 0 || error === undefined) return false
  // `invalid_grant`: the code was used up by a double click, or lay about for too long.
  return error === 'invalid_grant' || NEEDS_USER.includes(error)
}
