import { IdentityError } from '../../errors.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { toNames } from '../token/claims.ts'
import type { AuthorizationContext } from './context.ts'
import type { Requirement } from './requirement.ts'

/** What a caller lacks; `undefined` for nothing. */
export function findLack(
  requirement: Requirement,
  context: AuthorizationContext,
): MaybePromise<IdentityError | undefined> {
  const lack = lacksRights(requirement, context) ?? lacksAuthentication(requirement, context)
  if (lack !== undefined || requirement.claims === undefined) return lack
  // From JavaScript a predicate may give anything: only `true` lets in.
  return andThen(requirement.claims(context.claims) as MaybePromise<unknown>, (isFine) =>
    isFine === true
      ? undefined
      : new IdentityError(
          'access_denied',
          "The claims of the caller's token are not what the route asks for.",
        ),
  )
}

function lacksRights(
  { all, any, roles, userRoles, needsAnyScope, takesUsers, takesApps }: Requirement,
  context: AuthorizationContext,
): IdentityError | undefined {
  if (context.user === undefined) {
    if (!takesApps)
      return insufficient("the route is for users, and the token is an application's own")
    if (roles.length === 0) {
      return context.roles.length > 0
        ? undefined
        : insufficient('the application has no role of this API')
    }
    return roles.some((role) => context.roles.includes(role))
      ? undefined
      : insufficient(`the application needs the role ${roles.join(' or ')}`)
  }
  if (!takesUsers) return insufficient("the route is for applications, and the token is a user's")
  const { scopes } = context
  if (needsAnyScope && scopes.length === 0)
    return insufficient('the access token has no scope of this API')
  const missing = all.filter((scope) => !scopes.includes(scope))
  if (missing.length > 0)
    return insufficient(`the access token lacks the scope ${missing.join(' ')}`)
  if (any.length > 0 && !any.some((scope) => scopes.includes(scope))) {
    return insufficient(`the access token needs the scope ${any.join(' or ')}`)
  }
  if (userRoles.length > 0 && !userRoles.some((role) => context.roles.includes(role))) {
    return new IdentityError('access_denied', `The user needs the role ${userRoles.join(' or ')}.`)
  }
  return undefined
}

function lacksAuthentication(
  { acrs }: Requirement,
  { claims, user }: AuthorizationContext,
): IdentityError | undefined {
  if (acrs.length === 0 || user === undefined) return undefined
  const satisfied = toNames(claims['acrs'])
  const missing = acrs.filter((context) => !satisfied.includes(context))
  if (missing.length === 0) return undefined
  const what = `The token does not satisfy the authentication context ${missing.join(', ')}`
  // A client that did not say that it understands challenges would not know what to do with one.
  if (!toNames(claims['xms_cc']).some((capability) => capability.toLowerCase() === 'cp1')) {
    return new IdentityError(
      'access_denied',
      `${what}, and its client answers no claims challenges.`,
      {
        hint: "The client declares itself by clientCapabilities: ['cp1'], and the API's registration has to list the optional claims xms_cc and acrs.",
      },
    )
  }
  const [value] = missing
  return new IdentityError('interaction_required', `${what}.`, {
    // One of several would be enough for the provider, so they are asked for one after the other.
    claims: JSON.stringify({ access_token: { acrs: { essential: true, value } } }),
  })
}

function insufficient(what: string): IdentityError {
  return new IdentityError('insufficient_scope', `Not enough: ${what}.`)
}
