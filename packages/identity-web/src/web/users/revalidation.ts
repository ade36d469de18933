// Decides when `onRefresh` is due.
import { addCacheEntry, type ExpiringEntry } from '../../caches.ts'
import type { TokenState } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import { failureOf } from '../../event-emitter.ts'
import type { HttpContext } from '../../http-context.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { RequestSession, Session, SessionStrategy } from '../../session/index.ts'
import type { UserHooks } from '../../options/user-hooks.ts'
import type { UserServices } from './services.ts'

/** The number of sessions whose last check is remembered. Every other session is checked again. */
export const MAX_CHECKS = 10_000

/** The request that needs the user, and the tokens of its session. */
export interface RevalidationRequest {
  readonly http: HttpContext
  /** Returns the tokens of the session. Only a call of `onRefresh` needs them. */
  readonly readState: () => MaybePromise<TokenState>
}

/** A session whose user `onRefresh` rejected, until the session expires. */
interface Rejection extends ExpiringEntry {
  readonly error: IdentityError
}

/** Calls `onRefresh` for sessions that are due. */
export interface Revalidation {
  /** The maximum time between two calls for a session, in seconds. */
  readonly seconds: number
  /**
   * The rejected sessions of this process, by their ID. A copy of the cookie of a rejected session does not work again, even
   * without a store or a deny-list.
   */
  readonly rejections: ReadonlyMap<string, Rejection>
  /**
   * Calls `onRefresh` for a session, unless the result of an earlier call is still valid. Concurrent requests of the session
   * share the call.
   *
   * @returns The session with its user and the time of the call. The same object if `onRefresh` failed.
   * @throws IdentityError `access_denied` if `onRefresh` rejects the user, whose session is then among `rejections`.
   */
  run(session: Session, request: RevalidationRequest): Promise<Session>
}

/**
 * Returns whether the user of a session must be checked, because the last check is too old or has rejected the user.
 */
export function isUserDue(
  { id, userCheckedAt = 0 }: Session,
  { rejections, seconds }: Revalidation,
  now: number,
): boolean {
  return now >= userCheckedAt + seconds || (rejections.size > 0 && rejections.has(id))
}

/** The services that check the user of a request. */
export interface UserCheckServices {
  readonly revalidation: Revalidation | undefined
  readonly sessions: SessionStrategy
}

/**
 * Checks the user of a session that is due.
 *
 * @returns The session with its user and the time of the check.
 * @throws IdentityError `access_denied` if `onRefresh` rejects the user. The session has then ended, and the response deletes
 *   its cookies if it can.
 */
export async function checkUser(
  services: UserCheckServices,
  current: RequestSession,
  request: RevalidationRequest,
): Promise<Session> {
  await assertNotRejected(services, current, request.http)
  try {
    return (await services.revalidation?.run(current.session, request)) ?? current.session
  } catch (error) {
    await assertNotRejected(services, current, request.http)
    throw error
  }
}

/** @throws IdentityError `access_denied` if `onRefresh` has rejected the user of a session in this process. */
export async function assertNotRejected(
  { revalidation, sessions }: UserCheckServices,
  { cookieHeader, session }: RequestSession,
  http: HttpContext,
): Promise<void> {
  const rejection = revalidation?.rejections.get(session.id)
  if (rejection === undefined) return
  http.setCookies(await sessions.end(cookieHeader))
  throw rejection.error
}

/** Loads the module that calls `onRefresh`. */
export type LoadRevalidator<User> = () => MaybePromise<{
  createRevalidator(
    services: UserServices<User>,
    onRefresh: NonNullable<UserHooks<User>['onRefresh']>,
    seconds: number,
  ): Revalidation['run']
}>

/** Creates the revalidation of an application. Returns `undefined` if it does not have `onRefresh`. */
export function createRevalidation<User>(
  services: UserServices<User>,
  load: LoadRevalidator<User>,
): Revalidation | undefined {
  const { onRefresh, revalidateUserSeconds: seconds = 3600 } = services.hooks
  if (onRefresh === undefined) return undefined
  const rejections = new Map<string, Rejection>()
  let run: Revalidation['run'] | undefined
  return {
    seconds,

    rejections,

    async run(session, request) {
      try {
        const { createRevalidator } = await load()
        run ??= createRevalidator(services, onRefresh, seconds)
      } catch (error) {
        // A rejection would end the session, but only the deployment is incomplete.
        const failure = failureOf(error as IdentityError)
        services.events.emit('hook.failed', { level: 'error', ...failure, hook: 'onRefresh' })
        return session
      }
      try {
        return await run(session, request)
      } catch (error) {
        if (IdentityError.is(error) && error.code === 'access_denied') {
          const target = { in: rejections, now: services.now(), max: MAX_CHECKS }
          addCacheEntry(session.id, { error, expiresAt: session.endsAt }, target)
        }
        throw error
      }
    },
  }
}
