import { randomUUID } from 'node:crypto'
import type { AccessTokenRequest } from '../controls/access-token-request.js'
import type { AppConfig, UserConfig } from '../config/config.js'
import { findApp } from '../profiles/find-app.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { notInTenant } from '../profiles/tenants.js'
import { parseRequestedClaims } from '../protocol/requested-claims.js'
import type { ProviderContext } from '../state/context.js'
import { requireUser } from '../state/users.js'
import { makeAccessToken, makeUserAccessToken } from './access-token.js'
import { rolesAt } from './app-roles.js'
import { findMintApi, findMintProfile, parseMintScopes } from './mint-target.js'

/**
 * Creates an access token without a sign-in, in the same way as the token endpoint, but without
 * pages and consent.
 *
 * @throws TypeError when the user, the API or the issuer does not exist.
 * @throws OAuthError when the app does not exist or the API does not offer a scope.
 */
export function mintAccessToken(
  context: ProviderContext,
  request: AccessTokenRequest,
): Promise<string> {
  const user = request.as === undefined ? undefined : requireUser(context.store.users, request.as)
  const profile = findMintProfile(context, request, user)
  const app = findApp(context.config, profile, request.app ?? context.config.apps[0]?.clientId)
  const withRoles = { ...request, claims: { ...rolesClaim(request.roles), ...request.claims } }
  return user === undefined
    ? mintForApp(context, withRoles, profile, app)
    : mintForUser(context, withRoles, profile, { app, user })
}

function mintForUser(
  context: ProviderContext,
  request: AccessTokenRequest,
  profile: IssuerProfile,
  { app, user }: { readonly app: AppConfig; readonly user: UserConfig },
): Promise<string> {
  const seat = profile.seat(user)
  if (seat === undefined) throw new TypeError(notInTenant(user.username, profile.title))
  const { target, identity } = parseMintScopes(context, request, profile, app)
  const claims = parseRequestedClaims(request.claimsRequest)
  return makeUserAccessToken(context, {
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
      order: context.store.nextOrder(),
      refreshRealm: profile.refreshRealm,
    },
    seat,
    asked: [claims],
    proof: proofOf(app),
    changes: request,
  })
}

function mintForApp(
  context: ProviderContext,
  request: AccessTokenRequest,
  profile: IssuerProfile,
  app: AppConfig,
): Promise<string> {
  const tenantId = profile.appTenantId
  if (tenantId === undefined) {
    throw new TypeError(`An app's own token is of one tenant, not of '${profile.key}'.`)
  }
  const hasScopes = profile.kind === 'oidc' || profile.kind === 'adfs'
  if (request.scopes !== undefined && !hasScopes) {
    throw new TypeError("An app's own token has roles in place of scopes; a user's needs `as`.")
  }
  const api = findMintApi(context.config, profile, request)
  const { target } = hasScopes
    ? parseMintScopes(context, { ...request, scopes: request.scopes ?? [] }, profile, app)
    : { target: { resource: api, names: [], isDefault: true } }
  return makeAccessToken(context, {
    profile,
    grant: { identity: [], target, names: target.names },
    subject: {
      seat: undefined,
      app,
      tenantId,
      roles: rolesAt(context.config, api, app),
      proof: proofOf(app),
    },
    asked: [{ ...parseRequestedClaims(request.claimsRequest), acrs: [] }],
    changes: request,
  })
}

/** Returns the claim that replaces the roles. An empty list removes it. */
function rolesClaim(roles: readonly string[] | undefined): Record<string, unknown> {
  if (roles === undefined) return {}
  return { roles: roles.length > 0 ? roles : undefined }
}

function proofOf({ clientSecret }: AppConfig): 'none' | 'secret' {
  return clientSecret === undefined ? 'none' : 'secret'
}
