// The base of all guards of Nest.
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import type { AuthorizationContext } from '../../api/index.ts'
import { configurationError } from '../../errors.ts'
import { isThenable } from '../../maybe-promise.ts'
import { isAllowedBy } from '../../verdict.ts'
import { oncePer, type GuardedRoute, type RequestIdentity } from '../../classes/index.ts'
import type { LoginContext } from '../../web/index.ts'
import { accessOf, guardClass, type Access, type Audience } from './access.ts'
import { connectionOf, toNodeRequest, type PlatformArguments } from './request-state.ts'
import {
  callOf,
  hideDetails,
  isGraphql,
  toResolverException,
  type ResolverCall,
} from './graphql.ts'
import type { GuardedRequest } from './parameters.ts'
import { rejectWith } from './host.ts'

/** Creates a route's guard before its first request. Editors do not show this function. */
export let prepareGuard: (guard: AccessGuard<never>, access: Access) => void

const audiences = new Map<unknown, Audience>()

/** Registers the audience of a guard and the classes that extend it. */
export function registerGuard(guard: Function, audience: Audience): void {
  audiences.set(guard, audience)
}

/** Returns a guard's audience, or `undefined` if the guard does not belong to this library. */
export function audienceOfGuard(given: unknown): Audience | undefined {
  let type: unknown = guardClass(given)
  while (typeof type === 'function' && !audiences.has(type)) type = Object.getPrototypeOf(type)
  return audiences.get(type)
}

/** The common part of the guards. */
export abstract class AccessGuard<
  Context extends LoginContext<unknown> | AuthorizationContext,
> implements CanActivate {
  readonly #own: Access
  readonly #routeOf: (access: Access) => GuardedRoute<Context>
  /** A handler's requirement, by controller, because controllers may inherit handlers. */
  readonly #accessOf = oncePer((controller: Function) =>
    oncePer((handler: Function) => accessOf({ controller, handler }, this.#own, this.constructor)),
  )

  static {
    prepareGuard = (guard, access) => {
      if (access.audience === guard.#own.audience) guard.#routeOf(access)
    }
  }

  /**
   * @param own - The requirement for routes without a decorator. The guard handles all routes of its audience.
   */
  constructor(own: Access, routeOf: (access: Access) => GuardedRoute<Context>) {
    this.#own = own
    this.#routeOf = routeOf
  }

  /**
   * Allows a request, or rejects it with an exception that contains the response. Nest calls this method.
   * @param context - The context of an HTTP request or a GraphQL resolver.
   * @returns Always `true`.
   * @throws An `UnauthorizedException`, a `ForbiddenException`, or an `HttpException` with the status of a redirect or
   *   an error page. {@link IdentityError} `configuration` if the context does not belong to an HTTP request, or if the
   *   requirement is invalid.
   * @example expect(await guard.canActivate(context)).toBe(true)
   */
  canActivate(context: ExecutionContext): true | Promise<true> {
    const access = this.#accessOf(context.getClass())(context.getHandler())
    // A decorator with another audience adds its own guard.
    if (access.audience !== this.#own.audience) return true
    if (isGraphql(context)) return this.#guardResolver(context, access)
    assertHttp(context, this.constructor.name)
    const args = context.getArgs<PlatformArguments>()
    const request = args[0] as PlatformArguments[0] & GuardedRequest
    const connection = connectionOf(request)
    const { guard, store } = this.#routeOf(access)
    // The same guard may be set both globally and on the route.
    if (connection.authenticatedBy === guard) return true
    // A guard of an MCP server decides by the body, which Fastify keeps on its own request.
    toNodeRequest(request)
    const outcome = isAllowedBy(guard, connection.http, (known) => {
      store(request, known)
      request.identity = known as RequestIdentity
      connection.authenticatedBy = guard
    })
    return isThenable(outcome)
      ? allowLater(args, outcome)
      : outcome === true || rejectWith(args, outcome)
  }

  async #guardResolver(context: ExecutionContext, access: Access): Promise<true> {
    let call: ResolverCall
    let outcome: true | Response
    try {
      call = callOf(context, this.constructor.name)
      const { guard } = this.#routeOf(access)
      // The same guard may be set both globally and on the resolver.
      if (call.guard === guard) return true
      outcome = await isAllowedBy(guard, call.connection.http, (known) => {
        Object.assign(call, { guard, identity: known })
      })
    } catch (error) {
      throw hideDetails(error)
    }
    if (outcome === true) return true
    throw await toResolverException(call, outcome)
  }
}

async function allowLater(
  args: PlatformArguments,
  outcome: PromiseLike<true | Response>,
): Promise<true> {
  const response = await outcome
  return response === true || rejectWith(args, response)
}

function assertHttp(context: ExecutionContext, guard: string): void {
  const type = context.getType<string>()
  if (type === 'http') return
  throw configurationError(
    `${guard} guards only HTTP routes and GraphQL resolvers, but ${context.getClass().name}.${context.getHandler().name} handles ${type} messages. Mark it with @Public() and authenticate its callers in another way.`,
  )
}
