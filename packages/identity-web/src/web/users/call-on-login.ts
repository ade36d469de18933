// Calls `onLogin`, and checks the user that it returns.
import { IdentityError } from '../../errors.ts'
import type { Claims } from '../../session/index.ts'
import type { LoginDetails, HttpRequest } from '../../options/user-hooks.ts'
import { toStorableUser } from './json-fault.ts'
import type { HttpContext } from '../../http-context.ts'
import type { UserServices } from './services.ts'

/**
 * Calls `onLogin`.
 *
 * @returns The user as the session stores it, or `undefined` if the application does not have `onLogin`.
 * @throws IdentityError `access_denied` without a user, or `configuration` if JSON cannot express the user. It also
 *   throws the errors of `onLogin`.
 */
export async function callOnLogin<User>(
  { hooks, events }: UserServices<User>,
  claims: Claims,
  details: LoginDetails,
): Promise<unknown> {
  if (hooks.onLogin === undefined) return undefined
  let user: unknown
  try {
    user = await hooks.onLogin(claims, details)
  } catch (error) {
    // The error itself reaches the framework.
    if (!IdentityError.is(error)) {
      const reason = nameOf(error)
      events.emit('hook.failed', {
        level: 'error',
        message:
          'onLogin failed. The user is not signed in. Look for the error in the log of your framework.',
        hook: 'onLogin',
        reason,
      })
    }
    throw error
  }
  if (user === undefined || user === null) throw missingUser('onLogin', user)
  return toStorableUser(user, 'onLogin')
}

/** Returns the error of a function that returned `undefined` or `null` instead of a user. */
export function missingUser(
  source: 'onLogin' | 'onRefresh',
  returned: undefined | null,
): IdentityError {
  const unchanged = source === 'onLogin' ? '' : ', or the first argument if nothing changed'
  const hint = `Return the user of the application${unchanged}. To tell the user why they are rejected, throw new AccessDenied({ message }) instead.`
  return new IdentityError(
    'access_denied',
    `${source} returned ${String(returned)}, so the user is rejected.`,
    { hint },
  )
}

/** Returns the name of an error. Its message can contain data of the application. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}

/**
 * Returns the part of a request that functions of the application may read.
 *
 * @param request - The request. If its `url` contains an origin, the origin is left out, because it is not trusted.
 */
export function toHttpRequest(
  request: Pick<HttpContext, 'method' | 'url' | 'header'>,
): HttpRequest {
  const { method, url } = request
  return Object.freeze({
    method,
    url: url.replace(/^https?:\/\/[^/]*/i, ''),
    header: (name: string) => request.header(name.toLowerCase()),
  })
}
