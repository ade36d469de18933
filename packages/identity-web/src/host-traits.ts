// The facts about a framework or a runtime that the core needs.
import { nodeProcess } from './fetch-api.ts'

/** The facts that the core must know about the framework or runtime that runs it. */
export interface HostTraits {
  /** `true` if the application starts once, as a server does, so that an error can end its start. */
  readonly hasStart?: boolean
  /**
   * `true` if the application is only being built, or if its variables are not known yet. Its settings may be missing
   * then, so they are not checked.
   */
  readonly isUnsettled?: boolean
  /** The redirect URI in the guide of the framework. The default is that of a server. */
  readonly redirectUriExample?: string
  /**
   * Changes the options for the framework.
   *
   * @param options - A copy of the options of the application, which the function may change.
   */
  readonly adapt?: (options: AdaptedOptions) => void
}

/** The options that frameworks set or change. */
export interface AdaptedOptions {
  basePath?: string | undefined
  homePath?: string | undefined
  fetch?: typeof fetch | undefined
  /** An option of `identity-web/h3` alone. */
  pageUser?: unknown
}

export const SERVER: HostTraits = { hasStart: true }

/** The environment in which an application runs. In production, users do not see texts for developers. @public */
export type AppEnvironment = 'production' | 'development'

/** Environment variables, such as `process.env` on Node.js. */
export type Environment = Readonly<Record<string, string | undefined>>

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
