import { IdentityError } from '../../errors.ts'
import type { Environment } from '../../web/index.ts'
import { oncePer } from './guards.ts'

/**
 * Returns the environment variables for the options. They are the given variables, or else the variables of the
 * process.
 */
export function toEnvironment(given?: object): Environment {
  const { process } = globalThis as { readonly process?: { readonly env?: Environment } }
  return (given as Environment | undefined) ?? process?.env ?? {}
}

/** The cores. There is one for the whole process, or one for each environment of the requests. */
export interface Cores<Core extends object, Req> {
  /** Whether the core exists before the first request. */
  readonly isKnown: boolean
  /** The guards of all declared routes. */
  readonly declared: ((core: Core) => unknown)[]
  /** Returns the core of a request. Without a request, it returns the latest one. */
  of(request?: Req): Core
}

/** Options, or a function that makes them of the bindings of an environment. Without bindings, only options. */
export type OptionsFor<Options, Bindings> =
  Options | ([Bindings] extends [never] ? never : (environment: Bindings) => Options)

/**
 * Creates a core as soon as its environment is known.
 * @param environmentOf - Returns the environment of a request. `undefined` if all requests use the environment of the
 *   process.
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
        'The options depend on the environment of a request, so they are not known before the first request. Use this property only in a handler.',
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
