import {
  authenticationContextClaims,
  parseScopes,
  scopesOfOneResource,
  type ResourceScopes,
} from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { Session } from '../../session/index.ts'
import { unknownNames } from '../../settings/option-names.ts'
import type { ChallengeMode } from '../http/navigation.ts'
import { hasContext } from '../sign-in/finish-sign-in.ts'

/**
 * What a route asks of its users: an access token, a step more than the sign-in, or one that is not long ago.
 *
 * @example Money is moved only after what Conditional Access demands for the context c1, such as MFA
 * ```ts
 * app.post('/transfer', auth.loginRequired({ acrs: 'c1' }, transfer))
 * ```
 * @example A password is changed only within ten minutes of typing it
 * ```ts
 * app.get('/password', auth.loginRequired({ maxAge: 600 }, showForm))
 * ```
 * @public
 */
export interface LoginRequirement {
  /**
   * Scopes of one API, as a list or separated by spaces: the handler gets an access token for them, after consent
   * where it is missing.
   */
  readonly scopes?: string | readonly string[] | undefined
  /**
   * Entra ID: authentication contexts of Conditional Access, such as `c1`, that the sign-in must have satisfied: all of
   * them. The registration needs the optional claim `acrs`. One that was satisfied counts for as long as the session
   * lives; add `maxAge` where it should be fresh.
   */
  readonly acrs?: string | readonly string[] | undefined
  /**
   * Seconds since the user last authenticated, above 0; beyond, they do so again. Checked by the token's `auth_time`,
   * with a minute more for clocks.
   */
  readonly maxAge?: number | undefined
  /**
   * How to answer a request without sign-in or consent: `'redirect'` to the provider, `'unauthorized'` with 401
   * and JSON, or by the kind of request.
   *
   * @defaultValue `'auto'`
   */
  readonly challenge?: ChallengeMode | undefined
}

/**
 * A requirement that names scopes: its handler gets an access token.
 *
 * @example
 * ```ts
 * const calendar: ScopesRequired = { scopes: ['Calendars.Read'] }
 * ```
 * @public
 */
export interface ScopesRequired extends LoginRequirement {
  /** Scopes of one API: the handler gets an access token for them, after consent where it is missing. */
  readonly scopes: string | readonly string[]
}

/** How the user must have authenticated. */
export interface AuthenticationRequirement {
  readonly acrs: readonly string[]
  readonly maxAge: number | undefined
}

/** What a route requires of its users, checked when the route is declared. */
export interface RouteRequirement {
  /** The scopes of the access token for the handler. */
  readonly requested: ResourceScopes | undefined
  readonly challenge: ChallengeMode
  /** Absent if every way to authenticate is allowed. */
  readonly authentication?: AuthenticationRequirement
}

/**
 * Checks the options of a route.
 *
 * @param prefixed - Whether the prefix of a scope names its API, as at Microsoft.
 * @throws IdentityError `configuration` for scopes of several APIs and for values that are not valid.
 */
export function toRouteRequirement(
  requirement: LoginRequirement,
  prefixed: boolean,
): RouteRequirement {
  // A misspelled option must not be ignored, because the route would then require nothing.
  const [unknown] = unknownNames(REQUIREMENT_NAMES, {
    owner: 'loginRequired()',
    given: requirement,
  })
  if (unknown !== undefined) throw new IdentityError('configuration', unknown)
  const { scopes, acrs, maxAge, challenge = 'auto' } = requirement
  if (maxAge !== undefined && !(Number.isFinite(maxAge) && maxAge > 0)) {
    throw new IdentityError(
      'configuration',
      'maxAge of a route must be a number of seconds above 0, for example loginRequired({ maxAge: 600 }).',
    )
  }
  const contexts = toContexts(acrs)
  return {
    requested:
      scopes === undefined ? undefined : scopesOfOneResource(parseScopes(scopes), prefixed),
    challenge,
    ...((contexts.length > 0 || maxAge !== undefined) && {
      authentication: { acrs: contexts, maxAge },
    }),
  }
}

// The type makes the build fail if an option has no entry here.
const REQUIREMENT_NAMES: Record<keyof LoginRequirement, true> = {
  scopes: true,
  acrs: true,
  maxAge: true,
  challenge: true,
}

/** @throws IdentityError `configuration` if no context is named, because the guard would then allow every user. */
function toContexts(acrs: LoginRequirement['acrs']): readonly string[] {
  if (acrs === undefined) return []
  const given: unknown = typeof acrs === 'string' ? parseScopes(acrs) : acrs
  if (Array.isArray(given) && given.length > 0 && given.every(isContext)) return given
  throw new IdentityError(
    'configuration',
    "acrs of a route must name authentication contexts, for example loginRequired({ acrs: 'c1' }). Leave it out where none is needed.",
  )
}

function isContext(value: unknown): value is string {
  return typeof value === 'string' && /^\S+$/.test(value)
}

/** Seconds that are added to `maxAge`, because clocks differ and a sign-in takes time. */
const MAX_AGE_TOLERANCE = 60

/** Returns an error if the user must authenticate again, because of how or when they did. */
export function checkAuthentication(
  { claims }: Session,
  { acrs, maxAge }: AuthenticationRequirement,
  now: number,
): IdentityError | undefined {
  const isMissing = acrs.some((context) => !hasContext(claims, context))
  // Without `auth_time`, the sign-in may be of any age. Some providers send it as a string.
  const authenticatedAt = typeof claims.auth_time === 'number' ? claims.auth_time : 0
  const isOld = maxAge !== undefined && authenticatedAt + maxAge + MAX_AGE_TOLERANCE < now
  if (!isMissing && !isOld) return undefined
  return new IdentityError(
    'interaction_required',
    isMissing
      ? `The page needs the authentication context ${acrs.join(', ')}.`
      : 'The user did not authenticate as recently as the page needs.',
    isMissing ? { claims: authenticationContextClaims(acrs) } : {},
  )
}
