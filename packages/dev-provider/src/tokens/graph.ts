import { verifyBearer } from './bearer.js'
import type { UserConfig } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'
import { GRAPH_URI } from '../profiles/graph-permissions.js'
import { graphDenied, graphUnauthorized } from './graph-errors.js'
import { findUserById, verifyGraphToken, splitClaim } from './graph-token.js'
import { toJson, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'

/** Handles `/v1.0/me`, which most samples call. */
export async function graphMe(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  const result = await verifyGraphToken(context, request)
  if (result.kind === 'rejected') return result.response
  const scopes = splitClaim(result.claims['scp'])
  const user = findUserById(context, result.claims['oid'])
  if (user === undefined || !scopes.some((scope) => /^User\.Read(Write)?(\.All)?$/.test(scope))) {
    return graphDenied(context, request)
  }
  return toJson({
    '@odata.context': `${GRAPH_URI}/v1.0/$metadata#users/$entity`,
    businessPhones: [],
    displayName: user.name,
    givenName: user.givenName,
    jobTitle: user.jobTitle ?? null,
    mail: user.email ?? null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: user.surname,
    userPrincipalName: user.username,
    id: result.claims['oid'],
  })
}

/**
 * Handles `/oidc/userinfo`, for tokens of Graph and of the plain OpenID provider. The userinfo
 * endpoint of Graph has the same path.
 */
export async function userinfo(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  const issuer = `${context.origin}/oidc`
  const apis = context.config.apps.map((app) => app.clientId)
  const result = await verifyBearer(context, request, [GRAPH_URI, issuer, ...apis])
  if (result.kind !== 'valid') return graphUnauthorized(context, request, result)
  const { claims } = result
  const isPlain = claims.iss === issuer
  // A token for an API of an Entra ID tenant does not work at Graph.
  if (!isPlain && claims.aud !== GRAPH_URI) {
    return graphUnauthorized(context, request, { kind: 'invalid', reason: 'audience' })
  }
  const scopes = splitClaim(claims[isPlain ? 'scope' : 'scp'])
  const user = context.store.users.all().find((entry) => isSubject(context, entry, claims))
  if (user === undefined || !scopes.includes('openid')) {
    return graphDenied(context, request)
  }
  return toJson({
    sub: claims.sub,
    ...(scopes.includes('profile') && {
      name: user.name,
      given_name: user.givenName,
      family_name: user.surname,
    }),
    ...(scopes.includes('email') && user.email !== undefined && { email: user.email }),
  })
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
