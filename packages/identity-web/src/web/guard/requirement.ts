import { isWithin, type AuthorityKind, type Clock } from '../../authority/index.ts'
import {
  authenticationContextClaims,
  parseScopes,
  scopesOfOneResource,
  traitsOf,
  type ResourceScopes,
} from '../../client/index.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import { own, ownMembers } from '../../own.ts'
import type { Claims, Session } from '../../session/index.ts'
import {
  assertGroupIds,
  assertRequirement,
  invalidRequirement,
  toClaimsRule,
  toContexts,
  toGroupsRule,
  toNamesRule,
  toScopesRule,
  type RequiredClaims,
  type RequiredNames,
  type RequirementForm,
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

// The type makes the build fail if an option has no entry here.
const OPTIONS: Record<keyof LoginRequirement, true> = {
  scopes: true,
  roles: true,
  groups: true,
  claims: true,
  acrs: true,
  maxAgeSeconds: true,
  challenge: true,
  csrf: true,
}

const FORM: RequirementForm = {
  owner: 'loginRequired()',
  options: OPTIONS,
  example: "loginRequired({ roles: ['Admin'] })",
}

const CHALLENGES: readonly unknown[] = [
  'auto',
  'redirect',
  'unauthorized',
] satisfies ChallengeMode[]

/** A requirement whose values were checked, except for the checks that depend on the provider. */
interface RequirementValues {
  readonly scopes: readonly string[] | undefined
  readonly access: AccessRequirement
  readonly authentication: AuthenticationRequirement
  readonly challenge: ChallengeMode
  readonly csrf: boolean
}

/**
 * Checks the values of a requirement, without the options of `Auth`.
 *
 * @throws IdentityError `configuration`.
 */
export function checkLoginRequirement(requirement: unknown): RequirementValues {
  assertRequirement(FORM, requirement)
  const values = ownMembers<Readonly<Record<string, unknown>>>({ ...requirement })
  const read = <T>(
    option: keyof LoginRequirement,
    parse: (of: { form: RequirementForm; option: string }, value: unknown) => T,
  ): T | undefined => (option in values ? parse({ form: FORM, option }, values[option]) : undefined)
  const { maxAgeSeconds, challenge = 'auto', csrf = true, scopes } = values as LoginRequirement
  if (typeof csrf !== 'boolean') {
    throw invalidRequirement(
      FORM,
      'requires true or false in the option csrf. To reject requests from other sites, remove csrf',
    )
  }
  if (maxAgeSeconds !== undefined && !(Number.isFinite(maxAgeSeconds) && maxAgeSeconds > 0)) {
    throw configurationError(
      'maxAgeSeconds of a route must be a positive number of seconds, for example loginRequired({ maxAgeSeconds: 600 }).',
    )
  }
  if (!CHALLENGES.includes(challenge)) {
    throw invalidRequirement(FORM, "requires 'auto', 'redirect' or 'unauthorized' as challenge")
  }
  if (typeof scopes === 'object' && !Array.isArray(scopes)) {
    throw invalidRequirement(
      FORM,
      'requires a list or a space-separated string in scopes, because the handler gets a token for all of them',
    )
  }
  return {
    scopes: read('scopes', toScopesRule)?.names,
    access: {
      roles: read('roles', toNamesRule),
      groups: read('groups', toGroupsRule),
      claims: read('claims', toClaimsRule),
      claimNames: read('claims', (_of, claims) =>
        typeof claims === 'object' && claims !== null ? Object.keys(claims) : undefined,
      ),
    },
    authentication: { acrs: read('acrs', toContexts) ?? [], maxAgeSeconds },
    challenge,
    csrf,
  }
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
  const { scopes, access, authentication, challenge, csrf } = checkLoginRequirement(requirement)
  if (access.groups !== undefined && kind === 'entra') assertGroupIds(FORM, access.groups)
  const { acrs, maxAgeSeconds } = authentication
  return {
    requested: scopes && scopesOfOneResource(parseScopes(scopes), traitsOf(kind).prefixedScopes),
    challenge,
    csrf,
    ...(Object.values(access).some((rule) => rule !== undefined) && { access }),
    ...((acrs.length > 0 || maxAgeSeconds !== undefined) && { authentication }),
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
