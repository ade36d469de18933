import type { TokenState } from '../../client/index.ts'
import type { IdentityError } from '../../errors.ts'
import { failureOf, type EventEmitter } from '../../event-emitter.ts'
import type { HttpContext } from '../../http-context.ts'
import { loadLater } from '../../load-later.ts'
import type { Session } from '../../session/index.ts'
import type { UserHooks } from '../options/user-hooks.ts'
import type { ChangeUserServices } from './change-user.ts'

const load = loadLater('onRefresh', () => import('./call-on-refresh.ts'))

/** The services that revalidation uses. */
export interface RevalidationServices<User> extends ChangeUserServices {
  /** Unix time in seconds. */
  readonly now: () => number
  readonly hooks: UserHooks<User>
  readonly events: EventEmitter
  /** Whether the log must not contain the messages of errors of the application. */
  readonly isProduction: boolean
}

/** The request that needs the user, and the tokens of its session. */
export interface RevalidationRequest {
  readonly http: HttpContext
  readonly state: TokenState
}

/** Calls `onRefresh` for sessions that are due. */
export interface Revalidation {
  /** The maximum time between two calls for a session, in seconds. */
  readonly seconds: number
  /**
   * Calls `onRefresh` for a session. Concurrent requests of the session share the call.
   *
   * @returns The session with its user and the time of the call. The same object if `onRefresh` failed.
   * @throws IdentityError `access_denied` if `onRefresh` rejects the user.
   */
  run(session: Session, request: RevalidationRequest): Promise<Session>
}

/** Whether to call `onRefresh` for a session. */
export function isUserDue(
  { userCheckedAt = 0 }: Session,
  { seconds }: Revalidation,
  now: number,
): boolean {
  return now >= userCheckedAt + seconds
}

/** Creates the revalidation of an application. Returns `undefined` if it does not have `onRefresh`. */
export function createRevalidation<User>(
  services: RevalidationServices<User>,
): Revalidation | undefined {
  const { onRefresh, revalidateUserSeconds: seconds = 3600 } = services.hooks
  if (onRefresh === undefined) return undefined
  let run: Revalidation['run'] | undefined
  return {
    seconds,

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
      return run(session, request)
    },
  }
}
