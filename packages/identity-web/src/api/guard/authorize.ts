import { IdentityError } from '../../errors.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { toStringList } from '../token/claims.ts'
import type { AppContext, AuthorizationContext, UserContext } from './context.ts'
import type { Requirement } from './requirement.ts'

/** Returns an error if a caller does not meet a requirement. */
export function checkAuthorization(
  requirement: Requirement,
  context: AuthorizationContext,
): MaybePromise<IdentityError | undefined> {
  const error =
    context.user === undefined
      ? checkApp(requirement, context)
      : (checkUser(requirement, context) ?? checkAuthenticationContexts(requirement, context))
  if (error !== undefined || requirement.claims === undefined) return error
  // In JavaScript the function may return any value. Only `true` allows the caller.
  return andThen(requirement.claims(context.claims) as MaybePromise<unknown>, (isAllowed) =>
    isAllowed === true
      ? undefined
      : new IdentityError(
          'access_denied',
          "The claims of the access token do not meet the route's requirement.",
        ),
  )
}

function checkApp(
  { roles, allowsApps }: Requirement,
  context: AppContext,
): IdentityError | undefined {
  if (!allowsApps) {
    return insufficient('Only users may call this route, and the token belongs to an application.')
  }
  if (roles.length === 0) {
    return context.roles.length > 0
      ? undefined
      : insufficient('The token does not contain a role of this API.')
  }
  return roles.some((role) => context.roles.includes(role))
    ? undefined
    : insufficient(`The application needs the role ${roles.join(' or ')}.`)
}

function checkUser(
  { allScopes, anyScope, userRoles, needsSomeScope, allowsUsers }: Requirement,
  { scopes, roles }: UserContext,
): IdentityError | undefined {
  if (!allowsUsers) {
    return insufficient('Only applications may call this route, and the token belongs to a user.')
  }
  if (needsSomeScope && scopes.length === 0) {
    return insufficient('The access token has no scope of this API.')
  }
  const missing = allScopes.filter((scope) => !scopes.includes(scope))
  if (missing.length > 0) {
    return insufficient(`The access token does not have the scope ${missing.join(' ')}.`)
  }
  if (anyScope.length > 0 && !anyScope.some((scope) => scopes.includes(scope))) {
    return insufficient(`The access token needs the scope ${anyScope.join(' or ')}.`)
  }
  if (userRoles.length > 0 && !userRoles.some((role) => roles.includes(role))) {
    return new IdentityError('access_denied', `The user needs the role ${userRoles.join(' or ')}.`)
  }
  return undefined
}

function checkAuthenticationContexts(
  { acrs }: Requirement,
  { claims }: UserContext,
): IdentityError | undefined {
  if (acrs.length === 0) return undefined
  const satisfied = toStringList(claims['acrs'])
  const missing = acrs.filter((context) => !satisfied.includes(context))
  if (missing.length === 0) return undefined
  const problem = `The token does not satisfy the authentication context ${missing.join(', ')}`
  // A client that did not declare support for claims challenges cannot respond to one.
  if (!toStringList(claims['xms_cc']).some((capability) => capability.toLowerCase() === 'cp1')) {
    return new IdentityError(
      'access_denied',
      `${problem}, and the client that sent the token does not support claims challenges.`,
      {
        hint: "A client declares its support with clientCapabilities: ['cp1']. The app registration of the API must list the optional claims xms_cc and acrs.",
      },
    )
  }
  const [value] = missing
  return new IdentityError('interaction_required', `${problem}.`, {
    // One per challenge, because the provider treats several values as alternatives.
    claimsRequest: { access_token: { acrs: { essential: true, value } } },
  })
}

function insufficient(message: string): IdentityError {
  return new IdentityError('insufficient_scope', message)
}
