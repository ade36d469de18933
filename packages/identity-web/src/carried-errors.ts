import { random } from './base64.ts'
import { addCacheEntry, type ExpiringEntry } from './caches.ts'
import { IdentityError, withChanges } from './errors.ts'

// An SDK between the library and the application can throw its own error, and the guard must still find the error of
// the library. Most SDKs pass the error on, or set `cause`. The client of Microsoft Graph keeps only the message.

interface CarriedError extends ExpiringEntry {
  readonly error: IdentityError
}

/** The errors whose messages end in a reference, by this reference. */
const carriedErrors = new Map<string, CarriedError>()
/** The time in seconds in which an SDK passes an error on. */
const SECONDS = 60
const MAX_ERRORS = 1000
const REFERENCE = /\[identity-web ([\w-]{22})\]/
/** The number of wrappers that are searched, because causes can form a cycle. */
const MAX_LEVELS = 8

/**
 * Returns a copy of an error that {@link unwrapped} also finds by its message. The message ends in a random reference, because
 * the errors of two users can have the same text, but request different claims.
 */
export function toCarried(error: IdentityError): IdentityError {
  // The copy would not be an `AccessDenied` of `onRefresh`.
  if (error.code === 'access_denied') return error
  const reference = random(16)
  const copy = withChanges(error, { message: `${error.message} [identity-web ${reference}]` })
  const now = Math.floor(Date.now() / 1000)
  const entry = { error: copy, expiresAt: now + SECONDS }
  addCacheEntry(reference, entry, { in: carriedErrors, now, max: MAX_ERRORS })
  return copy
}

/**
 * Returns the error of the library that an error of an SDK, or of the application, contains. It is the error itself, its cause, or
 * the error whose reference the message contains. Without such an error, it returns what was thrown.
 *
 * `access_denied` does not count. An application that wraps it decides on the response itself.
 */
export function unwrapped(thrown: unknown): unknown {
  if (IdentityError.is(thrown)) return thrown
  let current = thrown
  for (
    let level = 0;
    level < MAX_LEVELS && typeof current === 'object' && current !== null;
    level += 1
  ) {
    const { cause, message } = current as { readonly cause?: unknown; readonly message?: unknown }
    const [, reference = ''] = REFERENCE.exec(typeof message === 'string' ? message : '') ?? []
    const entry = carriedErrors.get(reference)
    const found = entry !== undefined && Date.now() < entry.expiresAt * 1000 ? entry.error : cause
    if (IdentityError.is(found)) return found.code === 'access_denied' ? thrown : found
    current = cause
  }
  return thrown
}
