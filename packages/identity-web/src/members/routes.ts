import type { AuthorizationRequirement } from '../api/index.ts'
import { IdentityError } from '../errors.ts'
import type { LoginRequirement } from '../web/index.ts'
import type { EitherRequirement } from '../session-or-bearer/requirement.ts'

/** A guard and its requirement. */
interface Declared<Guard extends string, Requirement> {
  /** The guard. */
  readonly guard: Guard
  /** The requirement of the guard. `{}` means its default. */
  readonly requirement: Requirement
}

/** The guard of a route, and what it requires. @public */
export type DeclaredGuard =
  | Declared<'loginRequired', LoginRequirement>
  | Declared<'authorizationRequired', AuthorizationRequirement>
  | Declared<'orBearer', EitherRequirement>

/**
 * A guarded route, as `auth.routes()` lists it.
 *
 * @example
 * ```ts
 * const route: ListedRoute = {
 *   method: 'GET',
 *   path: '/admin',
 *   guard: 'loginRequired',
 *   requirement: { roles: ['Admin'] },
 * }
 * ```
 * @public
 */
export type ListedRoute = DeclaredGuard & {
  /** The HTTP method, such as `GET`. `ALL` means every method. */
  readonly method: string
  /**
   * The path as the framework shows it. In Express, a router does not know the path that it is mounted at, so the path starts
   * with `…` there.
   */
  readonly path: string
}

/** The member `routes` of `Auth` and `ApiAuth`, in frameworks that know their routes. */
export interface ListsRoutes {
  /**
   * Lists the guarded routes of the application, with their guards and requirements. Use it to review who may open what, or in a
   * test that no route lost its guard.
   *
   * Call it after you have declared all routes. It contains the guards of every `Auth` and `ApiAuth`. Without a guard of this
   * library, a route is not listed. It also misses these guards: those of applications that are mounted on an Express
   * application, and hooks that a part of a Fastify application adds for all its routes.
   * @returns One entry for each method, path and guard, in the order of the framework.
   * @throws IdentityError `configuration` if the object does not know the application.
   * @example
   * ```ts
   * console.table(auth.routes())
   * // { method: 'GET', path: '/admin', guard: 'loginRequired', requirement: { roles: ['Admin'] } }
   * ```
   */
  routes(): readonly ListedRoute[]
}

// Not properties of the handlers, which belong to the application and its framework.
const guards = new WeakMap<object, DeclaredGuard>()

/**
 * Records the guard of a handler or a middleware.
 * @param given - The arguments of the guard, which were checked.
 * @returns The handler.
 */
export function recordGuard<Handler extends object>(
  handler: Handler,
  guard: DeclaredGuard['guard'],
  given: readonly unknown[],
): Handler {
  guards.set(handler, toDeclaredGuard(guard, given))
  return handler
}

export function toDeclaredGuard(
  guard: DeclaredGuard['guard'],
  [requirement]: readonly unknown[],
): DeclaredGuard {
  const given = typeof requirement === 'object' ? requirement : {}
  return { guard, requirement: given } as DeclaredGuard
}

/** Returns the guard of a handler or a middleware. Returns `undefined` if it does not have one. */
export function guardOf(handler: unknown): DeclaredGuard | undefined {
  return typeof handler === 'function' ? guards.get(handler) : undefined
}

/** Returns the guarded routes of an application. */
export type RouteSource = () => readonly ListedRoute[]

const sources = new WeakMap<object, RouteSource[]>()

/** Records an application of an `Auth` or an `ApiAuth`. */
export function addRouteSource(owner: object, source: RouteSource): void {
  const known = sources.get(owner)
  if (known === undefined) sources.set(owner, [source])
  else known.push(source)
}

/** @throws IdentityError `configuration` if the owner does not have an application. */
export function listRoutes(owner: object): readonly ListedRoute[] {
  const known = sources.get(owner)
  if (known === undefined) {
    throw new IdentityError(
      'configuration',
      'routes() does not know the application. Pass it, for example new ApiAuth(app, options), or import IdentityModule in NestJS.',
    )
  }
  return known.flatMap((source) => source())
}
