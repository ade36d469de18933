import { loadRequests, type ResourceScopes } from '../../client/index.ts'
import type { HttpContext } from '../../http-context.ts'
import type { UserInfo } from './context.ts'
import { requireUserToken, type UserTokenServices } from './user-token.ts'

// Every access token of the provider's default API is sufficient. At Entra ID, that is Microsoft Graph.
const ANY_TOKEN: ResourceScopes = { resource: '', names: [], scopes: [] }

/**
 * Reads the current claims of the signed-in user from the UserInfo endpoint.
 *
 * @throws IdentityError The errors of `requireUserToken` and `fetchUserInfo`.
 */
export async function readUserInfo(
  services: UserTokenServices,
  http: HttpContext,
): Promise<UserInfo> {
  const { current, token } = await requireUserToken(services, http, { requested: ANY_TOKEN })
  const { claims, userFlow } = current.session
  const { client } = services.clients.byUserFlow.get(userFlow) ?? services.clients.main
  const { fetchUserInfo } = await loadRequests()
  return fetchUserInfo(client, { accessToken: token.token, sub: claims.sub })
}
