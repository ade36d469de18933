import { parseScopes } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { unknownNames } from '../../settings/option-names.ts'
import type { AccessTokenClaims } from '../token/claims.ts'
import type { ScopeNames } from '../token/audience.ts'
import type { AppContext, AuthorizationContext, UserContext } from './context.ts'

/**
 * The requirement of a route. A user's token needs the scopes. An application's token needs one of the app roles.
 *
 * If you set only scopes, only users are allowed. If you set only app roles, only applications are allowed. If you set
 * neither, the guard allows every caller that has a scope or an app role of this API.
 *
 * @example Users whose client may read, and applications that may read everything
 * ```ts
 * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'], roles: ['Todos.Read.All'] }, list))
 * ```
 * @public
 */
export interface AuthorizationRequirement {
  /**
   * Scopes of this API, as a list or a space-separated string. A user's token must have all of them.
   *
   * @defaultValue not required
   */
  readonly scopes?: string | readonly string[] | undefined
  /**
   * Scopes of this API, as a list or a space-separated string. A user's token must have at least one of them.
   *
   * @defaultValue not required
   */
  readonly anyScope?: string | readonly string[] | undefined
  /**
   * App roles. An application's token must have at least one of them. Use `userRoles` for the roles of users.
   *
   * At providers other than Microsoft, the scopes of an application count as its app roles.
   *
   * @defaultValue not required
   */
  readonly roles?: string | readonly string[] | undefined
  /**
   * App roles. A user must have at least one of them, in addition to the scopes. Applications do not need them.
   *
   * A role says what the user may do. A scope says what the user allows the client to do.
   *
   * @defaultValue not required
   */
  readonly userRoles?: string | readonly string[] | undefined
  /** Rejects all app-only tokens, even if they have the required app roles. @defaultValue `false` */
  readonly userOnly?: boolean | undefined
  /** Rejects all tokens of users, even if they have the required scopes. @defaultValue `false` */
  readonly appOnly?: boolean | undefined
  /**
   * Decides from the verified claims whether the caller is allowed. Any result except `true` rejects the request with
   * the status 403.
   *
   * @defaultValue every caller is allowed
   *
   * @example Callers of one department
   * ```ts
   * const claims = ({ department }: AccessTokenClaims) => department === 'Press'
   * app.post('/posts', api.authorizationRequired({ scopes: ['Posts.Write'], claims }, publish))
   * ```
   */
  readonly claims?: ((claims: AccessTokenClaims) => MaybePromise<boolean>) | undefined
  /**
   * Entra ID: authentication contexts of Conditional Access, such as `c1`. A user must have satisfied all of them.
   * Applications do not need them.
   *
   * A client that supports claims challenges (`xms_cc`) is told which claims to request. Other clients are rejected.
   * The app registration of the API needs the optional claims `acrs` and `xms_cc`.
   *
   * @defaultValue not required
   * @see {@link https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context}
   */
  readonly acrs?: string | readonly string[] | undefined
}

/**
 * The type of a handler's context, derived from the route's requirement.
 *
 * With scopes only or `userOnly`, the caller is always a user. With roles only or `appOnly`, it is always an application.
 *
 * @typeParam R - The type of the requirement.
 * @public
 */
export type ContextFor<R extends AuthorizationRequirement> = R extends AllowsUsersOnly
  ? UserContext
  : R extends AllowsAppsOnly
    ? AppContext
    : R extends RequiresScopes
      ? MayHave<R, 'roles'> extends true
        ? AuthorizationContext
        : UserContext
      : R extends RequiresRoles
        ? MayHave<R, 'scopes' | 'anyScope' | 'userRoles'> extends true
          ? AuthorizationContext
          : AppContext
        : AuthorizationContext

type Names = string | readonly string[]
type AllowsUsersOnly = { readonly userOnly: true }
type AllowsAppsOnly = { readonly appOnly: true }
type RequiresRoles = { readonly roles: Names }
type RequiresScopes =
  { readonly scopes: Names } | { readonly anyScope: Names } | { readonly userRoles: Names }
/** `true` if the requirement has, or can have, one of these properties. */
type MayHave<R, Name extends string> = [Extract<keyof R, Name>] extends [never]
  ? false
  : R[Extract<keyof R, Name>] extends undefined
    ? false
    : true

/** A requirement after its checks, in the form that guards use. */
export interface Requirement {
  readonly allScopes: readonly string[]
  readonly anyScope: readonly string[]
  readonly roles: readonly string[]
  readonly userRoles: readonly string[]
  /** Whether a user's token needs at least one scope of this API. */
  readonly needsSomeScope: boolean
  readonly allowsUsers: boolean
  readonly allowsApps: boolean
  readonly claims: AuthorizationRequirement['claims']
  readonly acrs: readonly string[]
  /** The scopes as a client must request them. */
  readonly fullScopes: readonly string[]
}

