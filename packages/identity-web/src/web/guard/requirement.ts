// The requirement of a route, such as roles or maxAgeSeconds, and its check at the start.
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
  copyRequirement,
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
 * Decides who may see a route, how they must have signed in, and which access token its handler gets. An option that is
 * present must have a value.
 *
 * A signed-in user who may not see the route gets a page with the status 403 instead of a redirect to the provider. A
 * script gets JSON.
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
   * The scopes of one API, as an array or a space-separated string, for which the handler gets an access token. If the
   * user has not consented, the guard sends them to the provider first.
   *
   * @defaultValue not set: the handler gets no access token
   * @example app.get('/calendar', auth.loginRequired({ scopes: ['Calendars.Read'] }, showCalendar))
   */
  readonly scopes?: string | readonly string[]
  /**
   * The app roles that the user needs, from the ID token's claim `roles`. A list requires one of its roles, and
   * `{ allOf: [...] }` requires all of them. The names are case-sensitive.
   *
   * @defaultValue not required
   * @example app.get('/admin', auth.loginRequired({ roles: ['Admin'] }, showAdmin))
   * @see {@link https://learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps}
   */
  readonly roles?: RequiredNames
  /**
   * The groups that the user needs, from the ID token's claim `groups`. At Entra ID, set the groups' object IDs. A list
   * requires one of its groups, and `{ allOf: [...] }` requires all of them.
   *
   * A token cannot contain more than 200 groups. For users with more groups, the guard asks Microsoft Graph, so at
   * Entra ID the sign-in requests the scope `User.Read`. The result stays in the session until its ID token is
   * refreshed. If Microsoft Graph does not respond, the response has the status 503.
   *
   * @defaultValue not required
   * @example app.get('/staff', auth.loginRequired({ groups: ['11111111-2222-3333-4444-555555555555'] }, showStaff))
   */
  readonly groups?: RequiredNames
  /**
   * The ID token's required claims. A value is compared with `===`. If the claim is a list, the list must contain the
   * value. A function decides from the verified claims: any result except `true` rejects the request.
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
   * Entra ID: all authentication contexts of Conditional Access that the user must satisfy at sign-in, for example
   * `c1`. The registration needs the optional claim `acrs`.
   *
   * A context stays satisfied until the session ends, so add `maxAgeSeconds` to require a recent authentication.
   *
   * @defaultValue not required
   * @example app.post('/transfer', auth.loginRequired({ acrs: 'c1' }, transfer))
   */
  readonly acrs?: string | readonly string[]
  /**
   * The maximum time since the user last authenticated, in seconds, after which the user must authenticate again. It
   * must be positive. The guard checks the claim `auth_time`, with a tolerance of one minute.
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
   * With `true`, the guard rejects requests from other sites with the status 403, unless their method is GET, HEAD,
   * OPTIONS or QUERY.
   *
   * Set `false` only for a route that other sites must call, for example a payment provider's form, and check its input
   * in another way. To allow another origin's pages on all routes, use the option `trustedOrigins` instead.
   *
   * @defaultValue `true`
   * @example app.post('/payment', auth.loginRequired({ csrf: false }, savePayment))
   */
  readonly csrf?: boolean
}

/**
 * A requirement with scopes, whose handler gets an access token.
 *
 * @example
 * ```ts
 * const calendar: ScopesRequired = { scopes: ['Calendars.Read'] }
 * ```
 * @public
 */
export interface ScopesRequired extends LoginRequirement {
  /**
   * The scopes of one API, as an array or a space-separated string, for which the handler gets an access token. If the
   * user has not consented, the guard sends them to the provider first.
   */
  readonly scopes: string | readonly string[]
}

/** The requirement for how the user authenticated. */
export interface AuthenticationRequirement {
  readonly acrs: readonly string[]
  readonly maxAgeSeconds: number | undefined
}

/** The requirement of a route, checked when the route is declared. */
export interface RouteRequirement {
  /** The scopes of the handler's access token. */
  readonly requested: ResourceScopes | undefined
  readonly challenge: ChallengeMode
  /** `true` if requests from other sites are rejected. */
  readonly csrf: boolean
  /** The users who may see the route. Not set if every signed-in user is allowed. */
  readonly access?: AccessRequirement
  /** The requirement for how the user authenticated. Not set if every way to authenticate is allowed. */
  readonly authentication?: AuthenticationRequirement
}

/** A requirement's values after all checks that do not depend on the provider. */
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
 * Checks a requirement's values, without the options of `Auth`.
 *
 * @returns A copy of the requirement.
 * @throws IdentityError `configuration`.
 */
export function checkLoginRequirement(given: unknown): LoginRequirement {
  const requirement = copyRequirement<LoginRequirement>(FORM, given)
  readRequirement(FORM, requirement)
  return requirement
}

/** The names of a requirement's options. */
export const LOGIN_OPTIONS: readonly string[] = Object.keys(FORM.options)

/**
 * Checks a route's options.
 *
 * @param kind - The authority's kind, which decides what scopes and groups look like.
 * @throws IdentityError `configuration` for scopes of several APIs and for values that are not valid.
 */
export function toRouteRequirement(
  requirement: LoginRequirement,
  kind: AuthorityKind,
): RouteRequirement {
  const values = readRequirement(FORM, requirement)
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
 * Returns `true` if the authentication is sufficient and recent enough, and otherwise the error for a user who must
 * authenticate again.
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
