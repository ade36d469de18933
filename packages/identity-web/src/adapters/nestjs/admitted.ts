import type { GuardResponse, HttpContext } from '../../http-context.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { RouteGuard } from '../base/guards.ts'

/** That a guard let a request in. */
export interface Admitted {
  /** One that stands both globally and on the route need not judge twice. */
  readonly guard: unknown
  /**
   * What to answer when the handler failed: the way to the provider where its user is needed.
   *
   * @throws The error, where it is the application's own.
   */
  recover(error: unknown): MaybePromise<GuardResponse>
}

export function toAdmitted<Context>(guard: RouteGuard<Context>, http: HttpContext): Admitted {
  return {
    guard,
    // Guards know what to make of the error of a handler; this one's handler is all that is left of the real one.
    recover: (error) =>
      guard(http, async () => {
        throw error
      }),
  }
}
