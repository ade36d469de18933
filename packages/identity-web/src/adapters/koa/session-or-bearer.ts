import type { DefaultContext, DefaultState, Middleware } from 'koa'
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
    StateT = DefaultState,
    ContextT = DefaultContext,
  >(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  required<StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<EitherContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
}
