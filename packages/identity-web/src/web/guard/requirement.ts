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
import type { WebRuntime } from '../runtime/runtime.ts'
import { satisfies } from '../sign-in/assert-granted.ts'

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

/** How the user of a page must have authenticated. */
export interface AuthenticationRequired {
  readonly acrs: readonly string[]
  readonly maxAge: number | undefined
}

/** What a route asks of its users, made ready once. */
export interface Requirement {
  readonly wanted: ResourceScopes | undefined
  readonly challenge: ChallengeMode
  /** Absent where any way will do. */
  readonly authentication?: AuthenticationRequired
}

/** @throws IdentityError `configuration` for scopes of several APIs, and for values that make no sense. */
export function toRequirement<User>(
  { client }: WebRuntime<User>,
  requirement: LoginRequirement,
): Requirement {
  // A misspelt option must not be taken for none.
  const [unknown] = unknownNames(NAMES, { owner: 'loginRequired()', given: requirement })
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
    wanted:
      scopes === undefined
        ? undefined
        : scopesOfOneResource(parseScopes(scopes), client.traits.prefixedScopes),
    challenge,
    ...((contexts.length > 0 || maxAge !== undefined) && {
      authentication: { acrs: contexts, maxAge },
    }),
  }
}

// Typed as a record, so that an option without an entry fails the build.
const NAMES: Record<keyof LoginRequirement, true> = {
  scopes: true,
  acrs: true,
  maxAge: true,
  challenge: true,
}

/** @throws IdentityError `configuration` for what names no context: such a guard would let everybody in. */
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

/** Clocks differ, and a sign-in takes its time; seconds. */
const TOLERANCE = 60

/** What the user has to do because of how, or when, they authenticated; `undefined` for nothing. */
export function findAuthenticationObstacle(
  { claims }: Session,
  { acrs, maxAge }: AuthenticationRequired,
  now: number,
): IdentityError | undefined {
  const isMissing = acrs.some((context) => !satisfies(claims, context))
  // A session that does not say when its user authenticated may be of any age; some providers say it in a text.
  const since = typeof claims.auth_time === 'number' ? claims.auth_time : 0
  const isOld = maxAge !== undefined && since + maxAge + TOLERANCE < now
  if (!isMissing && !isOld) return undefined
  return new IdentityError(
    'interaction_required',
    isMissing
      ? `The page needs the authentication context ${acrs.join(', ')}.`
      : 'The user did not authenticate as recently as the page needs.',
    isMissing ? { claims: authenticationContextClaims(acrs) } : {},
  )
}
