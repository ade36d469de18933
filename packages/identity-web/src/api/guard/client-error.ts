import { AccessDenied, IdentityError } from '../../errors.ts'
import { failureOf, levelOf, type EventEmitter } from '../../event-emitter.ts'

// Contains only errors of on-behalf-of calls. The client of this API cannot solve an `interaction_required` that comes
// from another part of the application.
const clientErrors = new WeakSet<IdentityError>()

/** Runs an on-behalf-of call, reports its errors, and marks its `interaction_required` errors for the client of this API. */
export async function markForClient<T>(events: EventEmitter, task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    if (IdentityError.is(error)) {
      const level = levelOf(error)
      // Users cannot consent in an API. Without the consent, every call of every user fails.
      const isSetup = level === 'info' && isConsentMissing(error)
      events.emit('on_behalf_of.failed', {
        level: isSetup ? 'warn' : level,
        ...failureOf(error),
      })
      if (error.code === 'interaction_required') clientErrors.add(error)
    }
    throw error
  }
}

/** Returns whether an error was marked for the client of this API, or denies access to its user. */
export function isClientError(error: unknown): error is IdentityError {
  return IdentityError.is(error) && (clientErrors.has(error) || AccessDenied.is(error))
}

/** Returns whether the user has not consented to the permissions that this API needs at another API. */
export function isConsentMissing({ oauthError, suberror, microsoftCodes }: IdentityError): boolean {
  return (
    oauthError === 'consent_required' ||
    suberror === 'consent_required' ||
    microsoftCodes?.includes('AADSTS65001') === true
  )
}
