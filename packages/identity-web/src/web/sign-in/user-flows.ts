// Links on pages of B2C, such as reset of a password.
import { isSameSubject } from '../../authority/index.ts'
import type { SignIn } from '../../client/index.ts'
import type { IdentityError } from '../../errors.ts'
import { toClaims, type Claims } from '../../session/index.ts'
import { redirect } from '../http/responses.ts'
import type { RouteRequest } from '../http/routes.ts'
import { purposeOf, type Transaction } from '../runtime/transaction.ts'
import { callOnLogin, toHttpRequest } from '../users/call-on-login.ts'
import { changeUser } from '../users/change-user.ts'
import { toLoginTokens } from './session-changes.ts'
import { startSignIn } from './start-sign-in.ts'
import { SIGN_IN_CLAIMS } from './user-info.ts'
import type { HttpServices } from '../http/services.ts'
import type { UserServices } from '../users/services.ts'

// The links on the pages of Azure AD B2C return these codes. Here the code must decide, because `error` is
// `access_denied` for all of them. Microsoft.Identity.Web does the same.
const FORGOT_PASSWORD = 'AADB2C90118'
const CANCELLED = 'AADB2C90091'

/** An authorization response with an error, and the transaction that it belongs to. */
export interface FailedResponse {
  readonly error: IdentityError
  readonly transaction: Transaction
}

/**
 * Follows the links on the pages of Azure AD B2C. "Forgot your password?" leads to the user flow that resets the
 * password, and then to the requested page. "Cancel" leads to the home page, or back to the page that started the
 * editing of a profile.
 *
 * @returns `undefined` for every other error.
 */
export async function followUserFlowLink(
  services: HttpServices,
  { cookieHeader, method }: RouteRequest,
  { error, transaction }: FailedResponse,
): Promise<Response | undefined> {
  const { attempt, userFlow, returnTo } = transaction
  const hasCode = (code: string): boolean => error.microsoftCodes?.includes(code) === true
  const canReset = userFlow === undefined && services.provider.byUserFlow.has('reset_password')
  if (hasCode(FORGOT_PASSWORD) && canReset) {
    const start = { ...purposeOf(transaction), userFlow: 'reset_password' as const }
    return startSignIn(services, start, { cookieHeader, method, attempt })
  }
  if (!hasCode(CANCELLED)) return undefined
  return redirect(userFlow === 'edit_profile' ? returnTo : services.site.location.homePath, method)
}

// All other claims are part of the profile.
const NOT_PROFILE = new Set([...SIGN_IN_CLAIMS, 'ver', 'tfp'])

/**
 * Copies an edited profile into the session of its user. The user's identity and tokens stay as they are.
 *
 * @returns The `Set-Cookie` values. Empty if the profile belongs to another user or the session has ended.
 */
export async function updateProfile<User>(
  services: UserServices<User>,
  signIn: SignIn,
  request: RouteRequest,
): Promise<string[]> {
  const { sessions } = services
  const { cookieHeader } = request
  const session = await sessions.read(cookieHeader)
  // User flows of a tenant may have different issuers. Both were verified, and the subject is the same in the tenant.
  if (session === undefined || !isSameSubject(session.claims, signIn.claims)) return []
  const profile = Object.entries(toClaims(signIn.claims)).filter(([name]) => !NOT_PROFILE.has(name))
  const claims: Claims = { ...session.claims, ...Object.fromEntries(profile) }
  const tokens = toLoginTokens(signIn)
  const user = await callOnLogin(services, claims, { tokens, request: toHttpRequest(request) })
  const edited = { ...session, claims }
  if (user === undefined) return sessions.update(cookieHeader, edited)
  const changed = await changeUser(services, edited, user)
  try {
    return await sessions.update(cookieHeader, changed.session)
  } catch (error) {
    changed.undo()
    throw error
  }
}
