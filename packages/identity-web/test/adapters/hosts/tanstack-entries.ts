import { AsyncLocalStorage } from 'node:async_hooks'

// The modules that the plugin of TanStack Start generates for an application. vitest.config.ts replaces them by this file.

// TanStack Start reads it when its module is loaded.
process.env['TSS_SERVER_FN_BASE'] = '/_serverFn/'

/** An application of TanStack Start, as its plugin would build it. */
export interface StartApp {
  readonly getRouter: () => unknown
  readonly requestMiddleware: readonly unknown[]
  readonly functionMiddleware: readonly unknown[]
  /** The server functions by their identifiers. */
  readonly functions: Readonly<Record<string, unknown>>
}

/** The application of the current request. One process runs several applications. */
export const currentApp = new AsyncLocalStorage<StartApp>()

function app(): StartApp {
  const current = currentApp.getStore()
  if (current === undefined) throw new Error('No application handles the current request.')
  return current
}

export const getRouter = (): unknown => app().getRouter()

export const startInstance = {
  getOptions: async (): Promise<object> => app(),
}

export const getServerFnById = async (id: string): Promise<unknown> => app().functions[id]

export const tsrStartManifest = (): object => ({ routes: {} })

export const hasPluginAdapters = false

export const pluginSerializationAdapters: readonly object[] = []
