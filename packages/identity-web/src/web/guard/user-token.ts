import type { ResourceScopes } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'
import { recordStepUp } from '../sign-in/step-up.ts'
import { authenticate, type AuthenticationServices } from './authenticate.ts'
import { withLoginUrl, type ChallengeServices } from './challenge.ts'
import { needsOriginCheck } from './detached.ts'

/** The services that a token of the user needs. */
export interface UserTokenServices extends AuthenticationServices, ChallengeServices {}

/**
 * Returns an access token of the signed-in user.
 *
 * @throws IdentityError `login_required` without a session; `interaction_required` if the user must consent or sign in
 *   again. A guard turns the latter into a step-up. `refresh_required` if a stream cannot store a refresh. They contain
 *   `loginUrl`. `access_denied` for an upgrade from another site.
 */
export async function requireUserToken(
  services: UserTokenServices,
  http: HttpContext,
  requested: ResourceScopes,
): Promise<{ readonly current: RequestSession; readonly token: AccessToken }> {
  const result = await authenticate(services, http, { requested, csrf: needsOriginCheck(http) })
  if (result?.rejected !== undefined) throw result.rejected
  if (result?.token !== undefined) return { current: result.current, token: result.token }
  const error =
    result?.interactionRequired ?? new IdentityError('login_required', 'No user is signed in.')
  const requirement = { requested, challenge: 'unauthorized' } as const
  throw recordStepUp(await withLoginUrl(services, http, { requirement, result, error }), requested)
}
