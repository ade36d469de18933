import { IdentityError } from '../../errors.ts'
import type { Environment } from '../../web/index.ts'
import { oncePer } from './guards.ts'

/** Returns the variables that options are read from: the given ones, or those of the process if the runtime has them. */
export function toEnvironment(given?: object): Environment {
  const { process } = globalThis as { readonly process?: { readonly env?: Environment } }
  return (given as Environment | undefined) ?? process?.env ?? {}
}

/** The cores that options and an environment produce: one for the process, or one per environment of the requests. */
export interface Cores<Core extends object, Req> {
  /** Whether the core exists before the first request. */
  readonly isKnown: boolean
  /** The guards that routes were declared with. */
  readonly declared: ((core: Core) => unknown)[]
  /** Returns the core of a request. Without a request, it returns the latest one. */
  of(request?: Req): Core
}

/** Options, or a function that makes them of the bindings of an environment. Without bindings, only options. */
export type OptionsFor<Options, Bindings> =
  Options | ([Bindings] extends [never] ? never : (environment: Bindings) => Options)

/**
 * Creates a core as soon as its environment is known.
 * @param environmentOf - Returns the environment of a request. `undefined` if the process has the only one.
 */
export function createCores<Options, Bindings, Core extends object, Req>(
  options: Options | ((environment: Bindings) => Options),
  create: (options: Options, environment: Environment) => Core,
  environmentOf: ((request: Req) => object) | undefined,
): Cores<Core, Req> {
  if (environmentOf === undefined) {
    const core = create(options as Options, toEnvironment())
    return { isKnown: true, declared: [], of: () => core }
  }
  const toOptions =
    typeof options === 'function' ? (options as (environment: Bindings) => Options) : () => options
  const coreOf = oncePer((environment: object) =>
    create(toOptions(environment as Bindings), environment as Environment),
  )
  let latest: Core | undefined

  return {
    isKnown: false,
    declared: [],
    of(request) {
      if (request !== undefined) latest = coreOf(environmentOf(request))
      if (latest !== undefined) return latest
      // Without a log, because the first request may bring the missing settings. The paths are known already.
      if (typeof options !== 'function') return create({ ...options, logger: {} }, {})
      throw new IdentityError(
        'configuration',
        'The options are not known before the first request, because they depend on its environment. Read this value in a handler.',
      )
    },
  }
}

/** Creates the guard of a route per core. Configuration errors are thrown at once if the core is known. */
export function declareRoute<Core extends object, Req, Guard>(
  cores: Cores<Core, Req>,
  create: (core: Core) => Guard,
): (request?: Req) => Guard {
  const guardOf = oncePer(create)
  cores.declared.push(guardOf)
  if (cores.isKnown) guardOf(cores.of())
  return (request) => guardOf(cores.of(request))
}
