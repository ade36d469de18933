import { assertAuthenticated } from '../client-authentication.js'
import type { ProviderContext } from '../../state/context.js'
import { param } from '../../protocol/http.js'
import { missingParameter, invalidGrant } from '../../protocol/oauth-error.js'
import { withNamedResource } from '../../profiles/named-resource.js'
import type { RefreshRecord } from '../../state/records.js'
import type { TokenRequest } from './token-request.js'
import { completeUserGrant, issuedToAnotherApp, revoked } from './user-grant.js'

/**
 * Redeems a refresh token, for any resource and any tenant of the user (refresh-tokens).
 *
 * The old refresh token stays valid, as at Entra ID, unless `reuseDetection` is on.
 */
export async function refreshGrant(
  context: ProviderContext,
  request: TokenRequest,
): Promise<Record<string, unknown>> {
  const { form, client, profile } = request
  const token = param(form, 'refresh_token')
  if (token === undefined) throw missingParameter('refresh_token')
  const record = context.store.refreshTokens.get(token)
  assertAuthenticated(client, record?.authorization.isPublic)
  if (record === undefined) {
    throw invalidGrant(
      9002313,
      'Invalid request. Request is malformed or invalid: the refresh token does not exist.',
      'Send the refresh_token of a token response without changes. The provider forgets refresh tokens when it restarts, so sign in again.',
      'bad_token',
    )
  }
  if (record.authorization.app !== client.app) throw issuedToAnotherApp('refresh token')
  const { authorization } = record
  if (authorization.refreshRealm !== profile.refreshRealm) {
    throw invalidGrant(
      700005,
      'Provided grant is intended to use against other tenant, thus rejected.',
      'Send the refresh token to the token endpoint of the authority that issued it.',
      'bad_token',
    )
  }
  assertAlive(context, record)
  const scopeParam = param(form, 'scope')
  const scope =
    scopeParam === undefined ? authorization.scope : profile.parseScopes(scopeParam, client.app)
  return completeUserGrant(context, request, {
    authorization,
    // With scopes of several resources, the token is for the first resource.
    target: withNamedResource(
      profile,
      form,
      scope.targets[0] ?? profile.defaultTarget,
      authorization.scope.targets[0],
    ),
    // The response always contains a new refresh token, regardless of the requested scopes.
    identity: [...new Set([...scope.identity, 'offline_access'])],
  })
}

function assertAlive(context: ProviderContext, record: RefreshRecord): void {
  const { family, sequence, user } = record.authorization
  const { revokedFamilies, revokedUpTo } = context.store
  if (sequence <= (revokedUpTo.get(user.username) ?? 0)) throw revoked()
  if (record.isExpired === true) {
    throw invalidGrant(
      700082,
      'The refresh token has expired due to inactivity.',
      undefined,
      'bad_token',
    )
  }
  const isReused = context.behaviour.reuseDetection && record.used
  // After a second use, one of the users may be an attacker, so the whole family is revoked (RFC
  // 9700, section 4.14.2).
  if (isReused) revokedFamilies.add(family)
  if (revokedFamilies.has(family)) {
    throw invalidGrant(
      700082,
      'The refresh token has been revoked because it was used more than once.',
      'Use each refresh token once, and store the refresh token of each response. The switch reuseDetection rejects a refresh token that was used before.',
      'bad_token',
    )
  }
  record.used = true
}
