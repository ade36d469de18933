import type { RequestHandler } from 'express'
import type {
  EitherContext,
  EitherGuardDocs,
  EitherRequirement,
} from '../base/session-or-bearer.ts'
import type { Handler } from './respond.ts'

/** A handler that runs for requests with a session or a bearer token. Its third argument is the context. @public */
export type EitherHandler<Context> = Handler<Context>

/** Guards routes that accept a session or a bearer token. `auth.or(api)` returns it. @public */
export interface Either<User> extends EitherGuardDocs {
  required<const Requirement extends EitherRequirement>(
    requirement: Requirement,
    handler: EitherHandler<EitherContext<User, Requirement>>,
  ): RequestHandler
  required(handler: EitherHandler<EitherContext<User>>): RequestHandler
}
