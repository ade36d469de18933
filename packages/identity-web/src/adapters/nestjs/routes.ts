import { RequestMethod, type ExecutionContext } from '@nestjs/common'
import { MetadataScanner, Reflector, type ModulesContainer } from '@nestjs/core'
import { toDeclaredGuard, type DeclaredGuard, type ListedRoute } from '../../members/index.ts'
import { AccessGuard, ownAccessOf } from './access-guard.ts'
import { accessOf, GUARDS, type Audience } from './access.ts'

/** The application whose routes are listed. */
export interface NestRoutes {
  readonly modules: ModulesContainer
  /** The guards of all routes, for example those of `APP_GUARD`. */
  readonly globalGuards: readonly unknown[]
  /** The global prefix, such as `/v1`. */
  readonly prefix: string
}

/** A method of a controller that handles requests. */
interface Endpoint {
  readonly controller: Function
  readonly handler: Function
  /** The guards of the route, as instances. */
  readonly guards: readonly AccessGuard<never>[]
}

const reflector = new Reflector()

const NAMES: Readonly<Record<Exclude<Audience, 'public'>, DeclaredGuard['guard']>> = {
  login: 'loginRequired',
  authorization: 'authorizationRequired',
  either: 'orBearer',
}

/** Returns the guarded routes of the controllers of an application. */
export function routesOf({ modules, globalGuards, prefix }: NestRoutes): ListedRoute[] {
  return [...modules.values()].flatMap(({ controllers, injectables }) => {
    const instances = [...injectables.values()].map(({ instance }) => instance)
    return [...controllers.values()].flatMap(({ metatype }) =>
      typeof metatype === 'function'
        ? handlersOf(metatype).flatMap((handler) => {
            const named = [...namedGuards(metatype), ...namedGuards(handler)]
            const guards = [...globalGuards, ...named].map((guard) =>
              typeof guard === 'function'
                ? instances.find((instance) => instance?.constructor === guard)
                : guard,
            )
            const endpoint = { controller: metatype, handler, guards: guards.filter(isAccessGuard) }
            return listEndpoint(endpoint, prefix)
          })
        : [],
    )
  })
}

function listEndpoint({ controller, handler, guards }: Endpoint, prefix: string): ListedRoute[] {
  const context = { getHandler: () => handler, getClass: () => controller } as ExecutionContext
  const method = RequestMethod[read<number>('method', handler) ?? RequestMethod.GET] ?? 'GET'
  const paths = pathsOf(controller).flatMap((outer) =>
    pathsOf(handler).map((inner) => join(prefix, outer, inner)),
  )
  // A global guard and that of a decorator authenticate a request once.
  const declared = new Map<Audience, DeclaredGuard>()
  for (const guard of guards) {
    const own = ownAccessOf(guard)
    const { audience, given } = accessOf(context, own, guard.constructor)
    if (audience === own.audience && audience !== 'public') {
      declared.set(audience, toDeclaredGuard(NAMES[audience], given))
    }
  }
  return [...declared.values()].flatMap((guard) =>
    paths.map((path) => ({ method, path, ...guard })),
  )
}

/** Returns the methods of a controller that handle requests. Nest stores their paths. */
function handlersOf(controller: Function): Function[] {
  const prototype = controller.prototype as Readonly<Record<string, Function>>
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .map((name) => prototype[name])
    .filter((method) => method !== undefined && read('path', method) !== undefined) as Function[]
}

function namedGuards(target: Function): readonly unknown[] {
  return read<readonly unknown[]>(GUARDS, target) ?? []
}

function pathsOf(target: Function): string[] {
  return [read<string | string[]>('path', target) ?? ''].flat()
}

function join(...parts: readonly string[]): string {
  const segments = parts.map((part) => part.replaceAll(/^\/+|\/+$/g, ''))
  return `/${segments.filter((segment) => segment !== '').join('/')}`
}

function read<T>(key: string, target: Function): T | undefined {
  return reflector.get<T | undefined>(key, target as () => unknown)
}

function isAccessGuard(guard: unknown): guard is AccessGuard<never> {
  return guard instanceof AccessGuard
}
