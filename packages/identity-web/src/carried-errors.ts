// Finds the error of the library inside an error of an SDK.
import { random } from './base64.ts'
import { addCacheEntry, type ExpiringEntry } from './caches.ts'
import { AccessDenied, IdentityError, withChanges } from './errors.ts'

// An SDK between the library and the application can throw its own error, and the guard must still find the error of
// the library. Most SDKs pass the error on, or set `cause`. The client of Microsoft Graph keeps only the message.

interface CarriedError extends ExpiringEntry {
  readonly error: IdentityError
  /** The session, or the access token, that the error belongs to. */
  readonly owner: string
}

/** The errors whose messages end in a reference, by this reference. */
const carriedErrors = new Map<string, CarriedError>()
const REFERENCE = /\[identity-web ([\w-]{22})\]/g
/** The time in seconds in which an SDK passes an error on. */
const SECONDS = 60
const MAX_ERRORS = 1000
/** The number of wrappers that are searched, because causes can form a cycle. */
const MAX_LEVELS = 8

/**
 * Returns a copy of an error that {@link unwrapped} also finds by its message. The message ends in a random reference, because
 * the errors of two users can have the same text, but request different claims.
 *
 * @param owner - The session or the access token of the request. Without it, the error has no reference.
 */
export function toCarried(error: IdentityError, owner: string | undefined): IdentityError {
  // A copy would not be an `AccessDenied` of `onRefresh`.
  if (owner === undefined || error.code === 'access_denied') return error
  const reference = random(16)
  const copy = withChanges(error, { message: `${error.message} [identity-web ${reference}]` })
  const now = Math.floor(Date.now() / 1000)
  const entry = { error: copy, owner, expiresAt: now + SECONDS }
  addCacheEntry(reference, entry, { in: carriedErrors, now, max: MAX_ERRORS })
  return copy
}

/** Returns a message without its reference, which is only for guards. */
export function withoutReference(message: string): string {
  return message.replaceAll(REFERENCE, '').trimEnd()
}

/**
 * Returns the error of the library that an error of an SDK, or of the application, contains. It is the error itself, its cause, or
 * the error whose reference the message contains. Without such an error, it returns what was thrown.
 *
 * `access_denied` does not count. An application that wraps it decides on the response itself.
 *
 * @param owner - The session or the access token of the request. The message of another user's request could contain a
 *   reference that a user has seen, so the reference of another owner does not count. Without an owner, all references count.
 */
export function unwrapped(thrown: unknown, owner?: string): unknown {
  if (IdentityError.is(thrown)) return thrown
  let current = thrown
  for (
    let level = 0;
    level < MAX_LEVELS && typeof current === 'object' && current !== null;
    level += 1
  ) {
    const cause = memberOf(current, 'cause')
    const found = findCarried(memberOf(current, 'message'), owner) ?? cause
    if (IdentityError.is(found)) return found.code === 'access_denied' ? thrown : found
    current = cause
  }
  return thrown
}

/**
 * Returns the error with which a guard responds in place of a handler, because its user must act or is not allowed.
 * `undefined` for every other error, which the application handles.
 *
 * @param owner - As in {@link unwrapped}.
 */
export function errorForUser(thrown: unknown, owner?: string): IdentityError | undefined {
  const error = unwrapped(thrown, owner)
  if (!IdentityError.is(error)) return undefined
  return error.code === 'interaction_required' || AccessDenied.is(error) ? error : undefined
}

/** Returns whether a sign-in solves an error. */
export function needsSignIn(thrown: unknown): boolean {
  const error = unwrapped(thrown)
  const codes = ['login_required', 'interaction_required', 'refresh_required']
  return IdentityError.is(error) && codes.includes(error.code)
}

function findCarried(message: unknown, owner: string | undefined): IdentityError | undefined {
  if (typeof message !== 'string') return undefined
  for (const [, reference = ''] of message.matchAll(REFERENCE)) {
    const entry = carriedErrors.get(reference)
    const isOwn = owner === undefined || entry?.owner === owner
    if (entry !== undefined && isOwn && Date.now() < entry.expiresAt * 1000) return entry.error
  }
  return undefined
}

/** Returns a member that may be inherited, but not from a polluted `Object.prototype`. */
function memberOf(value: object, name: 'cause' | 'message'): unknown {
  return name in Object.prototype ? undefined : (value as Record<string, unknown>)[name]
}
