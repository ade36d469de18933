import type { ApiAuthOptions, AuthOptions } from 'identity-web/express'
import { startDevProvider, type DevProvider } from 'identity-web-dev'
import { afterAll, beforeAll, beforeEach, test } from 'vitest'
import { SESSION_SECRET, createClock, type Clock } from '../../support/site.ts'

/** How one application of the contract is set up: what a host hands on to its `Auth` and its `ApiAuth`, as it is. */
export interface ContractOptions {
  readonly auth: AuthOptions
  readonly api: ApiAuthOptions
}

/** What a host may be asked to do differently. */
export interface ContractVariant {
  /** Mount an application of its own, with an `Auth` of its own, under each of these paths. @defaultValue the root */
  readonly prefixes?: readonly string[]
  /** A body parser of the framework in front of the routes. */
  readonly parsesBodies?: boolean
  /** The sign-in object is made before the application and given to it later. */
  readonly deferred?: boolean
  /** `routes: false`, with the application's own routes at the same paths. */
  readonly ownRoutes?: boolean
}

/** What a framework may have no counterpart of. */
export type Feature =
  | 'parsesBodies'
  | 'deferred'
  | 'middleware'
  | 'standalone'
  /** The application answers the errors of handlers. */
  | 'errorHandler'
  /** A header that comes twice is seen twice. */
  | 'everyHeader'

/** Starts a host; see `pages.md` for what its pages do. */
export type StartHost = (
  options: (origin: string, prefix: string) => ContractOptions,
  variant: Required<ContractVariant>,
) => Promise<{ readonly origin: string; close(): Promise<void> }>

/** Makes the application of a host that serves a function from `Request` to `Response`. */
export type CreateApp = (
  options: (prefix: string) => ContractOptions,
  variant: Required<ContractVariant>,
) => (request: Request, environment?: object) => Promise<Response>

/** A host that runs, for one case. */
export interface Site {
  /** Where the first of its applications is, with the prefix. */
  readonly origin: string
  /** Where another one is. */
  at(prefix: string): string
}

/** How a case wants its host. */
export interface Wanted extends ContractVariant {
  /** Options of `Auth` besides the provider's. */
  readonly auth?: AuthOptions | ((prefix: string) => AuthOptions)
}

/** What the cases of a host work with. */
export interface Bench {
  /** The provider; its clock is the hosts' too. */
  readonly provider: () => DevProvider
  readonly clock: Clock
  /** Runs a case on a host of its own. */
  on(wanted: Wanted, act: (site: Site) => Promise<void>): Promise<void>
  /** A case that needs what a framework may have no counterpart of. */
  behaves(name: string, needs: readonly Feature[], act: () => Promise<void>): void
}

/** @param without - What the framework has no counterpart of, and why. */
export function createBench(
  start: StartHost,
  without: Partial<Readonly<Record<Feature, string>>>,
): Bench {
  const clock = createClock()
  let provider: DevProvider
  beforeAll(async () => {
    provider = await startDevProvider({ now: clock.now })
  })
  afterAll(() => provider.close())
  beforeEach(({ task }) => {
    provider.reset()
    // For the table that `npm run contract` prints.
    Object.assign(task.meta, { without })
  })

  return {
    provider: () => provider,
    clock,

    async on({ auth = {}, ...wanted }, act) {
      const { prefixes = [''], parsesBodies = false, deferred = false, ownRoutes = false } = wanted
      const host = await start(
        (origin, prefix) => ({
          auth: {
            authority: provider.authority(),
            clientId: provider.app.clientId,
            clientCredential: provider.app.clientSecret,
            endpoint: provider.graphMe,
            redirectUri: `${origin}${prefix}/auth/redirect`,
            session: { secret: SESSION_SECRET },
            routes: !ownRoutes,
            timeoutSeconds: 2,
            now: clock.now,
            ...(typeof auth === 'function' ? auth(prefix) : auth),
          },
          api: {
            authority: provider.authority(),
            clientId: provider.api.clientId,
            clientCredential: provider.api.clientSecret,
            audience: provider.api.idUri,
            resource: `${origin}${prefix}`,
            timeoutSeconds: 2,
            now: clock.now,
          },
        }),
        { prefixes, parsesBodies, deferred, ownRoutes },
      )
      const at = (prefix: string): string => host.origin + prefix
      try {
        await act({ origin: at(prefixes[0] ?? ''), at })
      } finally {
        await host.close()
      }
    },

    behaves(name, needs, act) {
      const isPossible = needs.every((feature) => without[feature] === undefined)
      test.each(isPossible ? [name] : [])('%s', () => act())
    },
  }
}
