// Ways to a token behind the platform.
import {
  createUserAssertions,
  includesAll,
  type OAuthClient,
  type ResourceScopes,
  type TokenSession,
  type UserTokens,
} from '../client/index.ts'
import { configurationError, IdentityError } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'

/**
 * Adds the ways to get a token behind the platform. The token that the platform passes on is used, and the platform
 * refreshes it. For other scopes, identity-web uses the platform's refresh token, or exchanges the access token on
 * behalf of the user. Both need the application's credential.
 */
export function createPlatformUserTokens(client: OAuthClient, own: UserTokens): UserTokens {
  const isConfidential = client.authentication !== undefined
  const assertions =
    isConfidential && client.traits.onBehalfOf ? createUserAssertions(client) : undefined

  return {
    ...own,

    async getAccessToken(session, requested, challenge) {
      try {
        return await own.getAccessToken(session, requested, challenge)
      } catch (error) {
        const isWithoutToken = IdentityError.is(error) && error.code === 'interaction_required'
        const { tokens } = own.latestState(session)
        // With a refresh token, the provider has decided.
        const isDecided = isConfidential && tokens.refreshToken !== undefined
        // A sign-in brings a new token with the same scopes.
        if (!isWithoutToken || isDecided || isSignInEnough(tokens.access, requested)) throw error
        const now = client.issuing.now()
        // Every other token's audience is another API, so the provider would not exchange it.
        const assertion = tokens.access.findLast(
          ({ resource, expiresAt }) => resource !== '' && now < expiresAt,
        )
        if (assertions === undefined || assertion === undefined) {
          throw missingScopes(requested, { isConfidential, hasToken: tokens.access.length > 0 })
        }
        const token = await assertions.getAccessToken(
          toAssertion(session, assertion),
          requested,
          challenge,
        )
        return { tokens, token }
      }
    },
  }
}

function isSignInEnough(access: readonly AccessToken[], requested: ResourceScopes): boolean {
  return access.some(
    ({ resource, scopes }) =>
      resource === requested.resource && includesAll(scopes, requested.names),
  )
}

function toAssertion(
  { user }: TokenSession,
  { token, expiresAt }: AccessToken,
): Parameters<ReturnType<typeof createUserAssertions>['getAccessToken']>[0] {
  const { sub, oid, tid } = user as { sub: string; oid?: string; tid?: string }
  return { token, expiresAt, tenant: tid, user: { sub, oid } }
}

function missingScopes(
  { scopes }: ResourceScopes,
  { isConfidential, hasToken }: { readonly isConfidential: boolean; readonly hasToken: boolean },
): IdentityError {
  const wanted = scopes.join(' ')
  const problem = hasToken
    ? `The access token that the platform sent does not have the scopes ${wanted}.`
    : `The platform did not send an access token, but ${wanted || 'this call'} requires an access token.`
  const parameter = `scope=openid profile email offline_access ${wanted}`.trim()
  return configurationError(problem, {
    hint: `In the authentication settings of the platform, turn on the token store. Also set a client secret and the login parameter ${parameter} for the identity provider. Users get the new token when they sign in again.${isConfidential ? '' : ' For the scopes of other APIs, also set Auth({ clientCredential }) or IDENTITY_CLIENT_SECRET, so that identity-web can request tokens for these scopes.'}`,
  })
}
