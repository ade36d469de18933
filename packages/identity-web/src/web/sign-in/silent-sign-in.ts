// Ends sign-ins that must not show a page (`prompt=none`).
import type { IdentityError } from '../../errors.ts'
import { failureOf, signInLevelOf, type EventEmitter } from '../../event-emitter.ts'
import { redirect } from '../http/responses.ts'

/** The name of the query parameter with the result of a silent sign-in that did not succeed. */
const RESULT = 'login_error'

/** The OAuth errors which say that the user must act. */
export const NEEDS_USER: readonly unknown[] = [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]

/** The end of a silent sign-in. */
export interface SilentEnd {
  /** The page to which the user returns. */
  readonly returnTo: string
  readonly error: IdentityError
}

/**
 * Returns the user to the application after a silent sign-in that did not succeed. The query parameter `login_error`
 * contains the OAuth error if the user must act, and `failed` for every other cause, which is logged.
 */
export function respondToSilentEnd(
  { events }: { readonly events: EventEmitter },
  { returnTo, error }: SilentEnd,
  method: string,
): Response {
  const needsUser = NEEDS_USER.includes(error.oauthError)
  events.emit('sign_in.failed', {
    level: needsUser ? 'info' : signInLevelOf(error),
    ...failureOf(error),
  })
  const result = needsUser ? String(error.oauthError) : 'failed'
  return redirect(withResult(returnTo, result), method)
}

/** Returns whether a URL contains the result of a silent sign-in. */
export function hasResult(url: string): boolean {
  return new URL(url).searchParams.has(RESULT)
}

/** Returns the path without the result of an earlier silent sign-in. */
export function withoutResult(path: string): string {
  return change(path, (query) => query.delete(RESULT))
}

function withResult(path: string, result: string): string {
  return change(path, (query) => query.set(RESULT, result))
}

function change(path: string, edit: (query: URLSearchParams) => void): string {
  // The origin is not part of the result.
  const url = new URL(path, 'http://localhost')
  edit(url.searchParams)
  return url.pathname + url.search + url.hash
}
