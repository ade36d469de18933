import type {
  ApiAuthOptions,
  ForwardOptions,
  AuthOptions,
  McpAuthOptions,
} from 'identity-web/express'
import type { DevProvider } from 'identity-web-dev'
import { test as base } from '../../support/fixtures.ts'
import { PATIENT_SECONDS, SESSION_SECRET, type Clock } from '../../support/site.ts'

/** How one application of the contract is set up: what a host hands on to its `Auth`, its `ApiAuth` and its `McpAuth`, as it is. */
export interface ContractOptions {
  readonly auth: AuthOptions
  readonly api: ApiAuthOptions
  readonly mcp: McpAuthOptions
  /** The options of `auth.forward()` by their paths. */
  readonly forwards?: Readonly<Record<string, ForwardOptions>> | undefined
}

/** The origin of pages that may call the MCP server. */
export const ALLOWED_ORIGIN = 'https://chat.contoso.example'

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
  /** The entry point exports `McpAuth`. */
  | 'mcp'
  /** The framework sends a response before it has all of it. */
  | 'streams'
  /** The framework tells when a response has started. */
  | 'startOfResponse'
  /** Each side of a streamed response learns that the other one has closed its connection. */
  | 'disconnects'
  /** The host runs in the process of the test, so its options can contain functions. */
  | 'functions'

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
  /** Options of `ApiAuth` besides the provider's. */
  readonly api?: ApiAuthOptions
  /** Options of `McpAuth` besides the provider's. */
  readonly mcp?: McpAuthOptions
  readonly forwards?: (prefix: string) => ContractOptions['forwards']
}

/** Runs a case on its own host. */
export type RunOnHost = (wanted: Wanted, act: (site: Site) => Promise<void>) => Promise<void>

/** `test` for one framework, with the fixture `startHost`. */
export type HostTest = ReturnType<typeof hostTest>

/** What the cases of a host work with. */
export interface Bench {
  /** The fixtures of support/fixtures.ts, and `on`. */
  readonly test: ReturnType<typeof benchTest>
  /** A case that needs what a framework may have no counterpart of. */
  behaves(
    name: string,
    needs: readonly Feature[],
    act: (fixtures: { provider: DevProvider; clock: Clock; on: RunOnHost }) => Promise<void>,
  ): void
}

/** Adds the fixture `startHost`, which tests of a framework override if it takes time to start. */
export const hostTest = (startHost: StartHost) =>
  base.extend('startHost', { scope: 'file' }, async (): Promise<StartHost> => startHost)

/** @param without - What the framework has no counterpart of, and why. */
export function createBench(
  host: HostTest,
  without: Partial<Readonly<Record<Feature, string>>>,
): Bench {
  const test = benchTest(host, without)
  return {
    test,
    behaves(name, needs, act) {
      if (needs.every((feature) => without[feature] === undefined)) test(name, act)
    },
  }
}

/** The default name of the cookie contains the port, which is different at each start. */
function withCookieName({ session, ...options }: AuthOptions): AuthOptions {
  return { ...options, session: { ...session, cookie: { name: 'identity', ...session?.cookie } } }
}

function benchTest(host: HostTest, without: Partial<Readonly<Record<Feature, string>>>) {
  return host.extend('on', ({ startHost, provider, clock, task }): RunOnHost => {
    // For the table that `npm run contract` prints.
    Object.assign(task.meta, { without })
    return async ({ auth = {}, api = {}, mcp = {}, forwards, ...wanted }, act) => {
      const { prefixes = [''], parsesBodies = false, deferred = false, ownRoutes = false } = wanted
      const running = await startHost(
        (origin, prefix) => ({
          auth: withCookieName({
            authority: provider.authority(),
            clientId: provider.app.clientId,
            clientCredential: provider.app.clientSecret,
            redirectUri: `${origin}${prefix}/auth/redirect`,
            basePath: prefix,
            homePath: `${prefix}/`,
            session: { secret: SESSION_SECRET },
            routes: !ownRoutes,
            timeoutSeconds: PATIENT_SECONDS,
            now: clock.now,
            ...(typeof auth === 'function' ? auth(prefix) : auth),
          }),
          api: {
            authority: provider.authority(),
            clientId: provider.api.clientId,
            clientCredential: provider.api.clientSecret,
            audience: provider.api.idUri,
            resource: `${origin}${prefix}`,
            timeoutSeconds: PATIENT_SECONDS,
            now: clock.now,
            ...api,
          },
          mcp: {
            authority: provider.authority(),
            clientId: provider.api.clientId,
            clientCredential: provider.api.clientSecret,
            resource: `${origin}${prefix}/mcp`,
            scopes: ['Todos.Read'],
            allowedOrigins: [ALLOWED_ORIGIN],
            timeoutSeconds: PATIENT_SECONDS,
            now: clock.now,
            ...mcp,
          },
          ...(forwards && { forwards: forwards(prefix) }),
        }),
        { prefixes, parsesBodies, deferred, ownRoutes },
      )
      const at = (prefix: string): string => running.origin + prefix
      try {
        await act({ origin: at(prefixes[0] ?? ''), at })
      } finally {
        await running.close()
      }
    }
  })
}
