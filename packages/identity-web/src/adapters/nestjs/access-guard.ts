import type { CanActivate, ExecutionContext } from '@nestjs/common'
import { MetadataScanner, type ModulesContainer } from '@nestjs/core'
import type { AuthorizationContext } from '../../api/index.ts'
import { IdentityError } from '../../errors.ts'
import { andThen } from '../../maybe-promise.ts'
import type { LoginContext } from '../../web/index.ts'
import type { GuardedRoute } from '../base/guards.ts'
import { accessOf, declaredBy, type Access } from './access.ts'
import { connectionOf, type PlatformArguments } from './connection.ts'
import type { GuardedRequest } from './parameters.ts'
import { rejectWith } from './respond.ts'

/** Creates the guard of a route before its first request. Editors do not show this function. */
let prepareGuard: (guard: AccessGuard<never>, access: Access) => void

/** Returns the requirement of a guard for routes without a decorator. Editors do not show this function. */
export let ownAccessOf: (guard: AccessGuard<never>) => Access

/** The common part of the guards. */
export abstract class AccessGuard<
  Context extends LoginContext<unknown> | AuthorizationContext,
> implements CanActivate {
  readonly #own: Access
  readonly #routeOf: (access: Access) => GuardedRoute<Context>

  static {
    ownAccessOf = (guard) => guard.#own
    prepareGuard = (guard, access) => {
      if (access.audience === guard.#own.audience) guard.#routeOf(access)
    }
  }

  /**
   * @param own - The requirement for routes without a decorator. The guard handles all routes that have its audience.
   */
  constructor(own: Access, routeOf: (access: Access) => GuardedRoute<Context>) {
    this.#own = own
    this.#routeOf = routeOf
  }

  /**
   * Allows a request, or rejects it with an exception that contains the response. Nest calls it.
   * @param context - The context of an HTTP request.
   * @returns Always `true`.
   * @throws An `UnauthorizedException`, a `ForbiddenException`, or an `HttpException` with the status of a redirect or an
   *   error page. {@link IdentityError} `configuration` if it is not an HTTP request, or if the requirement is invalid.
   * @example expect(await guard.canActivate(context)).toBe(true)
   */
  canActivate(context: ExecutionContext): true | Promise<true> {
    const access = accessOf(context, this.#own, this.constructor)
    // A decorator with another audience adds its own guard.
    if (access.audience !== this.#own.audience) return true
    assertHttp(context, this.constructor.name)
    const args = context.getArgs<PlatformArguments>()
    const request = args[0] as PlatformArguments[0] & GuardedRequest
    const connection = connectionOf(request)
    const { guard, store } = this.#routeOf(access)
    // The same guard may be set both globally and on the route.
    if (connection.authenticatedBy === guard) return true
    const outcome = guard(connection.http, (known) => {
      store(request, known)
      request.identity = known
      connection.authenticatedBy = guard
      return undefined
    })
    return andThen(outcome, (response): true | Promise<true> =>
      response === undefined ? true : rejectWith(args, response),
    )
  }
}

function assertHttp(context: ExecutionContext, guard: string): void {
  const type = context.getType<string>()
  if (type === 'http') return
  throw new IdentityError(
    'configuration',
    `${guard} guards HTTP routes only, but ${context.getClass().name}.${context.getHandler().name} handles ${type} messages. Mark it with @Public() and authenticate its callers in another way.`,
  )
}

/**
 * Creates the guards of all routes, so that the application does not start with an invalid declaration.
 * @throws IdentityError `configuration` for an invalid requirement.
 */
export function checkRoutes(modules: ModulesContainer): void {
  for (const { controllers, injectables } of modules.values()) {
    const guards = [...injectables.values()].flatMap(({ instance }) =>
      instance instanceof AccessGuard ? [instance as AccessGuard<never>] : [],
    )
    const declared = [...controllers.values()].flatMap(({ metatype }) => accessesOf(metatype))
    for (const access of declared) for (const guard of guards) prepareGuard(guard, access)
  }
}

function accessesOf(controller: unknown): Access[] {
  if (typeof controller !== 'function') return []
  const prototype = controller.prototype as Record<string, object>
  const methods = new MetadataScanner().getAllMethodNames(prototype)
  return [controller, ...methods.map((name) => prototype[name])].flatMap(
    (target) => (target && declaredBy(target)) ?? [],
  )
}
