import type { FastifyInstance, RouteOptions } from 'fastify'
import { guardOf, type ListedRoute } from '../../members/index.ts'
import type { App } from './plugin.ts'

// The handlers and hooks of a route that can be guards.
const PLACES = [
  'onRequest',
  'preParsing',
  'preValidation',
  'preHandler',
  'handler',
] as const satisfies readonly (keyof RouteOptions)[]

const lists = new WeakMap<App, ListedRoute[]>()

/**
 * Records the guarded routes that an application declares from now on. Fastify does not keep a list of its routes.
 * @returns The list, which grows.
 */
export function recordRoutes(app: App): readonly ListedRoute[] {
  const known = lists.get(app)
  if (known !== undefined) return known
  const list: ListedRoute[] = []
  lists.set(app, list)
  const instance = app as Partial<Pick<FastifyInstance, 'addHook'>>
  instance.addHook?.('onRoute', function (route) {
    list.push(...routesOf(route, this.supportedMethods))
  })
  return list
}

function routesOf(
  route: RouteOptions & { readonly path: string },
  supported: readonly string[],
): ListedRoute[] {
  const guards = PLACES.flatMap((place) => [route[place] as unknown].flat())
    .map((handler) => guardOf(handler))
    .filter((guard) => guard !== undefined)
  const all = [route.method].flat()
  // Fastify adds a route for HEAD to each route for GET.
  const methods = supported.every((method) => all.includes(method))
    ? ['ALL']
    : all.filter((method) => method !== 'HEAD')
  return methods.flatMap((method) =>
    guards.map((guard) => ({ method, path: route.path, ...guard })),
  )
}
