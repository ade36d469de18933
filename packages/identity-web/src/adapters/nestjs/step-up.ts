// Lets the guard respond if a handler needs another sign-in.
import {
  Catch,
  Injectable,
  type ArgumentsHost,
  type CallHandler,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common'
import {
  BaseExceptionFilter,
  type AbstractHttpAdapter,
  type ApplicationConfig,
  type ModulesContainer,
} from '@nestjs/core'
import { catchError, type Observable } from 'rxjs'
import { errorForUser, unwrapped } from '../../carried-errors.ts'
import { IdentityError } from '../../errors.ts'
import { recover } from '../../classes/index.ts'
import { findConnection, type PlatformArguments } from './request-state.ts'
import { handlersOf } from './controllers.ts'
import { findCall, hideDetails, isGraphql, toResolverException } from './graphql.ts'
import { toException } from './host.ts'

// The guard responds if a handler fails because its user must act or is not allowed, for example by a redirect to the
// provider. The filters of the application then see the exception of the guard. Otherwise, they could respond with status 500.

/** An interceptor that lets the guard respond. It works with all filters, but costs more than the guard itself. */
export class StepUpInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handled = next.handle()
    if (context.getType() !== 'http' && !isGraphql(context)) return handled
    return handled.pipe(
      catchError(async (error: unknown) => {
        if (isGraphql(context)) throw await resolverError(context, error)
        if (errorForUser(error) === undefined) throw error
        throw await guardedError(context.getArgs<PlatformArguments>(), error)
      }),
    )
  }
}

Injectable()(StepUpInterceptor)

/** The class of the library's errors, whose `instanceof` also accepts errors from another copy of the library. */
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest compares errors with classes only.
abstract class ErrorOfLibrary {
  static [Symbol.hasInstance](error: unknown): boolean {
    return IdentityError.is(unwrapped(error))
  }
}

/** The part of an application that handles its exceptions. */
interface ExceptionZone {
  readonly config: ApplicationConfig
  readonly adapter: AbstractHttpAdapter
}

/**
 * A global filter that lets the guard respond, and then calls the filter that Nest would have called for the guard's exception.
 * It costs nothing for requests without an error.
 */
class StepUpFilter implements ExceptionFilter {
  readonly #zone: ExceptionZone

  constructor(zone: ExceptionZone) {
    this.#zone = zone
  }

  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType() === 'http') return this.#respond(error, host)
    if (isGraphql(host)) return this.#reject(error, host)
    // In other contexts, the default applies if this returns `undefined`.
    return callFilter(this.#filterOf(error), error, host)
  }

  /**
   * Sends the response to an error. The promise never rejects, because Nest does not handle rejections in filters, so Node.js
   * would end the process.
   */
  async #respond(error: unknown, host: ArgumentsHost): Promise<unknown> {
    const byDefault = new BaseExceptionFilter(this.#zone.adapter)
    const exception = errorForUser(error)
      ? await guardedError(host.getArgs<PlatformArguments>(), error)
      : error
    try {
      return await callFilter(this.#filterOf(exception) ?? byDefault, exception, host)
    } catch (failure) {
      return byDefault.catch(failure, host)
    }
  }

  /**
   * Returns the error for a resolver: the result of the application's filter, or the exception if no filter handles it.
   */
  async #reject(error: unknown, host: ArgumentsHost): Promise<unknown> {
    const exception = await resolverError(host, error)
    const result = await callFilter(this.#filterOf(exception), exception, host)
    if (result === undefined) throw exception
    return result
  }

  /** Returns the filter that handles an exception. If several filters match, Nest calls the last one. */
  #filterOf(exception: unknown): ExceptionFilter | undefined {
    return this.#zone.config.getGlobalFilters().findLast((filter) => {
      if (filter instanceof StepUpFilter) return false
      const types = exceptionsOf(filter)
      return types.length === 0 || types.some((type) => exception instanceof type)
    })
  }
}

Catch(ErrorOfLibrary)(StepUpFilter)

/**
 * Replaces the interceptor by the filter, where both have the same effect.
 *
 * The interceptor stays if a controller or a method has a filter, because that filter runs before global filters, and if Nest
 * creates a filter for each request. It also stays if the application has global interceptors: each request pays for them
 * already, and those around the library's interceptor see the guard's exception.
 */
export function preferFilter(zone: ExceptionZone, modules: ModulesContainer): void {
  const { config } = zone
  const interceptors = config.getGlobalInterceptors()
  const isReplaceable =
    interceptors.every((one) => one instanceof StepUpInterceptor) &&
    config.getGlobalRequestFilters().length === 0 &&
    !hasOwnFilters(modules)
  if (!isReplaceable) return
  interceptors.length = 0
  config.addGlobalFilter(new StepUpFilter(zone))
}

function callFilter(
  filter: ExceptionFilter | undefined,
  ...given: Parameters<ExceptionFilter['catch']>
): unknown {
  return filter?.catch(...given)
}

function hasOwnFilters(modules: ModulesContainer): boolean {
  return handlersOf(modules).some(({ controller, methods }) =>
    [controller, ...methods.values()].some((target) => filtersOf(target).length > 0),
  )
}

/** Returns the exception with the guard's response, or the error if no guard can respond. */
async function guardedError(args: PlatformArguments, error: unknown): Promise<unknown> {
  const { authenticatedBy: guard, http } = findConnection(args[0]) ?? {}
  if (guard === undefined || http === undefined || http.isResponseSent) return error
  try {
    const response = await recover(guard, http, error)
    return response === undefined ? error : await toException(args, response)
  } catch (failure) {
    return failure
  }
}

/** Returns the GraphQL error for an `IdentityError` that a resolver throws, and other errors unchanged. */
async function resolverError(host: ArgumentsHost, error: unknown): Promise<unknown> {
  const call = findCall(host)
  if (errorForUser(error) === undefined || call?.guard === undefined) return hideDetails(error)
  try {
    const response = await recover(call.guard, call.connection.http, error)
    return response === undefined ? hideDetails(error) : await toResolverException(call, response)
  } catch (failure) {
    return hideDetails(failure)
  }
}

// Nest does not have public constants for these keys.

/** Returns the filters that `@UseFilters()` adds to a method or a class, which may be inherited. */
function filtersOf(target: object): readonly unknown[] {
  return read('__exceptionFilters__', target) ?? []
}

/** Returns the exception classes that `@Catch()` sets for a filter. Without a class, the filter handles all exceptions. */
function exceptionsOf(filter: ExceptionFilter): readonly Function[] {
  const prototype = Object.getPrototypeOf(filter) as object
  // Nest 12.5 sets them for the prototype too, because its constructor may be another class.
  return (
    read('__filterCatchExceptions__', prototype) ??
    read('__filterCatchExceptions__', prototype.constructor) ??
    []
  )
}

function read<T>(key: string, target: object): readonly T[] | undefined {
  return Reflect.getMetadata(key, target) as readonly T[] | undefined
}
