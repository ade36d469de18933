// `getTokenForUser()` and `readUserInfo()` outside a guard.
import { toCarried } from '../../carried-errors.ts'
import { type ResourceScopes, loadRequests } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'
import { recordStepUp } from '../sign-in/step-up.ts'
import { authenticate, type AuthenticationNeeds } from './authenticate.ts'
import { withLoginUrl } from './challenge.ts'
import type { UserInfo } from './context.ts'
import { clientOf } from '../runtime/provider.ts'
import type { GuardServices } from './services.ts'

/**
 * Returns an access token of the signed-in user.
 *
 * @throws IdentityError `login_required` without a session; `interaction_required` if the user must consent or sign in
 *   again. A guard turns `interaction_required` into a step-up. `refresh_required` if a stream cannot store a refresh.
 *   These errors contain `loginUrl`. `access_denied` if `csrf` is set and another site sent the request, or if
 *   `onRefresh` rejects the user.
 */
export async function requireUserToken(
  services: GuardServices,
  http: HttpContext,
  needs: AuthenticationNeeds & { readonly requested: ResourceScopes },
): Promise<{ readonly current: RequestSession; readonly token: AccessToken }> {
  const result = await authenticate(services, http, needs)
  if (result?.rejected !== undefined) throw result.rejected
  if (result?.token !== undefined) return { current: result.current, token: result.token }
  const error =
    result?.interactionRequired ?? new IdentityError('login_required', 'No user is signed in.')
  const { requested } = needs
  const requirement = { requested, challenge: 'unauthorized' } as const
  const withUrl = await withLoginUrl(services, http, { requirement, result, error })
  throw recordStepUp(toCarried(withUrl, result?.current.session.id), requested)
}

// Every access token of the provider's default API is sufficient. At Entra ID, that is Microsoft Graph.
const ANY_TOKEN: ResourceScopes = { resource: '', names: [], scopes: [] }

/**
 * Reads the current claims of the signed-in user from the UserInfo endpoint.
 *
 * @throws IdentityError The errors of `requireUserToken` and `fetchUserInfo`.
 */
export async function readUserInfo(services: GuardServices, http: HttpContext): Promise<UserInfo> {
  const { current, token } = await requireUserToken(services, http, { requested: ANY_TOKEN })
  const { client } = clientOf(services.provider, current.session)
  const { fetchUserInfo } = await loadRequests()
  return fetchUserInfo(client, { accessToken: token.token, sub: current.session.claims.sub })
}
