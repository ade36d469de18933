import { isWithin } from '../../authority/index.ts'
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
 * The requirement of a route: an access token, an authentication context, or a recent authentication.
 *
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
   */
  readonly scopes?: string | readonly string[] | undefined
  /**
   * Entra ID: the authentication contexts of Conditional Access that the sign-in must satisfy, for example `c1`. The user
   * must satisfy all of them. The registration needs the optional claim `acrs`.
   *
   * A context stays satisfied until the session ends. Add `maxAgeSeconds` to require a recent authentication.
   *
   * @defaultValue not set
   */
  readonly acrs?: string | readonly string[] | undefined
  /**
   * The maximum time since the user last authenticated, in seconds. It must be positive. After this time, the user must
   * authenticate again. The guard checks the claim `auth_time`, with a tolerance of one minute.
   *
   * @defaultValue not set
   */
  readonly maxAgeSeconds?: number | undefined
  /**
   * The response if the user must sign in or consent. `'redirect'` sends the browser to the provider, and
   * `'unauthorized'` returns 401 with JSON. `'auto'` redirects page navigations and returns the JSON to scripts.
   *
   * @defaultValue `'auto'`
   */
  readonly challenge?: ChallengeMode | undefined
  /**
   * Whether the guard rejects requests from other sites (403). It checks every method but GET, HEAD, OPTIONS and QUERY.
   *
   * Set `false` only for a route that other sites must call, for example a form of a payment provider, and check its input
   * in another way. To allow the pages of another origin on all routes, use the option `trustedOrigins` instead.
   *
   * @defaultValue `true`
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

/** How the user must have authenticated. */
export interface AuthenticationRequirement {
  readonly acrs: readonly string[]
  readonly maxAgeSeconds: number | undefined
}

/** The requirement of a route, checked when the route is declared. */
export interface RouteRequirement {
  /** The scopes of the access token for the handler. */
  readonly requested: ResourceScopes | undefined
  readonly challenge: ChallengeMode
  /** Whether requests from other sites are rejected. */
  readonly csrf: boolean
  /** Not set if every way to authenticate is allowed. */
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
  // A misspelled option must not be ignored, because the route would then lack a requirement.
  const [unknown] = unknownNames(REQUIREMENT_NAMES, {
    owner: 'loginRequired()',
    given: requirement,
  })
  if (unknown !== undefined) throw new IdentityError('configuration', unknown)
  const { scopes, acrs, maxAgeSeconds, challenge = 'auto' } = requirement
  const csrf: unknown = 'csrf' in requirement ? requirement.csrf : true
  if (typeof csrf !== 'boolean') {
    throw new IdentityError(
      'configuration',
      'csrf of a route must be true or false, for example loginRequired({ csrf: false }). Remove it if the guard should reject requests from other sites.',
    )
  }
  if (maxAgeSeconds !== undefined && !(Number.isFinite(maxAgeSeconds) && maxAgeSeconds > 0)) {
    throw new IdentityError(
      'configuration',
      'maxAgeSeconds of a route must be a positive number of seconds, for example loginRequired({ maxAgeSeconds: 600 }).',
    )
  }
  const contexts = toContexts(acrs)
  return {
    requested:
      scopes === undefined ? undefined : scopesOfOneResource(parseScopes(scopes), prefixed),
    challenge,
    csrf,
    ...((contexts.length > 0 || maxAgeSeconds !== undefined) && {
      authentication: { acrs: contexts, maxAgeSeconds },
    }),
  }
}

// The type makes the build fail if an option has no entry here.
const REQUIREMENT_NAMES: Record<keyof LoginRequirement, true> = {
  scopes: true,
  acrs: true,
  maxAgeSeconds: true,
  challenge: true,
  csrf: true,
}

/** @throws IdentityError `configuration` if the list is empty, because the guard would then allow every user. */
function toContexts(acrs: LoginRequirement['acrs']): readonly string[] {
  if (acrs === undefined) return []
  const given: unknown = typeof acrs === 'string' ? parseScopes(acrs) : acrs
  if (Array.isArray(given) && given.length > 0 && given.every(isContext)) return given
  throw new IdentityError(
    'configuration',
    "acrs of a route must name authentication contexts, for example loginRequired({ acrs: 'c1' }). Remove it if the route does not require one.",
  )
}

function isContext(value: unknown): value is string {
  return typeof value === 'string' && /^\S+$/.test(value)
}

/** Returns an error if the user must authenticate again, because the authentication is too old or not sufficient. */
export function checkAuthentication(
  { claims }: Session,
  { acrs, maxAgeSeconds }: AuthenticationRequirement,
  now: number,
): IdentityError | undefined {
  const isMissing = acrs.some((context) => !hasContext(claims, context))
  // Without `auth_time`, the sign-in may be of any age. Some providers send it as a string.
  const authenticatedAt = typeof claims.auth_time === 'number' ? claims.auth_time : 0
  const isOld = maxAgeSeconds !== undefined && !isWithin(authenticatedAt, maxAgeSeconds, now)
  if (!isMissing && !isOld) return undefined
  return new IdentityError(
    'interaction_required',
    isMissing
      ? `The page requires the authentication context ${acrs.join(', ')}.`
      : 'The page requires a more recent authentication of the user.',
    isMissing ? { claimsRequest: authenticationContextClaims(acrs) } : {},
  )
}
