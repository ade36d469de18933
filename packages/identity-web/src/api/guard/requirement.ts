import { parseScopes } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { unknownNames } from '../../settings/option-names.ts'
import type { AccessTokenClaims } from '../token/claims.ts'
import type { Audiences } from '../token/audience.ts'
import type { AppContext, AuthorizationContext, UserContext } from './context.ts'

/**
 * What a route asks of its callers. A user's token needs the scopes, an application's own token one of the roles; with
 * scopes alone only users are let in, with roles alone only applications, and with neither whoever has any.
 *
 * @example Users who let their client read, and applications that may read everything
 * ```ts
 * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'], roles: ['Todos.Read.All'] }, list))
 * ```
 * @public
 */
export interface AuthorizationRequirement {
  /** Scopes of this API that a user's token must have, all of them; as a list or separated by spaces. */
  readonly scopes?: string | readonly string[] | undefined
  /** Scopes of this API of which a user's token must have one at least. */
  readonly anyScope?: string | readonly string[] | undefined
  /**
   * App roles of which an application's own token must have one at least. For the roles of users, see `userRoles`.
   * At other providers than Microsoft's, an application's scopes count as its roles.
   */
  readonly roles?: string | readonly string[] | undefined
  /**
   * App roles of which a user must have one at least, besides the scopes: what the user may do, where scopes say what
   * they let their client do. It asks nothing of applications.
   */
  readonly userRoles?: string | readonly string[] | undefined
  /** Applications' own tokens are refused, whatever they may. */
  readonly userOnly?: boolean | undefined
  /** Users' tokens are refused, whatever they may. */
  readonly appOnly?: boolean | undefined
  /**
   * Tells by the claims whether to let the caller in; 403 where it says no.
   *
   * @example Callers of one department
   * ```ts
   * app.post('/posts', api.authorizationRequired({ scopes: ['Posts.Write'], claims: ({ department }) => department === 'Press' }, publish))
   * ```
   */
  readonly claims?: ((claims: AccessTokenClaims) => MaybePromise<boolean>) | undefined
  /**
   * Entra ID: authentication contexts of Conditional Access, such as `c1`, that the user must have satisfied, all of
   * them; applications are not asked for any. A client that understands claims challenges (`xms_cc`) is told what to ask for, another is refused. The API's
   * registration needs the optional claims `acrs` and `xms_cc`.
   *
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
