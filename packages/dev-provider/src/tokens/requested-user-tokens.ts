import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import type { AppConfig, UserConfig } from '../config/config.js'
import type { UserTokens, UserTokensRequest } from '../controls/user-tokens-request.js'
import { findApp } from '../profiles/find-app.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import type { ScopeRequest } from '../profiles/scope-request.js'
import { accountElsewhere } from '../profiles/tenants.js'
import { parseRequestedClaims } from '../protocol/requested-claims.js'
import { grantedOf, recordConsent } from '../state/consents.js'
import type { ProviderContext } from '../state/context.js'
import { signInAccount } from '../state/sessions.js'
import { requireUser } from '../state/users.js'
import { subjectOf } from './access-token.js'
import { idTokenClaims, issueUserTokens, type TokenResponseContents } from './issue-tokens.js'
import { findRequestedProfile } from './requested-token-target.js'
import { withRemedy } from './with-remedy.js'

/**
 * Signs a user in without a browser, and issues the tokens that the token endpoint would send. The
 * refresh token works.
 *
 * @throws TypeError when the user, the app, a scope or the issuer does not exist.
 */
export function createRequestedUserTokens(
  context: ProviderContext,
  request: UserTokensRequest,
): Promise<UserTokens> {
  return withRemedy(async () => {
    const response = await issueUserTokens(context, contentsOf(context, request))
    return { claims: decodeJwt(String(response['id_token'])), response }
  })
}

/** Returns the claims of an ID token that the provider does not sign, for a test without tokens. */
export function requestedIdTokenClaims(
  context: ProviderContext,
  request: UserTokensRequest,
): Record<string, unknown> {
  const contents = contentsOf(context, request)
  return idTokenClaims(context, contents, subjectOf(contents))
}

function contentsOf(context: ProviderContext, request: UserTokensRequest): TokenResponseContents {
  const { profile, user } = findUser(context, request)
  const tenantAccount = profile.tenantAccountOf(user)
  if (tenantAccount === undefined) {
    throw new TypeError(accountElsewhere(user.username, profile.title))
  }
  const app = findApp(context.config, profile, request.app ?? context.config.apps[0]?.clientId)
  const scope = parseScopes(profile, request.scopes ?? [], app)
  const granted = scope.targets.map((target) => ({ target, names: target.names }))
  recordConsent(context, tenantAccount, app, granted)
  const { account } = signInAccount(context, undefined, user, profile)
  account.apps.add(app.clientId)
  const [target = profile.defaultTarget] = scope.targets
  const names = grantedOf(context, tenantAccount, app, target)
  const signedIn = withMemberships(user, request)
  return {
    profile,
    grant: { identity: scope.identity, target, names },
    authorization: {
      app,
      user: signedIn,
      scope,
      sid: account.sid,
      authTime: account.authTime,
      wantsAuthTime: false,
      claims: parseRequestedClaims(undefined),
      isPublic: false,
      family: randomUUID(),
      sequence: context.store.nextSequence(),
      refreshRealm: profile.refreshRealm,
      ...(request.claims !== undefined && { idTokenClaims: request.claims }),
    },
    tenantAccount: { ...tenantAccount, user: signedIn },
    nonce: undefined,
    clientInfo: false,
    requested: [],
    authMethod: app.clientSecret === undefined ? 'none' : 'secret',
  }
}

function findUser(
  context: ProviderContext,
  { as, authority }: UserTokensRequest,
): { readonly profile: IssuerProfile; readonly user: UserConfig } {
  const { users } = context.store
  const named = as === undefined ? undefined : requireUser(users, as)
  const profile = findRequestedProfile(context, authority === undefined ? {} : { authority }, named)
  const user =
    named ?? users.all().find((candidate) => profile.tenantAccountOf(candidate) !== undefined)
  if (user !== undefined) return { profile, user }
  throw new TypeError(`'${profile.title}' does not have users. Add a user to users.`)
}

/** Adds the OpenID scopes that a sign-in requests. */
function parseScopes(
  profile: IssuerProfile,
  scopes: readonly string[],
  app: AppConfig,
): ScopeRequest {
  const isB2c = profile.kind === 'b2c'
  // Azure AD B2C does not know the scope `email`, and requires the scope of an API or the client ID.
  const openId = isB2c
    ? ['openid', 'profile', 'offline_access']
    : ['openid', 'profile', 'email', 'offline_access']
  const own = isB2c && scopes.length === 0 ? [app.clientId] : []
  return profile.parseScopes([...openId, ...scopes, ...own].join(' '), app)
}

/** Returns the user with the roles and groups of the request, which later refreshes keep. */
function withMemberships(user: UserConfig, { roles, groups }: UserTokensRequest): UserConfig {
  return {
    ...user,
    ...(roles !== undefined && { roles }),
    ...(groups !== undefined && { groups }),
  }
}
