// Members that Auth and ApiAuth share, such as `ready()`.
import { configurationError } from '../errors.ts'
import type { TokenResult } from '../tokens.ts'
import { startError, type ConfigurationProblem } from '../web/index.ts'

/** The members that `Auth` and `ApiAuth` have in common, whose documentation the classes inherit. */
export interface Operation {
  /**
   * The configuration problems. The list is empty if the options are valid. On Workers, it is known only after the first
   * request.
   *
   * In production, servers do not start with problems, unless `strictStart` is `false`.
   * @example
   * ```ts
   * const auth = new Auth(app, { strictStart: false }) // or new ApiAuth(app, { strictStart: false })
   * for (const { option, variable, message } of auth.problems) console.error(option, variable, message)
   * ```
   */
  readonly problems: readonly ConfigurationProblem[]
  /**
   * Checks that the application can serve requests. It loads the credential, reads from the store of the sessions or of
   * `longRunning`, and fetches the provider's metadata and keys unless they are cached. Use it for your platform's readiness
   * probe.
   * @throws IdentityError with the cause: `configuration`, `provider_unavailable`, `invalid_response` or `store_unavailable`.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * // Your readiness route returns 200 if it is ready, and otherwise 503.
   * const isReady = await auth.ready().then(() => true, () => false)
   * const isApiReady = await api.ready().then(() => true, () => false)
   * ```
   */
  ready(): Promise<void>
  /**
   * Stops this object's timers, and logs how often messages were repeated. It does not close your store, and it does not throw.
   * @example
   * ```ts
   * process.on('SIGTERM', () => server.close(() => auth.close())) // or api.close()
   * ```
   */
  close(): void
  /**
   * Returns an access token for the application or the API itself, without a user (client credentials). Use it in jobs and
   * services, or to call another API.
   *
   * The token is cached and refreshed before it expires, so call this method each time you need a token. At Entra ID, it
   * requires an authority with a single tenant.
   * @param scopes - Scopes of one API. At Entra ID, pass the API's `/.default` scope, such as
   *   `https://graph.microsoft.com/.default`.
   * @returns The token and its lifetime in seconds.
   * @throws IdentityError `configuration` for a missing credential, an authority with many tenants, or scopes of several APIs.
   *   `provider_error` if the provider rejects the request. `provider_unavailable` during an outage.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * const { accessToken } = await auth.getTokenForClient('https://graph.microsoft.com/.default') // or api.getTokenForClient
   * const headers = { authorization: `Bearer ${accessToken}` }
   * const users = await fetch('https://graph.microsoft.com/v1.0/users', { headers })
   * ```
   */
  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult>
}

const footprints = new WeakMap<object, (readonly string[])[]>()

/**
 * Remembers the sign-in of an application.
 *
 * @throws IdentityError `configuration` if another sign-in of the application has the same path or cookie.
 */
export function assertApart(footprint: readonly string[] | undefined, app: object): void {
  if (footprint === undefined) return
  const others = (footprints.get(app) ?? []).filter((other) => other !== footprint)
  for (const [name, ...places] of others) {
    const shared = places.find((place) => footprint.includes(place))
    if (shared === undefined) continue
    throw configurationError(
      `${name} and ${footprint[0]} belong to one application, and both have ${shared}. Give each its own folder in redirectUri (or basePath), such as /staff/redirect, and its own session.cookie.name.`,
    )
  }
  footprints.set(app, [...others, footprint])
}

/** @throws IdentityError `configuration` with all problems, if the application must not start with them. */
export function assertCanStart(
  ...owners: readonly { readonly fatalProblems: readonly ConfigurationProblem[] }[]
): void {
  const problems = owners.flatMap(({ fatalProblems }) => fatalProblems)
  if (problems.length > 0) throw startError(problems)
}
