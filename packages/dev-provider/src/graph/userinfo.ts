import type { UserConfig } from '../config/config.js'
import { deviates, OTHER_ID } from '../controls/deviations.js'
import type { ProviderContext } from '../state/context.js'
import { GRAPH_URI } from '../profiles/graph-permissions.js'
import { verifyBearer } from '../tokens/bearer.js'
import { accessDenied, GraphError, toGraphErrorResponse, unauthorized } from './errors.js'
import { createIds, withIds } from './ids.js'
import { toJson, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'

/**
 * Handles `/oidc/userinfo`, for tokens of Graph and of the plain OpenID provider. The userinfo
 * endpoint of Graph has the same path.
 */
export async function userinfo(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  const ids = createIds(request)
  try {
    return withIds(toJson(await userClaims(context, request)), ids)
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return withIds(toGraphErrorResponse(context, ids, error), ids)
  }
}

async function userClaims(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<Record<string, unknown>> {
  const issuer = `${context.origin}/oidc`
  const apis = context.config.apps.map((app) => app.clientId)
  const result = await verifyBearer(context, request, [GRAPH_URI, issuer, ...apis])
  if (result.kind !== 'valid') throw unauthorized(result)
  const { claims } = result
  const isPlain = claims.iss === issuer
  // A token for an API of an Entra ID tenant does not work at Graph.
  if (!isPlain && claims.aud !== GRAPH_URI) {
    throw unauthorized({ kind: 'invalid', reason: 'audience' })
  }
  const scopes = splitClaim(claims[isPlain ? 'scope' : 'scp'])
  const user = context.store.users.all().find((entry) => isSubject(context, entry, claims))
  if (user === undefined || !scopes.includes('openid')) {
    throw accessDenied(
      'The token does not contain the scope openid, or its user does not exist. Request the scope openid.',
    )
  }
  return {
    sub: deviates(context, 'user-info-other-user') ? OTHER_ID : claims.sub,
    ...(scopes.includes('profile') && {
      name: user.name,
      given_name: user.givenName,
      family_name: user.surname,
    }),
    ...(scopes.includes('email') && user.email !== undefined && { email: user.email }),
  }
}

function isSubject(
  context: ProviderContext,
  user: UserConfig,
  claims: Record<string, unknown>,
): boolean {
  const clientId = claims['azp'] ?? claims['client_id']
  const tenant = typeof claims['tid'] === 'string' ? claims['tid'] : 'oidc'
  const profile = context.resolveProfile(tenant)
  const tenantAccount = profile?.tenantAccountOf(user)
  return (
    tenantAccount !== undefined &&
    typeof clientId === 'string' &&
    profile?.subjectOf(tenantAccount, clientId) === claims['sub']
  )
}

/** Splits a claim such as `scp`. */
function splitClaim(claim: unknown): string[] {
  return typeof claim === 'string' ? claim.split(' ') : []
}
