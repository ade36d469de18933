// Decides who may see a route: roles, groups, claims.
import { configurationError, IdentityError, type ErrorReason } from '../../errors.ts'
import { requirementsOfErrors } from '../../event-emitter.ts'
import type { MissingRequirement } from '../../events.ts'
import type { HttpContext } from '../../http-context.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { own } from '../../own.ts'
import type { RequestSession } from '../../session/index.ts'
import { hasGroupsOverage } from '../../client/group-lookup.ts'
import {
  hasGroups,
  hasNames,
  listed,
  type ClaimsRule,
  type NamesRule,
} from '../../options/requirements.ts'
import { Allowed } from '../../verdict.ts'
import { lookUpGroups } from './group-lookup.ts'
import type { GuardServices } from './services.ts'

/** The requirement that selects the signed-in users who may see a route. */
export interface AccessRequirement {
  readonly roles: NamesRule | undefined
  readonly groups: NamesRule | undefined
  readonly claims: ClaimsRule | undefined
  /** The names of the claims. `undefined` if `claims` is a function of the application. */
  readonly claimNames: readonly string[] | undefined
}

/** The session of a request, and the requirement of its route. */
export interface AccessCheck {
  readonly http: HttpContext
  readonly current: RequestSession
  readonly access: AccessRequirement
}

/** The session of a user who may see a route, or the error. The session differs from the current one if its groups were looked up. */
export type AccessResult = Allowed<RequestSession> | IdentityError

/**
 * Decides whether a signed-in user may see a route. For nearly every request, the result is not a promise.
 *
 * @throws IdentityError for example `provider_unavailable` if the groups cannot be looked up, or `interaction_required`
 *   if the user must consent to the look-up first.
 */
export function checkAccess(
  services: GuardServices,
  check: AccessCheck,
): MaybePromise<AccessResult> {
  const { access, current } = check
  const { claims } = current.session
  if (access.roles !== undefined && !hasNames(access.roles, own(claims, 'roles'))) {
    const role = listed(access.roles)
    return denied(
      { option: 'roles', ...access.roles },
      `The user does not have the role ${role}.`,
      `To allow the user, assign the role ${role} at the provider. The session gets it with the next sign-in or refresh.`,
    )
  }
  if (access.groups === undefined) return checkClaims(access, current)
  if (hasGroupsOverage(claims)) return checkManyGroups(services, check, access.groups)
  if (!hasGroups(access.groups, own(claims, 'groups'))) return notInGroup(access.groups)
  return checkClaims(access, current)
}

function checkClaims(
  { claims: rule, claimNames }: AccessRequirement,
  current: RequestSession,
): MaybePromise<AccessResult> {
  if (rule === undefined) return new Allowed(current)
  const isIncomplete = current.session.hasFewerClaims === true
  if (isIncomplete && claimNames === undefined) {
    throw configurationError(
      'The option claims of this route is a function, which may read every claim. But some claims do not fit into the cookies of the session.',
      { hint: INCOMPLETE },
    )
  }
  return andThen(rule(current.session.claims), (isAllowed) =>
    isAllowed === true
      ? new Allowed(current)
      : denied(
          { option: 'claims', names: claimNames ?? [], needsAll: true },
          "The claims of the ID token do not meet the route's requirement.",
          isIncomplete ? INCOMPLETE : undefined,
        ),
  )
}

// A route that is declared after the sign-in, for example because its module is loaded by its first request.
const INCOMPLETE =
  'The session contains only the claims that guards required when the user signed in. Other claims do not fit into the cookies of the session. Declare the route when the application starts, and set the option claims to an object. You can also keep sessions in a store: Auth({ session: { store } }).'

async function checkManyGroups(
  services: GuardServices,
  { http, current, access }: AccessCheck,
  groups: NamesRule,
): Promise<AccessResult> {
  const { changed, found } = await lookUpGroups(services, { http, current }, groups)
  return hasNames(groups, found) ? checkClaims(access, changed) : notInGroup(groups)
}

function notInGroup(groups: NamesRule): IdentityError {
  return denied({ option: 'groups', ...groups }, `The user is not in the group ${listed(groups)}.`)
}

function denied(requirement: MissingRequirement, message: string, hint?: string): IdentityError {
  const { option, names, needsAll } = requirement
  // `roles` of a route, but the reason is one missing `role`.
  const reason = option.slice(0, -1) as ErrorReason
  const error = new IdentityError('access_denied', message, { hint, reason })
  requirementsOfErrors.set(error, { option, names, needsAll })
  return error
}
