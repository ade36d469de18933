import { isWithin, type AuthorityKind, type Clock } from '../../authority/index.ts'
import {
  authenticationContextClaims,
  parseScopes,
  scopesOfOneResource,
  traitsOf,
  type ResourceScopes,
} from '../../client/index.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import { isObject, own } from '../../own.ts'
import type { Claims, Session } from '../../session/index.ts'
import {
  assertGroupIds,
  invalidRequirement,
  readRequirement,
  toClaimsRule,
  toContexts,
  toGroupsRule,
  toNamesRule,
  toScopesRule,
  type ClaimsRule,
  type NamesRule,
  type ReadableForm,
  type RequiredClaims,
  type RequiredNames,
} from '../../options/requirements.ts'
import type { ChallengeMode } from '../http/navigation.ts'
import { hasContext } from '../sign-in/step-up.ts'
import type { AccessRequirement } from './access.ts'

/**
 * The requirement of a route: who may see it, how they must have signed in, and the access token for its handler. An option
 * that is present must have a value.
 *
 * A signed-in user who may not see the route gets a page with the status 403, and a script gets JSON. Such users are not sent
 * to the provider.
 *
 * @example Administrators only
 * ```ts
 * app.get('/admin', auth.loginRequired({ roles: ['Admin'] }, showAdmin))
 * ```
 * @example Require the authentication context c1 of Conditional Access, for example MFA
 * ```ts
 * app.post('/transfer', auth.loginRequired({ acrs: 'c1' }, transfer))
 * ```
 * @example Require an authentication within the last ten minutes
 * ```ts
 * app.get('/password', auth.loginRequired({ maxAgeSeconds: 600 }, showForm))
 * ```
 * @public
 */
export interface LoginRequirement {
  /**
   * The scopes of one API, as an array or a space-separated string. The handler gets an access token for them. If the user
   * has not consented, the guard sends them to the provider first.
   *
   * @defaultValue not set: the handler gets no access token
   * @example app.get('/calendar', auth.loginRequired({ scopes: ['Calendars.Read'] }, showCalendar))
   */
  readonly scopes?: string | readonly string[]
  /**
   * The required app roles of the user, from the claim `roles` of the ID token. With a list, one of the roles is
   * required. With `{ allOf: [...] }`, all roles are required. The names are case-sensitive.
   *
   * @defaultValue not required
   * @example app.get('/admin', auth.loginRequired({ roles: ['Admin'] }, showAdmin))
   * @see {@link https://learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps}
   */
  readonly roles?: RequiredNames
  /**
   * The required groups of the user, from the claim `groups` of the ID token. At Entra ID, set the object IDs of the
   * groups. With a list, one of the groups is required. With `{ allOf: [...] }`, all groups are required.
   *
   * A token cannot contain more than 200 groups. For users with more groups, this library asks Microsoft Graph, so at
   * Entra ID the sign-in requests the scope `User.Read`. The result stays in the session until its ID token is
   * refreshed. If Microsoft Graph does not respond, the response has the status 503.
   *
   * @defaultValue not required
   * @example app.get('/staff', auth.loginRequired({ groups: ['11111111-2222-3333-4444-555555555555'] }, showStaff))
   */
  readonly groups?: RequiredNames
  /**
   * The required claims of the ID token. A value is compared with `===`. If the claim is a list, the list must contain
   * the value. A function decides from the verified claims: any result except `true` rejects the request.
   *
   * @defaultValue not required
   *
   * @example
   * ```ts
   * app.get('/hr', auth.loginRequired({ claims: { department: 'HR' } }, showHr))
   * ```
   */
  readonly claims?: RequiredClaims<Claims>
  /**
   * Entra ID: the authentication contexts of Conditional Access that the sign-in must satisfy, for example `c1`. The user
   * must satisfy all of them. The registration needs the optional claim `acrs`.
   *
   * A context stays satisfied until the session ends. Add `maxAgeSeconds` to require a recent authentication.
   *
   * @defaultValue not required
   * @example app.post('/transfer', auth.loginRequired({ acrs: 'c1' }, transfer))
   */
  readonly acrs?: string | readonly string[]
  /**
   * The maximum time since the user last authenticated, in seconds. It must be positive. After this time, the user must
   * authenticate again. The guard checks the claim `auth_time`, with a tolerance of one minute.
   *
   * @defaultValue not required
   * @example app.get('/password', auth.loginRequired({ maxAgeSeconds: 600 }, showForm))
   */
  readonly maxAgeSeconds?: number
  /**
   * The response if the user must sign in or consent. `'redirect'` sends the browser to the provider, and
   * `'unauthorized'` returns 401 with JSON. `'auto'` redirects page navigations and returns the JSON to scripts.
   *
   * @defaultValue `'auto'`
   * @example app.get('/search', auth.loginRequired({ challenge: 'unauthorized' }, search))
   */
  readonly challenge?: ChallengeMode
  /**
   * With `true`, the guard rejects requests from other sites with the status 403. It checks every method except GET,
   * HEAD, OPTIONS and QUERY.
   *
   * Set `false` only for a route that other sites must call, for example a form of a payment provider, and check its
   * input in another way. To allow the pages of another origin on all routes, use the option `trustedOrigins` instead.
   *
   * @defaultValue `true`
   * @example app.post('/payment', auth.loginRequired({ csrf: false }, savePayment))
   */
  readonly csrf?: boolean
}

