/** The facts that the core must know about the framework or runtime that runs it. */
export interface HostTraits {
  /** `true` if the application starts once, as a server does, so that an error can end its start. */
  readonly hasStart?: boolean
  /**
   * `true` if the application is only being built, or if its variables are not known yet. Its settings may be missing
   * then, so they are not checked.
   */
  readonly isUnsettled?: boolean
}

export const SERVER: HostTraits = { hasStart: true }

/** The environment in which an application runs. In production, users do not see texts for developers. @public */
export type AppEnvironment = 'production' | 'development'

/** Environment variables, such as `process.env` on Node.js. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The parts of Node.js that tell how this process was started. The types of Node.js are not available here. */
export interface NodeProcess {
  readonly env: Environment
  readonly argv: readonly string[]
  readonly execArgv: readonly string[]
  readonly versions: { readonly node?: string }
  cwd(): string
  getBuiltinModule(name: string): unknown
}

/** Returns the parts of `process` that exist on this runtime. */
export function nodeProcess(): Partial<NodeProcess> {
  return (globalThis as { readonly process?: Partial<NodeProcess> }).process ?? {}
}

/**
 * Returns whether Angular builds the application. `ng build` runs `server.ts` to find the routes, often without the
 * production settings.
 *
 * Angular then loads `server.ts` from memory, in a worker that starts with its loader. A server runs from files, and
 * without this loader.
 */
export function isAngularBuild(): boolean {
  const { execArgv = [], getBuiltinModule } = nodeProcess()
  if (!execArgv.some((argument) => ANGULAR_LOADER.test(argument))) return false
  const threads = getBuiltinModule?.('node:worker_threads') as
    | { readonly isMainThread: boolean }
    | undefined
  return threads?.isMainThread === false
}

const ANGULAR_LOADER = /\/@angular\/build\/.*\/esm-in-memory-loader\/register-hooks\.js$/
