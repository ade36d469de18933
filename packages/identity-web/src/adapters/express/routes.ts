import { METHODS } from 'node:http'
import { guardOf, type DeclaredGuard, type ListedRoute } from '../../members/index.ts'
import type { App } from './respond.ts'

/** The router of an application, or of a part of one. */
interface RouterWithStack {
  readonly stack: readonly Layer[]
}

/** A middleware, a mounted router, or a route with its handlers. */
interface Layer {
  readonly handle: unknown
  readonly route?: { readonly path: unknown; readonly stack: readonly RouteLayer[] }
  /** Express 5: whether the middleware is mounted at `/`. */
  readonly slash?: boolean
  /** Express 4. */
  readonly regexp?: { readonly fast_slash?: boolean }
}

/** A handler of a route. */
interface RouteLayer {
  readonly handle: unknown
  /** In lower case. `undefined` for `router.all`. */
  readonly method?: string
}

/** Returns the guarded routes of an Express application or router. */
export function routesOf(app: App): ListedRoute[] {
  return listStack(routerOf(app).stack, '')
}

function routerOf(app: App): RouterWithStack {
  const { stack, _router } = app as { stack?: readonly Layer[]; _router?: RouterWithStack }
  if (stack !== undefined) return { stack }
  // In Express 4, the property `router` throws an error.
  return _router ?? (app as unknown as { readonly router: RouterWithStack }).router
}

/** @param prefix - The path of the router, or `…` if it is not known. */
function listStack(stack: readonly Layer[], prefix: string): ListedRoute[] {
  return stack.flatMap(({ handle, route, slash, regexp }): ListedRoute[] => {
    if (route !== undefined) return listRoute(route, prefix)
    const isRoot = slash === true || regexp?.fast_slash === true
    // Express keeps only a function that matches the path.
    const path = isRoot ? prefix : '…'
    const guard = guardOf(handle)
    if (guard !== undefined) return [{ method: 'ALL', path: `${path}/*`, ...guard }]
    const nested = (handle as Partial<RouterWithStack> | undefined)?.stack
    return nested === undefined ? [] : listStack(nested, path)
  })
}

function listRoute({ path, stack }: NonNullable<Layer['route']>, prefix: string): ListedRoute[] {
  const methods = new Map<DeclaredGuard, Set<string | undefined>>()
  for (const { handle, method } of stack) {
    const guard = guardOf(handle)
    if (guard === undefined) continue
    methods.set(guard, (methods.get(guard) ?? new Set()).add(method?.toUpperCase()))
  }
  const paths = [path].flat().map((one) => `${prefix}${String(one)}`)
  return [...methods].flatMap(([guard, of]) =>
    namesOf(of).flatMap((method) => paths.map((one) => ({ method, path: one, ...guard }))),
  )
}

/** `app.all` adds a handler for each method that Node.js knows. */
function namesOf(methods: ReadonlySet<string | undefined>): readonly string[] {
  const isAll = methods.has(undefined) || METHODS.every((method) => methods.has(method))
  return isAll ? ['ALL'] : [...methods].filter((method) => method !== undefined)
}
