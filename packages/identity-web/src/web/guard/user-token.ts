import type { ResourceScopes } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'
import { recordStepUp } from '../sign-in/step-up.ts'
import { authenticate, type AuthenticationServices } from './authenticate.ts'

/**
 * Returns an access token of the signed-in user.
 *
 * @throws IdentityError `login_required` without a session; `interaction_required` if the user must consent or sign in
 *   again. A guard turns the latter into a step-up.
 */
export async function requireUserToken(
  services: AuthenticationServices,
  http: HttpContext,
  requested: ResourceScopes,
): Promise<{ readonly current: RequestSession; readonly token: AccessToken }> {
  const result = await authenticate(services, http, { requested })
  if (result?.token !== undefined) return { current: result.current, token: result.token }
  const { interactionRequired: error } = result ?? {}
  if (error?.code === 'interaction_required') throw recordStepUp(error, requested)
  throw error ?? new IdentityError('login_required', 'No user is signed in.')
}
