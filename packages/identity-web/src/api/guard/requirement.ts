import { parseScopes } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { unknownNames } from '../../settings/option-names.ts'
import type { AccessTokenClaims } from '../token/claims.ts'
import type { Audiences } from '../token/audience.ts'
import type { AppContext, AuthorizationContext, UserContext } from './context.ts'

/**
 * What a route requires of its callers. A user's token needs the scopes. An application's token needs one of the app roles.
 *
 * With scopes alone, only users are allowed. With app roles alone, only applications are allowed. Without both, any scope or
 * app role is sufficient.
 *
 * @example Users who let their client read, and applications that may read everything
 * ```ts
 * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'], roles: ['Todos.Read.All'] }, list))
 * ```
 * @public
 */
export interface AuthorizationRequirement {
  /**
   * Scopes of this API, as a list or a space-separated string. A user's token must have all of them.
   *
   * @defaultValue none
   */
  readonly scopes?: string | readonly string[] | undefined
  /** Scopes of this API. A user's token must have at least one of them. @defaultValue none */
  readonly anyScope?: string | readonly string[] | undefined
  /**
   * App roles. An application's token must have at least one of them. Use `userRoles` for the roles of users.
   *
   * At providers other than Microsoft, the scopes of an application count as its app roles.
   *
   * @defaultValue none
   */
  readonly roles?: string | readonly string[] | undefined
  /**
   * App roles of users. A user must have at least one of them, in addition to the scopes. Scopes say what the client may do
   * for the user, and roles say what the user may do. Applications do not need them.
   *
   * @defaultValue none
   */
  readonly userRoles?: string | readonly string[] | undefined
  /** Rejects app-only tokens, whatever app roles they have. @defaultValue `false` */
  readonly userOnly?: boolean | undefined
  /** Rejects the tokens of users, whatever scopes they have. @defaultValue `false` */
  readonly appOnly?: boolean | undefined
  /**
   * Returns whether the caller with these claims is allowed. Other callers get a 403 response.
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
   * Entra ID: the authentication contexts of Conditional Access that the user must have satisfied, such as `c1`. All of
   * them are required. Applications do not need them.
   *
   * A client that supports claims challenges (`xms_cc`) is told what to request. Other clients are rejected. The API's
   * registration needs the optional claims `acrs` and `xms_cc`.
   *
   * @defaultValue none
   * @see {@link https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context}
   */
  readonly acrs?: string | readonly string[] | undefined
}

/**
 * The context of a handler by what its route requires: with scopes alone or `userOnly` there is always a user, with
 * roles alone or `appOnly` always an application.
 *
 * @public
 */
export type ContextFor<R extends AuthorizationRequirement> = R extends UsersOnly
  ? UserContext
  : R extends AppsOnly
    ? AppContext
    : R extends AsksUsers
      ? MayHave<R, 'roles'> extends true
        ? AuthorizationContext
        : UserContext
      : R extends AsksRoles
        ? MayHave<R, 'scopes' | 'anyScope' | 'userRoles'> extends true
          ? AuthorizationContext
          : AppContext
        : AuthorizationContext

type Names = string | readonly string[]
type UsersOnly = { readonly userOnly: true }
type AppsOnly = { readonly appOnly: true }
type AsksRoles = { readonly roles: Names }
type AsksUsers =
  { readonly scopes: Names } | { readonly anyScope: Names } | { readonly userRoles: Names }
/** Whether one of these is there, or could be. */
type MayHave<R, Name extends string> = [Extract<keyof R, Name>] extends [never]
  ? false
  : R[Extract<keyof R, Name>] extends undefined
    ? false
    : true

/** What a route asks of its callers, made ready once. */
export interface Requirement {
  readonly all: readonly string[]
  readonly any: readonly string[]
  readonly roles: readonly string[]
  readonly userRoles: readonly string[]
  /** No scope in particular: any will do. */
  readonly needsAnyScope: boolean
  readonly takesUsers: boolean
  readonly takesApps: boolean
  readonly claims: AuthorizationRequirement['claims']
  readonly acrs: readonly string[]
  /** The scopes as a client has to ask for them. */
  readonly askable: readonly string[]
}

