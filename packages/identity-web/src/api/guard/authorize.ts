// Decides whether a caller meets the requirement: scopes, roles, groups, claims.
import { own } from '../../own.ts'
import { IdentityError, type ErrorReason } from '../../errors.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { hasGroupsOverage } from '../../client/group-lookup.ts'
import { hasGroups, hasNames, listed, type NamesRule } from '../../options/requirements.ts'
import { Allowed } from '../../verdict.ts'
import { toStringList } from '../token/caller.ts'
import type { AppContext, AuthorizationContext, UserContext } from './context.ts'
import type { Requirement } from './requirement.ts'

/**
 * Decides whether a caller meets a requirement.
 *
 * @returns A decision that allows the request, or the error for the caller.
 */
export function checkAuthorization(
  requirement: Requirement,
  context: AuthorizationContext,
): MaybePromise<Allowed<AuthorizationContext> | IdentityError> {
  const { issuer, groupsOf } = requirement
  if (issuer !== undefined && context.issuer !== issuer) {
    return denied('issuer', `Only tokens of the issuer ${issuer} may call this route.`)
  }
  if (context.user === undefined) {
    return checkApp(requirement, context) ?? checkClaims(requirement, context)
  }
  const error = checkUser(requirement, context)
  const groups = requirement.user?.groups
  if (error !== undefined || groups === undefined) {
    return error ?? checkClaims(requirement, context)
  }
  return andThen(
    checkGroups(groups, context, groupsOf),
    (missing) => missing ?? checkClaims(requirement, context),
  )
}

function checkClaims(
  { claims: rule }: Requirement,
  context: AuthorizationContext,
): MaybePromise<Allowed<AuthorizationContext> | IdentityError> {
  if (rule === undefined) return new Allowed(context)
  return andThen(rule(context.claims), (isAllowed) =>
    isAllowed === true
      ? new Allowed(context)
      : denied('claim', "The claims of the access token do not meet the route's requirement."),
  )
}

function checkApp(
  { appPermissions, user }: Requirement,
  context: AppContext,
): IdentityError | undefined {
  if (appPermissions !== undefined) {
    return hasNames(appPermissions, context.appPermissions)
      ? undefined
      : insufficient(`The application needs the app permission ${listed(appPermissions)}.`)
  }
  const message = 'Only users may call this route, and the token belongs to an application.'
  const { roles } = user ?? {}
  if (roles === undefined) return insufficient(message)
  const isAppPermission =
    hasNames({ ...roles, needsAll: false }, context.appPermissions) ||
    hasNames({ ...roles, needsAll: false }, context.roles)
  return new IdentityError('insufficient_scope', message, {
    hint: isAppPermission
      ? `The application has ${listed(roles)} as an app permission. The option roles is only for users, so use appPermissions for applications: authorizationRequired({ appPermissions: ['${roles.names[0]}'] }).`
      : undefined,
  })
}

function checkUser(
  { owner, user: required }: Requirement,
  context: UserContext,
): IdentityError | undefined {
  if (required === undefined) {
    return insufficient('Only applications may call this route, and the token belongs to a user.')
  }
  const { scopes, roles, acrs } = required
  if (scopes === undefined && context.scopes.length === 0) {
    return new IdentityError('insufficient_scope', 'The access token has no scope of this API.', {
      hint: `If the access tokens of this provider never contain scopes, set scopes: false on the route. Then also set roles or claims on the route, or set ${owner}({ allowedClients: [...] }).`,
    })
  }
  if (scopes && !hasNames(scopes, context.scopes)) return missingScopes(scopes, context)
  if (roles !== undefined && !hasNames(roles, context.roles)) {
    return denied('role', `The user needs the role ${listed(roles)}.`)
  }
  return acrs.length === 0 ? undefined : checkAuthenticationContexts(acrs, context)
}

function missingScopes(required: NamesRule, { scopes }: UserContext): IdentityError {
  if (!required.needsAll) {
    return insufficient(`The access token needs the scope ${listed(required)}.`)
  }
  const missing = required.names.filter((scope) => !scopes.includes(scope))
  return insufficient(`The access token does not have the scope ${missing.join(' ')}.`)
}

function checkGroups(
  required: NamesRule,
  context: UserContext,
  groupsOf: Requirement['groupsOf'],
): MaybePromise<IdentityError | undefined> {
  const { claims } = context
  const given = hasGroupsOverage(claims) ? groupsOf(context, required) : own(claims, 'groups')
  return andThen(given, (groups) =>
    hasGroups(required, groups)
      ? undefined
      : denied('group', `The user is not in the group ${listed(required)}.`),
  )
}

function checkAuthenticationContexts(
  acrs: readonly string[],
  { claims }: UserContext,
): IdentityError | undefined {
  const satisfied = toStringList(own(claims, 'acrs'))
  const missing = acrs.filter((context) => !satisfied.includes(context))
  if (missing.length === 0) return undefined
  const problem = `The token does not satisfy the authentication context ${missing.join(', ')}`
  // A client that did not declare support for claims challenges cannot respond to one.
  if (
    !toStringList(own(claims, 'xms_cc')).some((capability) => capability.toLowerCase() === 'cp1')
  ) {
    return new IdentityError(
      'access_denied',
      `${problem}, and the client that sent the token does not support claims challenges.`,
      {
        reason: 'acr',
        hint: "A client declares its support with clientCapabilities: ['cp1']. The app registration of the API must list the optional claims xms_cc and acrs.",
      },
    )
  }
  const [value] = missing
  return new IdentityError('interaction_required', `${problem}.`, {
    reason: 'acr',
    // One per challenge, because the provider treats several values as alternatives.
    claimsRequest: { access_token: { acrs: { essential: true, value } } },
  })
}

function denied(reason: ErrorReason, message: string): IdentityError {
  return new IdentityError('access_denied', message, { reason })
}

function insufficient(message: string): IdentityError {
  return new IdentityError('insufficient_scope', message)
}
