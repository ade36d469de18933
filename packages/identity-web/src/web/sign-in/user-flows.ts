import { isSameSubject } from '../../authority/index.ts'
import type { SignIn } from '../../client/index.ts'
import type { IdentityError } from '../../errors.ts'
import type { Claims } from '../../session/index.ts'
import { redirect } from '../http/answers.ts'
import { hasUserFlow, type WebRuntime } from '../runtime/runtime.ts'
import { purposeOf, type Transaction } from '../runtime/transaction.ts'
import { loginTokens, toClaims } from './new-session.ts'
import { beginSignIn } from './sign-in.ts'

// What the links of Azure AD B2C's own pages answer. Here alone the number decides, since `error` is
// `access_denied` for all of them; Microsoft.Identity.Web has no other way either.
const FORGOT_PASSWORD = 'AADB2C90118'
const CANCELLED = 'AADB2C90091'

/** An answer that was no sign-in, to the transaction that asked. */
export interface FailedAnswer {
  readonly error: IdentityError
  readonly transaction: Transaction
}

/**
 * Follows the links of the pages of Azure AD B2C: a forgotten password leads to the user flow that resets it, and on
 * to the page that was wanted; "Cancel" leads home, or back to where a profile was to be edited.
 *
 * @returns `undefined` for any other error, which is the caller's.
 */
export async function answerUserFlow<User>(
  runtime: WebRuntime<User>,
  { method }: Request,
  { error, transaction }: FailedAnswer,
): Promise<Response | undefined> {
  const { attempt, userFlow, returnTo } = transaction
  const says = (code: string): boolean => error.errorCodes?.includes(code) === true
  if (says(FORGOT_PASSWORD) && userFlow === undefined && hasUserFlow(runtime, 'reset_password')) {
    const start = { ...purposeOf(transaction), userFlow: 'reset_password' as const }
    return beginSignIn(runtime, start, { method, attempt })
  }
  if (!says(CANCELLED)) return undefined
  return redirect(userFlow === 'edit_profile' ? returnTo : '/', method)
}

// What says who signed in, how and where; the rest is the profile.
const NOT_PROFILE = new Set([
  'iss',
  'sub',
  'aud',
  'exp',
  'iat',
  'nbf',
  'auth_time',
  'ver',
  'tfp',
  'acr',
  'acrs',
  'sid',
  'oid',
  'tid',
  'login_hint',
])

/**
 * Takes an edited profile over into the session that the user left: who they are and their tokens stay.
 *
 * @returns The `Set-Cookie` values; none for somebody else's profile, or where no session is left.
 */
export async function updateProfile<User>(
  runtime: WebRuntime<User>,
  signIn: SignIn,
  cookieHeader: string,
): Promise<string[]> {
  const { sessions, options } = runtime
  const session = await sessions.read(cookieHeader)
  // User flows of a tenant may have issuers of their own; both were verified, and the subject is the tenant's.
  if (session === undefined || !isSameSubject(session.claims, signIn.claims)) return []
  const edited = Object.entries(toClaims(signIn.claims)).filter(([name]) => !NOT_PROFILE.has(name))
  const claims: Claims = { ...session.claims, ...Object.fromEntries(edited) }
  const user = await options.onLogin?.(claims, loginTokens(signIn))
  return sessions.update(cookieHeader, {
    ...session,
    claims,
    ...(user !== undefined && user !== null && { user }),
  })
}