/** @throws IdentityError `configuration` for values that make no sense: such a guard could let anybody in. */
export function toRequirement(
  { toName, toAskable }: Pick<Audiences, 'toName' | 'toAskable'>,
  requirement: AuthorizationRequirement | undefined,
): Requirement {
  // From JavaScript, or by a constant that is missing, it may be anything.
  if (
    typeof requirement !== 'object' ||
    (requirement as unknown) === null ||
    Array.isArray(requirement)
  ) {
    throw nonsense('takes a requirement, and its handler behind it')
  }
  const { userOnly = false, appOnly = false, claims } = requirement
  const scopes = namesOf(requirement, 'scopes')
  const anyScope = namesOf(requirement, 'anyScope')
  const roles = namesOf(requirement, 'roles')
  const userRoles = namesOf(requirement, 'userRoles')
  const acrs = namesOf(requirement, 'acrs')
  const [unknown] = unknownNames(NAMES, { owner: 'authorizationRequired()', given: requirement })
  if (unknown !== undefined) throw new IdentityError('configuration', unknown)
  if ('claims' in requirement && typeof claims !== 'function') {
    throw nonsense('takes a function as claims')
  }
  for (const name of ['userOnly', 'appOnly'] as const) {
    if (name in requirement && typeof requirement[name] !== 'boolean') {
      throw nonsense(`takes true or false as ${name}`)
    }
  }
  const asksScopes = scopes.length > 0 || anyScope.length > 0
  const asksUsers = asksScopes || userRoles.length > 0
  const asksNothing = !asksUsers && roles.length === 0
  // What would be asked of nobody was meant for somebody.
  if (userOnly && roles.length > 0) throw nonsense('lets roles in, and userOnly keeps them out')
  if (appOnly && asksUsers) {
    throw nonsense('asks scopes of users, and appOnly keeps them out')
  }
  const takesUsers = !appOnly && (asksUsers || asksNothing)
  const takesApps = !userOnly && (roles.length > 0 || asksNothing)
  if (acrs.length > 0 && !takesUsers) throw nonsense('asks acrs of users, and lets none in')
  if (!takesUsers && !takesApps)
    throw nonsense('would let nobody in: userOnly goes with scopes, appOnly with roles')
  return {
    all: scopes.map(toName),
    any: anyScope.map(toName),
    roles,
    userRoles,
    needsAnyScope: !asksScopes,
    takesUsers,
    takesApps,
    claims,
    acrs,
    askable: takesUsers ? [...new Set([...scopes, ...anyScope].map(toAskable))] : [],
  }
}

// Typed as a record, so that an option without an entry fails the build.
const NAMES: Record<keyof AuthorizationRequirement, true> = {
  scopes: true,
  anyScope: true,
  roles: true,
  userRoles: true,
  userOnly: true,
  appOnly: true,
  claims: true,
  acrs: true,
}

// What is given must name something: an unset variable is no reason to ask for nothing.
function namesOf(
  requirement: AuthorizationRequirement,
  option: 'scopes' | 'anyScope' | 'roles' | 'userRoles' | 'acrs',
): readonly string[] {
  const given: unknown = requirement[option]
  if (!(option in requirement)) return []
  const names: unknown = typeof given === 'string' ? parseScopes(given) : given
  if (Array.isArray(names) && names.length > 0 && names.every(isName)) return [...names]
  throw nonsense(`takes ${option} that name something. Leave ${option} out where none is needed`)
}

function isName(value: unknown): value is string {
  // RFC 6749, section 3.3: what a scope may consist of, and a header can say.
  return typeof value === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(value)
}

function nonsense(what: string): IdentityError {
  return new IdentityError(
    'configuration',
    `authorizationRequired() ${what}, for example authorizationRequired({ scopes: ['Todos.Read'] }).`,
  )
}
