import { CONSUMERS_TENANT, isMetaTenant } from '../../authority/index.ts'
import type { ResourceScopes } from '../../client/index.ts'
import type { IdentityError } from '../../errors.ts'
import type { Session } from '../../session/index.ts'
import type { SignInParameters } from '../options/options.ts'
import type { WebRuntime } from '../runtime/runtime.ts'

// Which scopes an error is about is for the guard alone to know, and not a field that applications would build on.
const stepUps = new WeakMap<IdentityError, ResourceScopes>()

/** Notes what a token was wanted for, on the error that says the user is needed for it. */
export function noteStepUp(error: IdentityError, wanted: ResourceScopes): IdentityError {
  stepUps.set(error, wanted)
  return error
}

/** The scopes that a user has to go to the provider for. */
export function stepUpOf(error: IdentityError): ResourceScopes | undefined {
  return stepUps.get(error)
}

/** So soon after a sign-in for the same, another would end here again; seconds. */
const CIRCLE = 60
const MAX_STEP_UPS = 8

/** What a session was stepped up for, one sign-in right after the other. */
export function stepUpsSince(
  before: Session | undefined,
  stepUpFor: string,
  now: number,
): readonly string[] {
  const earlier = before !== undefined && now < before.startedAt + CIRCLE ? before.steppedUpFor : []
  return [...(earlier ?? []), stepUpFor].slice(-MAX_STEP_UPS)
}

/**
 * Whether the user comes from a sign-in that was for the same, to no avail: the last one, or two of the last few where
 * what one of them brings is what another takes away.
 */
export function isCircle(
  { steppedUpFor = [], startedAt }: Session,
  stepUpFor: string | undefined,
  now: number,
): boolean {
  if (stepUpFor === undefined || now >= startedAt + CIRCLE) return false
  return (
    steppedUpFor.at(-1) === stepUpFor || steppedUpFor.filter((one) => one === stepUpFor).length > 1
  )
}

/** What keeps a user who is known out of the account picker, and the claims that an API or the provider wants. */
export function stepUpParameters<User>(
  { client }: WebRuntime<User>,
  { claims }: Session,
  error: IdentityError,
): SignInParameters {
  const hint = claims['login_hint'] ?? claims.preferred_username
  const { kind, tenant } = client.issuing.authority
  // The hint names the user and not the kind of account, which `common` would ask for.
  const isAnyTenant = kind === 'entra' && tenant !== undefined && isMetaTenant(tenant)
  return {
    ...(typeof hint === 'string' && { loginHint: hint }),
    ...(isAnyTenant && {
      domainHint: claims.tid === CONSUMERS_TENANT ? 'consumers' : 'organizations',
    }),
    ...(error.claims !== undefined && { claims: error.claims }),
  }
}
