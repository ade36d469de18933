import type { Env, Handler, Input } from 'hono'
import type { HandlerResponse } from 'hono/types'
import type {
  EitherContext,
  EitherGuardDocs,
  EitherRequirement,
} from '../base/session-or-bearer.ts'
import type { GuardedHandler } from './respond.ts'

/** Guards routes that accept a session or a bearer token. `auth.or(api)` returns it. @public */
export interface Either<User> extends EitherGuardDocs {
  required<
    const Requirement extends EitherRequirement,
    E extends Env,
    P extends string,
    I extends Input,
    R extends HandlerResponse<any>,
  >(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>, E, P, I, R>,
  ): Handler<E, P, I, R>
  required<E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    handler: GuardedHandler<EitherContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
}
