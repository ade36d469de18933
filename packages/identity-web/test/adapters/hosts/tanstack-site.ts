import { currentApp } from './tanstack-entries.ts'
import {
  BaseRootRoute,
  BaseRoute,
  RouterCore,
  createNonReactiveMutableStore,
  createNonReactiveReadonlyStore,
} from '@tanstack/router-core'
import { createMiddleware, createServerFn } from '@tanstack/start-client-core'
import { createStartHandler } from '@tanstack/start-server-core'
import { createServerRpc } from '@tanstack/start-server-core/createServerRpc'
import type { FunctionMiddleware, RequestMiddleware } from 'identity-web/tanstack-start'

/** The function of a server route, of a server function or of a function middleware. */
export type StartFunction = (args: any) => unknown

/** A route of an application: a page with a loader, or a server route for any method. */
export interface StartRoute {
  readonly loader?: () => unknown
  readonly handler?: StartFunction
}

/** What an application of TanStack Start consists of. */
export interface StartParts {
  readonly middleware: readonly RequestMiddleware[]
  readonly functionMiddleware?: readonly FunctionMiddleware[]
  readonly routes: Readonly<Record<string, StartRoute>>
  /** The server functions by their identifiers. */
  readonly functions?: Readonly<Record<string, ServerFunction>>
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Serves an application as the build of TanStack Start does. A page shows the data of its loader as JSON. */
export function createStartSite({
  middleware,
  functionMiddleware = [],
  routes,
  functions = {},
}: StartParts): (request: Request) => Promise<Response> {
  const handle = createStartHandler(({ router, responseHeaders }) => {
    const matches = router.stores.matches.get()
    const failed = matches.find(({ status }) => status === 'error')
    const body = failed === undefined ? matches.at(-1)?.loaderData : String(failed.error)
    const { _serverResult: result } = router as unknown as Rendered
    return new Response(JSON.stringify(body ?? null), {
      status: result.status,
      headers: responseHeaders,
    })
  })
  const app = {
    getRouter: () => createRouter(routes),
    requestMiddleware: middleware.map((run) => createMiddleware().server(run)),
    functionMiddleware: functionMiddleware.map((run) =>
      createMiddleware({ type: 'function' }).server(run),
    ),
    functions: Object.fromEntries(Object.entries(functions).map(([id, { rpc }]) => [id, rpc])),
  }
  return (request) => currentApp.run(app, () => handle(request) as Promise<Response>)
}

interface Rendered {
  readonly _serverResult: { readonly status: number }
}

function createRouter(routes: StartParts['routes']): unknown {
  const root = new BaseRootRoute({})
  const children = Object.entries(routes).map(
    ([path, { loader, handler }]) =>
      new BaseRoute({
        getParentRoute: () => root,
        path,
        ...(loader !== undefined && { loader }),
        ...(handler !== undefined && {
          server: { handlers: Object.fromEntries(METHODS.map((method) => [method, handler])) },
        }),
      } as never),
  )
  const options = { routeTree: root.addChildren(children as never), isServer: true }
  return new RouterCore(options as never, () => ({
    createMutableStore: createNonReactiveMutableStore,
    createReadonlyStore: createNonReactiveReadonlyStore,
    batch: (run: () => void) => run(),
  }))
}

/** A server function as the server has it. */
export interface ServerFunction {
  /** Calls it, as a loader does. */
  (options?: { readonly data?: unknown }): Promise<unknown>
  /** What the server runs if the browser calls it. */
  readonly rpc: CallableFunction
}

/** Makes a server function, as the compiler of TanStack Start does. */
export function serverFunction(
  id: string,
  run: StartFunction,
  { method = 'GET', middleware = [] }: ServerFunctionOptions = {},
): ServerFunction {
  const rpc = createServerRpc({ id, name: id, filename: id }, (options: never) => execute(options))
  const builder = createServerFn({ method }).middleware(middleware as never) as unknown as {
    handler(rpc: CallableFunction, run: StartFunction): Compiled
  }
  const callable = builder.handler(rpc, run)
  const { __executeServer: execute } = callable
  return Object.assign(callable as unknown as ServerFunction, { rpc })
}

interface Compiled {
  __executeServer(options: never): unknown
}

interface ServerFunctionOptions {
  readonly method?: 'GET' | 'POST'
  readonly middleware?: readonly object[]
}

/** The URL of a server function, as the script of a page calls it. */
export const urlOf = (id: string): string => `/_serverFn/${id}`

/** The headers of a call of a server function by the script of a page. */
export const CALL = { 'x-tsr-serverfn': 'true', accept: 'application/json' }
