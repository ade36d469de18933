import { randomUUID } from 'node:crypto'
import type { AccessTokenRequest } from '../controls/access-token-request.js'
import type { AppConfig, UserConfig } from '../config/config.js'
import { findApp } from '../profiles/find-app.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { accountElsewhere } from '../profiles/tenants.js'
import { parseRequestedClaims } from '../protocol/requested-claims.js'
import type { ProviderContext } from '../state/context.js'
import { requireUser } from '../state/users.js'
import { createAccessToken, createUserAccessToken } from './access-token.js'
import { rolesAt } from './app-roles.js'
import {
  findRequestedApi,
  findRequestedProfile,
  parseRequestedScopes,
} from './requested-token-target.js'
import { withRemedy } from './with-remedy.js'

/**
 * Creates an access token without a sign-in, in the same way as the token endpoint, but without
 * pages and consent.
 *
 * @throws TypeError when the user, the app, the API, the scope or the issuer does not exist.
 */
export function createRequestedToken(
  context: ProviderContext,
  request: AccessTokenRequest,
): Promise<string> {
  return withRemedy(() => createToken(context, request))
}

function createToken(context: ProviderContext, request: AccessTokenRequest): Promise<string> {
  const user = request.as === undefined ? undefined : requireUser(context.store.users, request.as)
  const profile = findRequestedProfile(context, request, user)
  const app = findApp(context.config, profile, request.app ?? context.config.apps[0]?.clientId)
  const withRoles = { ...request, claims: { ...rolesClaim(request.roles), ...request.claims } }
  return user === undefined
    ? createAppOnlyToken(context, withRoles, profile, app)
    : createUserToken(context, withRoles, profile, { app, user })
}

function createUserToken(
  context: ProviderContext,
  request: AccessTokenRequest,
  profile: IssuerProfile,
  { app, user }: { readonly app: AppConfig; readonly user: UserConfig },
): Promise<string> {
  const tenantAccount = profile.tenantAccountOf(user)
  if (tenantAccount === undefined) {
    throw new TypeError(accountElsewhere(user.username, profile.title))
  }
  const { target, identity } = parseRequestedScopes(context, request, profile, app)
  const claims = parseRequestedClaims(request.claimsRequest)
  return createUserAccessToken(context, {
    profile,
    grant: { identity, target, names: target.names },
    authorization: {
      app,
      user,
      scope: { identity, targets: [target] },
      sid: randomUUID(),
      authTime: context.nowSeconds(),
      wantsAuthTime: false,
      claims,
      isPublic: false,
      family: randomUUID(),
      sequence: context.store.nextSequence(),
      refreshRealm: profile.refreshRealm,
    },
    tenantAccount,
    requested: [claims],
    authMethod: authMethodOf(app),
    changes: request,
  })
}

function createAppOnlyToken(
  context: ProviderContext,
  request: AccessTokenRequest,
  profile: IssuerProfile,
  app: AppConfig,
): Promise<string> {
  const tenantId = profile.appTenantId
  if (tenantId === undefined) {
    throw new TypeError(
      `'${profile.key}' does not issue app-only tokens. Set the option "authority" to a tenant. For the token of a user, set the option "as".`,
    )
  }
  const hasScopes = profile.kind === 'oidc' || profile.kind === 'adfs'
  if (request.scopes !== undefined && !hasScopes) {
    throw new TypeError(
      'An app-only token has roles instead of scopes. Set the option "roles". For the token of a user, set the option "as".',
    )
  }
  const api = findRequestedApi(context.config, profile, request)
  const { target } = hasScopes
    ? parseRequestedScopes(context, { ...request, scopes: request.scopes ?? [] }, profile, app)
    : { target: { resource: api, names: [], isDefault: true } }
  return createAccessToken(context, {
    profile,
    grant: { identity: [], target, names: target.names },
    subject: {
      tenantAccount: undefined,
      app,
      tenantId,
      roles: rolesAt(context.config, api, app),
      authMethod: authMethodOf(app),
    },
    requested: [{ ...parseRequestedClaims(request.claimsRequest), acrs: [] }],
    changes: request,
  })
}

/** Returns the claim that replaces the roles. An empty list removes it. */
function rolesClaim(roles: readonly string[] | undefined): Record<string, unknown> {
  if (roles === undefined) return {}
  return { roles: roles.length > 0 ? roles : undefined }
}

function authMethodOf({ clientSecret }: AppConfig): 'none' | 'secret' {
  return clientSecret === undefined ? 'none' : 'secret'
}
