import { own } from '../../own.ts'
import { CONSUMERS_TENANT, isMetaTenant, type Authority } from '../../authority/index.ts'
import type { ResourceScopes } from '../../client/index.ts'
import type { IdentityError } from '../../errors.ts'
import type { Session } from '../../session/index.ts'
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
const MAX_STEP_UPS = 8

/** Returns the requirements that led to this sign-in and to the sign-ins just before it. */
export function addStepUp(
  previous: Session | undefined,
  stepUpFor: string,
  now: number,
): readonly string[] {
  const isRecent = previous !== undefined && now < previous.startedAt + LOOP_SECONDS
  return [...((isRecent && previous.steppedUpFor) || []), stepUpFor].slice(-MAX_STEP_UPS)
}

/**
 * Returns whether another sign-in for a requirement would loop.
 *
 * It would loop if the last sign-in had the same requirement. It would also loop if two of the last sign-ins had this
 * requirement, because two requirements then replace each other's result.
 */
export function wouldLoop(
  { steppedUpFor = [], startedAt }: Session,
  stepUpFor: string | undefined,
  now: number,
): boolean {
  if (stepUpFor === undefined || now >= startedAt + LOOP_SECONDS) return false
  return (
    steppedUpFor.at(-1) === stepUpFor || steppedUpFor.filter((one) => one === stepUpFor).length > 1
  )
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

/** Returns whether claims confirm an authentication context, such as `c1`. */
export function hasContext(claims: Readonly<Record<string, unknown>>, context: string): boolean {
  const acrs = own(claims, 'acrs')
  return Array.isArray(acrs) ? acrs.includes(context) : acrs === context
}
