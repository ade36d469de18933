import { RequestMethod } from '@nestjs/common'
import { Reflector, type ModulesContainer } from '@nestjs/core'
import { toDeclaredGuard, type DeclaredGuard, type ListedRoute } from '../../members/index.ts'
import { ownAccessOf, type AccessGuard } from './access-guard.ts'
import { accessOf, guardsOf, type Audience } from './access.ts'
import { controllersOf, isAccessGuard } from './controllers.ts'

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

/** Returns the guarded routes of the controllers of an application. */
export function routesOf({ modules, globalGuards, prefix }: NestRoutes): ListedRoute[] {
  return controllersOf(modules).flatMap(({ controller, methods, guards }) =>
    [...methods.values()].filter(handlesRequests).flatMap((handler) => {
      const named = [...globalGuards, ...guardsOf(controller), ...guardsOf(handler)]
      const instances = named.map((guard) =>
        typeof guard === 'function' ? guards.find((one) => one.constructor === guard) : guard,
      )
      return listEndpoint({ controller, handler, guards: instances.filter(isAccessGuard) }, prefix)
    }),
  )
}

function listEndpoint({ controller, handler, guards }: Endpoint, prefix: string): ListedRoute[] {
  const method = RequestMethod[read<number>('method', handler) ?? RequestMethod.GET] ?? 'GET'
  const paths = pathsOf(controller).flatMap((outer) =>
    pathsOf(handler).map((inner) => join(prefix, outer, inner)),
  )
  // A global guard and that of a decorator authenticate a request once.
  const declared = new Map<Audience, DeclaredGuard>()
  for (const guard of guards) {
    const own = ownAccessOf(guard)
    const { audience, given } = accessOf({ controller, handler }, own, guard.constructor)
    if (audience === own.audience && audience !== 'public') {
      const name = audience === 'mcp' ? 'authorizationRequired' : audience
      declared.set(audience, toDeclaredGuard(name, given))
    }
  }
  return [...declared.values()].flatMap((guard) =>
    paths.map((path) => ({ method, path, ...guard })),
  )
}

/** Whether a method handles requests. Nest stores its path. */
function handlesRequests(method: Function): boolean {
  return read('path', method) !== undefined
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