/**
 * A requirement with scopes. Its handler gets an access token.
 *
 * @example
 * ```ts
 * const calendar: ScopesRequired = { scopes: ['Calendars.Read'] }
 * ```
 * @public
 */
export interface ScopesRequired extends LoginRequirement {
  /**
   * The scopes of one API, as an array or a space-separated string. The handler gets an access token for them. If the user
   * has not consented, the guard sends them to the provider first.
   */
  readonly scopes: string | readonly string[]
}

/** The requirement for the way in which the user authenticated. */
export interface AuthenticationRequirement {
  readonly acrs: readonly string[]
  readonly maxAgeSeconds: number | undefined
}

/** The requirement of a route, checked when the route is declared. */
export interface RouteRequirement {
  /** The scopes of the access token for the handler. */
  readonly requested: ResourceScopes | undefined
  readonly challenge: ChallengeMode
  /** `true` if requests from other sites are rejected. */
  readonly csrf: boolean
  /** The users who may see the route. Not set if every signed-in user is allowed. */
  readonly access?: AccessRequirement
  /** The requirement for the authentication. Not set if every way to authenticate is allowed. */
  readonly authentication?: AuthenticationRequirement
}

/** The values of a requirement after their checks, except for those that depend on the provider. */
interface RequirementValues extends Partial<Record<keyof LoginRequirement, unknown>> {
  readonly scopes?: readonly string[]
  readonly roles?: NamesRule
  readonly groups?: NamesRule
  readonly claims?: { readonly rule: ClaimsRule; readonly names: readonly string[] | undefined }
  readonly acrs?: readonly string[]
  readonly maxAgeSeconds?: number
  readonly challenge?: ChallengeMode
  readonly csrf?: boolean
}

const FORM: ReadableForm<RequirementValues> = {
  owner: 'loginRequired()',
  options: {
    scopes(of, value) {
      if (!isObject(value)) return toScopesRule(of, value).names
      throw invalidRequirement(
        of.form,
        'requires a list or a space-separated string in scopes, because the handler gets a token for all of them',
      )
    },
    roles: toNamesRule,
    groups: toGroupsRule,
    claims: (of, value) => ({
      rule: toClaimsRule(of, value),
      names: isObject(value) ? Object.keys(value) : undefined,
    }),
    acrs: toContexts,
    maxAgeSeconds(_, value) {
      if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value
      throw configurationError(
        'maxAgeSeconds of a route must be a positive number of seconds, for example loginRequired({ maxAgeSeconds: 600 }).',
      )
    },
    challenge({ form }, value) {
      if (value === 'auto' || value === 'redirect' || value === 'unauthorized') return value
      throw invalidRequirement(form, "requires 'auto', 'redirect' or 'unauthorized' as challenge")
    },
    csrf({ form }, value) {
      if (typeof value === 'boolean') return value
      throw invalidRequirement(
        form,
        'requires true or false in the option csrf. To reject requests from other sites, remove csrf',
      )
    },
  },
  example: "loginRequired({ roles: ['Admin'] })",
}

/**
 * Checks the values of a requirement, without the options of `Auth`.
 *
 * @throws IdentityError `configuration`.
 */
export function checkLoginRequirement(requirement: unknown): RequirementValues {
  return readRequirement(FORM, requirement)
}

/**
 * Checks the options of a route.
 *
 * @param kind - The kind of the authority, which decides what scopes and groups look like.
 * @throws IdentityError `configuration` for scopes of several APIs and for values that are not valid.
 */
export function toRouteRequirement(
  requirement: LoginRequirement,
  kind: AuthorityKind,
): RouteRequirement {
  const values = checkLoginRequirement(requirement)
  const { scopes, roles, groups, claims, acrs = [], maxAgeSeconds } = values
  const { challenge = 'auto', csrf = true } = values
  if (groups !== undefined && kind === 'entra') assertGroupIds(FORM, groups)
  const access: AccessRequirement = {
    roles,
    groups,
    claims: claims?.rule,
    claimNames: claims?.names,
  }
  return {
    requested: scopes && scopesOfOneResource(parseScopes(scopes), traitsOf(kind).prefixedScopes),
    challenge,
    csrf,
    ...(Object.values(access).some((rule) => rule !== undefined) && { access }),
    ...((acrs.length > 0 || maxAgeSeconds !== undefined) && {
      authentication: { acrs, maxAgeSeconds },
    }),
  }
}

/**
 * Returns `true` if the authentication is sufficient and recent enough. Otherwise, returns the error for a user who
 * must authenticate again.
 */
export function checkAuthentication(
  { claims }: Session,
  { acrs, maxAgeSeconds }: AuthenticationRequirement,
  clock: Clock,
): true | IdentityError {
  const isMissing = acrs.some((context) => !hasContext(claims, context))
  // Without `auth_time`, the sign-in may be of any age. Some providers send it as a string.
  const authTime = own(claims, 'auth_time')
  const authenticatedAt = typeof authTime === 'number' ? authTime : 0
  const isOld = maxAgeSeconds !== undefined && !isWithin(authenticatedAt, maxAgeSeconds, clock)
  if (!isMissing && !isOld) return true
  return new IdentityError(
    'interaction_required',
    isMissing
      ? `The page requires the authentication context ${acrs.join(', ')}.`
      : 'The page requires a more recent authentication of the user.',
    isMissing ? { claimsRequest: authenticationContextClaims(acrs) } : {},
  )
}
