import type { Context } from 'hono'
import { env, getRuntimeKey } from 'hono/adapter'
import { IdentityError } from '../../errors.ts'
import type { Environment } from '../../web/index.ts'
import { toEnvironment } from '../base/environment.ts'

/** What is made of options and an environment: one for all requests, or one for each environment that they bring. */
export interface PerEnvironment<Core> {
  /** Whether it is there already, before any request. */
  readonly isKnown: boolean
  /** The one of a request; without one, the latest. */
  (c?: Context): Core
}

/** Options, or what makes them of an environment's bindings. */
export type OptionsFor<Options, Bindings> = Options | ((environment: Bindings) => Options)

/**
 * Makes a core where the environment is known: at once where there is one for the whole process, with the request on
 * Workers, whose bindings are nowhere else, and where a function asks for them.
 */
export function perEnvironment<Options, Bindings, Core>(
  options: OptionsFor<Options, Bindings>,
  make: (options: Options, environment: Environment) => Core,
): PerEnvironment<Core> {
  const isOnWorkers = getRuntimeKey() === 'workerd'
  const toOptions =
    typeof options === 'function' ? (options as (environment: Bindings) => Options) : undefined
  if (toOptions === undefined && !isOnWorkers) {
    const core = make(options as Options, toEnvironment())
    return Object.assign(() => core, { isKnown: true })
  }
  const made = new WeakMap<object, Core>()
  let ofProcess: object | undefined
  let latest: Core | undefined

  // Elsewhere than on Workers it is one for all, of which some runtimes make a copy for each call.
  const environmentOf = (c: Context): object =>
    isOnWorkers
      ? ((c.env as object | undefined) ?? NO_BINDINGS)
      : (ofProcess ??= env(c as Context<object>))

  const coreOf = (c?: Context): Core => {
    if (c !== undefined) {
      const environment = environmentOf(c)
      latest = made.get(environment)
      if (latest === undefined) {
        const own = toOptions?.(environment as Bindings) ?? (options as Options)
        latest = make(own, environment as Environment)
        made.set(environment, latest)
      }
    }
    if (latest !== undefined) return latest
    // Quietly: what is missing may come with the first request, and paths follow from what is there.
    if (toOptions === undefined) return make({ ...(options as Options), logger: {} }, {})
    throw new IdentityError(
      'configuration',
      'The environment comes with the requests, so nothing of this is known before the first one. Ask for it in a handler.',
    )
  }
  return Object.assign(coreOf, { isKnown: false })
}

const NO_BINDINGS = {}
