import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common'
import { catchError, type Observable } from 'rxjs'
import { isIdentityError } from '../../errors.ts'
import { findConnection, type PlatformRequest, type PlatformResponse } from './connection.ts'
import { toException } from './respond.ts'

/**
 * Makes what a guard answers of the error of a handler that found out that its user is needed.
 *
 * An interceptor, since it comes before every exception filter: one of the application's that takes all exceptions would
 * make a 500 of what is the way to the provider.
 */
export class StepUpInterceptor implements NestInterceptor {
  /** @returns What the handler gives, or the exception that is the answer to its error. */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handled = next.handle()
    if (context.getType() !== 'http') return handled
    const host = context.switchToHttp()
    const request = host.getRequest<PlatformRequest>()
    const { admitted, http } = findConnection(request) ?? {}
    if (admitted === undefined) return handled
    return handled.pipe(
      catchError(async (error: unknown) => {
        const isForUser = isIdentityError(error) && error.code === 'interaction_required'
        const answered = isForUser && !http?.isResponseSent && (await admitted.recover(error))
        if (!answered) throw error
        throw await toException(request, host.getResponse<PlatformResponse>(), answered)
      }),
    )
  }
}

Injectable()(StepUpInterceptor)
