// Remembers step-ups, so that they do not loop.
import { own } from '../../own.ts'
import { CONSUMERS_TENANT, isMetaTenant, type Authority } from '../../authority/index.ts'
import type { ResourceScopes } from '../../client/index.ts'
import type { IdentityError } from '../../errors.ts'
import type { Session } from '../../session/index.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import type { SignInParameters } from '../../options/sign-in-parameters.ts'

// Only the guard needs the scopes of an error. As a field of the error, applications would depend on it.
const scopesByError = new WeakMap<IdentityError, ResourceScopes>()

/** Stores the requested scopes with an error which says that the user must interact. */
export function recordStepUp(error: IdentityError, requested: ResourceScopes): IdentityError {
  scopesByError.set(error, requested)
  return error
}

/** Returns the scopes that were recorded for an error. */
export function stepUpOf(error: IdentityError): ResourceScopes | undefined {
  return scopesByError.get(error)
}

/** The time in seconds within which a second sign-in for the same requirement would fail again. */
const LOOP_SECONDS = 60
/** The same for a loop in which the user must act at the provider each time. */
const SLOW_LOOP_SECONDS = 300
const MAX_STEP_UPS = 8

/** Returns the requirements that led to this sign-in and to other recent ones, with their times. */
export function addStepUp(
  { steppedUpFor = [] }: Partial<Session>,
  stepUpFor: string,
  now: number,
): readonly string[] {
  const recent = steppedUpFor.filter((one) => now < Number.parseInt(one, 10) + SLOW_LOOP_SECONDS)
  return [...recent, `${now} ${stepUpFor}`].slice(-MAX_STEP_UPS)
}

/** Returns the times of the sign-ins for a requirement, as far as the session knows them. */
export function stepUpTimes({ steppedUpFor = [] }: Session, stepUpFor: string): readonly number[] {
  return steppedUpFor
    .filter((one) => one.slice(one.indexOf(' ') + 1) === stepUpFor)
    .map((one) => Number.parseInt(one, 10))
}

/**
 * Returns whether another sign-in for a requirement would loop.
 *
 * It would loop if the last sign-in of the last minute had the same requirement. It would also loop if two sign-ins of
 * this minute, or three of the last minutes, had this requirement, because two requirements then replace each other's
 * result.
 */
export function wouldLoop(session: Session, stepUpFor: string | undefined, now: number): boolean {
  if (stepUpFor === undefined) return false
  const times = stepUpTimes(session, stepUpFor)
  const countWithin = (seconds: number): number =>
    times.filter((time) => now < time + seconds).length
  const isLast = session.steppedUpFor?.at(-1) === `${times.at(-1)} ${stepUpFor}`
  return countWithin(LOOP_SECONDS) > (isLast ? 0 : 1) || countWithin(SLOW_LOOP_SECONDS) > 2
}

/** Returns the parameters of a step-up: they select the user's account, and request the claims of the error. */
export function stepUpParameters(
  { kind, tenant }: Authority,
  { claims }: Session,
  error: IdentityError,
): SignInParameters {
  const hint = claims['login_hint'] ?? claims.preferred_username
  // The hint does not say which kind of account it is, so `common` would ask for that.
  const isAnyTenant = kind === 'entra' && tenant !== undefined && isMetaTenant(tenant)
  return {
    ...(typeof hint === 'string' && { loginHint: hint }),
    ...(isAnyTenant && {
      domainHint: claims.tid === CONSUMERS_TENANT ? 'consumers' : 'organizations',
    }),
    ...(error.claimsRequest !== undefined && { claimsRequest: error.claimsRequest }),
  }
}

/** The parts of a sign-in that keep what the session satisfies already, because the new ID token replaces its claims. */
export type Kept = Pick<SignInStart, 'keptAcrs'> & Pick<SignInParameters, 'maxAgeSeconds'>

/** Returns the authentication contexts of a session, and an age that its authentication never exceeds. */
export function keptOf({ claims, endsAt }: Session): Kept {
  const given = own(claims, 'acrs')
  const acrs = [given].flat().filter((one) => typeof one === 'string')
  const authTime = own(claims, 'auth_time')
  return {
    ...(acrs.length > 0 && { keptAcrs: acrs }),
    // Most providers send `auth_time` only with `max_age`.
    ...(typeof authTime === 'number' && { maxAgeSeconds: Math.ceil(endsAt - authTime) }),
  }
}

/** Returns whether claims confirm an authentication context, such as `c1`. */
export function hasContext(claims: Readonly<Record<string, unknown>>, context: string): boolean {
  const acrs = own(claims, 'acrs')
  return Array.isArray(acrs) ? acrs.includes(context) : acrs === context
}
