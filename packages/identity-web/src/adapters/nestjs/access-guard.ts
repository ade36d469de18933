import type { CanActivate, ExecutionContext, HttpException } from '@nestjs/common'
import { IdentityError } from '../../errors.ts'
import { andThen } from '../../maybe-promise.ts'
import type { RouteGuard } from '../base/guards.ts'
import { accessOf, type Access } from './access.ts'
import { toAdmitted } from './admitted.ts'
import { connectionOf, type PlatformRequest, type PlatformResponse } from './connection.ts'
import type { GuardedRequest } from './parameters.ts'
import { toException } from './respond.ts'

/** What a guard is made of. */
interface Manner<Context> {
  /** What it asks of a route that says nothing. Those that say the same audience are its own as well. */
  readonly own: Access
  readonly guardOf: (access: Access) => RouteGuard<Context>
  /** Puts the context where the parameter decorators find it. */
  readonly keep: (request: GuardedRequest, context: Context) => void
}

/** What the guards have alike. */
export abstract class AccessGuard<Context> implements CanActivate {
  readonly #manner: Manner<Context>

  constructor(manner: Manner<Context>) {
    this.#manner = manner
  }

  /**
   * Lets a request in, or answers it by an exception: `UnauthorizedException`, `ForbiddenException`, and an
   * `HttpException` with the status of a redirect or of an error page.
   *
   * @param context - Of an HTTP request.
   * @returns Always `true`.
   * @throws HttpException with the answer; what else it needs is on the response already.
   * @throws {@link IdentityError} `configuration` for what is no HTTP request, and for a requirement that makes no sense.
   */
  canActivate(context: ExecutionContext): true | Promise<true> {
    const { own, guardOf, keep } = this.#manner
    const access = accessOf(context, { own, guard: this.constructor })
    // Public, or another guard's: the decorator that says so brings that along.
    if (access.audience !== own.audience) return true
    assertHttp(context, this.constructor.name)
    const host = context.switchToHttp()
    const request = host.getRequest<PlatformRequest & GuardedRequest>()
    const connection = connectionOf(request)
    const guard = guardOf(access)
    if (connection.admitted?.guard === guard) return true
    const outcome = guard(connection.http, (known) => {
      keep(request, known)
      connection.admitted = toAdmitted(guard, connection.http)
      return undefined
    })
    return andThen(outcome, (answered): true | Promise<true> =>
      answered === undefined
        ? true
        : refuse(toException(request, host.getResponse<PlatformResponse>(), answered)),
    )
  }

  /**
   * Makes the guard of a route ahead of its first request.
   *
   * @throws IdentityError `configuration` for a requirement that makes no sense.
   * @internal
   */
  static prepare(guard: AccessGuard<unknown>, access: Access): void {
    const { own, guardOf } = guard.#manner
    if (access.audience === own.audience) guardOf(access)
  }
}

async function refuse(exception: Promise<HttpException>): Promise<never> {
  throw await exception
}

function assertHttp(context: ExecutionContext, guard: string): void {
  const type = context.getType<string>()
  if (type === 'http') return
  throw new IdentityError(
    'configuration',
    `${guard} guards HTTP routes, but ${context.getClass().name}.${context.getHandler().name} is reached by ${type}. Mark it with @Public() and check its callers by other means.`,
  )
}