/**
 * Checks a route's requirement and converts it for its guard.
 *
 * @throws IdentityError `configuration` for wrong values, because such a guard could allow every caller.
 */
export function toRequirement(
  { toScopeName, toFullScope }: ScopeNames,
  requirement: AuthorizationRequirement | undefined,
): Requirement {
  assertRequirement(requirement)
  const { userOnly = false, appOnly = false, claims } = requirement
  const scopes = namesOf(requirement, 'scopes')
  const anyScope = namesOf(requirement, 'anyScope')
  const roles = namesOf(requirement, 'roles')
  const userRoles = namesOf(requirement, 'userRoles')
  const acrs = namesOf(requirement, 'acrs')
  const hasScopes = scopes.length > 0 || anyScope.length > 0
  const concernsUsers = hasScopes || userRoles.length > 0
  const concernsAll = !concernsUsers && roles.length === 0
  if (userOnly && appOnly) throw invalidRequirement('cannot combine userOnly with appOnly')
  // A value that could never take effect is a mistake.
  if (userOnly && roles.length > 0) {
    throw invalidRequirement('cannot combine userOnly with roles, which are for applications')
  }
  if (appOnly && concernsUsers) {
    throw invalidRequirement(
      'cannot combine appOnly with scopes, anyScope or userRoles, which are for users',
    )
  }
  const allowsUsers = !appOnly && (concernsUsers || concernsAll)
  const allowsApps = !userOnly && (roles.length > 0 || concernsAll)
  if (acrs.length > 0 && !allowsUsers) {
    throw invalidRequirement('cannot require acrs of users if only applications are allowed')
  }
  return {
    allScopes: scopes.map(toScopeName),
    anyScope: anyScope.map(toScopeName),
    roles,
    userRoles,
    needsSomeScope: !hasScopes,
    allowsUsers,
    allowsApps,
    claims,
    acrs,
    fullScopes: allowsUsers ? [...new Set([...scopes, ...anyScope].map(toFullScope))] : [],
  }
}

// Typed as a record, so that an option without an entry fails the build.
const AUTHORIZATION_NAMES: Record<keyof AuthorizationRequirement, true> = {
  scopes: true,
  anyScope: true,
  roles: true,
  userRoles: true,
  userOnly: true,
  appOnly: true,
  claims: true,
  acrs: true,
}

/** Checks the types of a requirement, because a JavaScript application can pass any value. */
function assertRequirement(
  requirement: AuthorizationRequirement | undefined,
): asserts requirement is AuthorizationRequirement {
  if (
    typeof requirement !== 'object' ||
    (requirement as unknown) === null ||
    Array.isArray(requirement)
  ) {
    throw invalidRequirement('requires an object as its first argument, before the handler')
  }
  const [unknown] = unknownNames(AUTHORIZATION_NAMES, {
    owner: 'authorizationRequired()',
    given: requirement,
  })
  if (unknown !== undefined) throw new IdentityError('configuration', unknown)
  if ('claims' in requirement && typeof requirement.claims !== 'function') {
    throw invalidRequirement('accepts only a function as claims')
  }
  for (const name of ['userOnly', 'appOnly'] as const) {
    if (name in requirement && typeof requirement[name] !== 'boolean') {
      throw invalidRequirement(`accepts only true or false as ${name}`)
    }
  }
}

// An empty or undefined value is an error, so that an unset variable never opens a route.
function namesOf(
  requirement: AuthorizationRequirement,
  option: 'scopes' | 'anyScope' | 'roles' | 'userRoles' | 'acrs',
): readonly string[] {
  const given: unknown = requirement[option]
  if (!(option in requirement)) return []
  const names: unknown = typeof given === 'string' ? parseScopes(given) : given
  if (Array.isArray(names) && names.length > 0 && names.every(isScopeName)) return [...names]
  throw invalidRequirement(
    `accepts only valid names in ${option}, and at least one. Omit ${option} if the route does not need it`,
  )
}

/** Whether a name consists of the characters that a scope may have (RFC 6749, section 3.3) and a header can contain. */
function isScopeName(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(value)
}

function invalidRequirement(problem: string): IdentityError {
  return new IdentityError(
    'configuration',
    `authorizationRequired() ${problem}. Example: authorizationRequired({ scopes: ['Todos.Read'] }).`,
  )
}
