// One core for a process, or for each environment of Workers.
import type { WebApi } from '../api/index.ts'
import { configurationError } from '../errors.ts'
import { nodeProcess } from '../fetch-api.ts'
import type { HostTraits } from '../host-traits.ts'
import { partsOf, type SessionOrBearerContext } from '../session-or-bearer/index.ts'
import type { Environment, WebAuth } from '../web/index.ts'
import {
  oncePer,
  sessionOrBearerArguments,
  sessionOrBearerGuard,
  type GuardedRoute,
  type SessionOrBearerOwners,
} from './guards.ts'

/**
 * Returns the environment variables for the options: the given variables, or else those of the process.
 */
export function toEnvironment(given?: object): Environment {
  return (given as Environment | undefined) ?? nodeProcess().env ?? {}
}

/** The cores: one for the whole process, or one for each environment of the requests. */
export interface Cores<Core extends object, Req> {
  /** `true` if the core exists before the first request. */
  readonly isKnown: boolean
  /** The guards of all declared routes. */
  readonly declared: ((core: Core) => unknown)[]
  /** Returns a request's core or, without a request, the latest one. */
  of(request?: Req): Core
}

/**
 * The options, or a function that receives an environment's bindings and returns the options. A function is not allowed
 * without bindings.
 */
export type OptionsFor<Options, Bindings> =
  | Options
  | ([Bindings] extends [never] ? never : (environment: Bindings) => Options)

/** Creates a core from options and an environment's variables. */
export type CreateCore<Options, Core> = (
  options: Options,
  environment: Environment,
  host?: HostTraits,
) => Core

/** The source of an application's environments. */
export interface Environments<Req> {
  /** Returns a request's environment, or `undefined` if the process has only one environment. */
  readonly of: ((request: Req) => object) | undefined
  readonly host: HostTraits
}

/** Creates a core as soon as its environment is known. */
export function createCores<Options, Bindings, Core extends object, Req>(
  options: Options | ((environment: Bindings) => Options),
  create: CreateCore<Options, Core>,
  { of: environmentOf, host }: Environments<Req>,
): Cores<Core, Req> {
  if (environmentOf === undefined) {
    const core = create(options as Options, toEnvironment(), host)
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
      // The first request may bring the missing settings. The paths are known already.
      if (typeof options !== 'function') return create(options, {}, { isUnsettled: true })
      throw configurationError(
        'The options depend on the environment of a request, so they are not known before the first request. Use this property only in a handler.',
      )
    },
  }
}

/**
 * Creates a route's guard for each core. If the core is already known, configuration errors are thrown at once.
 */
export function declareRoute<Core extends object, Req, Guard>(
  cores: Cores<Core, Req>,
  create: (core: Core) => Guard,
): (request?: Req) => Guard {
  const guardOf = oncePer(create)
  cores.declared.push(guardOf)
  if (!cores.isKnown) return (request) => guardOf(cores.of(request))
  const guard = guardOf(cores.of())
  return () => guard
}

/**
 * Declares a route of `auth.orBearer(api).required` if the cores depend on a request's environment.
 * @throws IdentityError `configuration` for an invalid requirement. If the cores are not known yet, the first request
 *   throws it.
 */
export function declareSessionOrBearer<User, Req>(
  owners: SessionOrBearerOwners<User>,
  given: readonly unknown[],
  [webs, apis]: readonly [Cores<WebAuth<User>, Req>, Cores<WebApi, Req>],
): (request: Req) => GuardedRoute<SessionOrBearerContext<User>> {
  const { authorization } = partsOf(sessionOrBearerArguments(given).requirement)
  declareRoute(apis, (api) => api.guard(authorization))
  const routeOf = declareRoute(webs, (web) =>
    oncePer((api: WebApi) => sessionOrBearerGuard(owners, given, { web, api })),
  )
  if (webs.isKnown && apis.isKnown) routeOf()(apis.of())
  return (request) => routeOf(request)(apis.of(request))
}
