import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import {
  ApiAuthBase,
  apiOf,
  authorizationArguments,
  authorizationGuard,
} from '../../classes/index.ts'
import type { EventAuthorizationRequired } from '../base/event-guards.ts'
import { once } from '../base/once.ts'
import { pathAndQuery, runRoute } from '../request-response.ts'
import { toVariables, type AstroContext, type Variables } from './context.ts'
import type { OnRequest } from './middleware.ts'
import { HOST, toApiEndpoint, type AstroCalls } from './respond.ts'

/** Guards endpoints of an API. Other callers get a 401 or 403 response with `WWW-Authenticate`. @public */
export type AuthorizationRequired = EventAuthorizationRequired<AstroContext, AstroContext>

/** Protects the endpoints of an Astro site with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase<AstroCalls> {
  readonly #declared: (() => unknown)[] = []

  /**
   * Protects an API with access tokens.
   * It does not throw for wrong options. In production, guards respond with 503. In development, they return the problems.
   * @param options - Missing options are read from environment variables.
   * @param variables - The environment variables, as for `Auth`. The default is `process.env`.
   * @example
   * ```ts
   * // src/api.ts
   * export const api = new ApiAuth({}, getSecret)
   *
   * // src/pages/api/todos.ts
   * export const GET = api.authorizationRequired({ scopes: ['Todos.Read'] }, (context, { user }) => Response.json(user))
   * ```
   */
  constructor(options: ApiAuthOptions = {}, variables?: Variables) {
    super(
      once(() => createWebApi(options, toVariables(variables))),
      HOST,
    )
  }

  /**
   * The middleware that serves the description of the API at `/.well-known/oauth-protected-resource` (RFC 9728), if `resource` is
   * set. Guards work without it.
   * @example
   * ```ts
   * // src/middleware.ts
   * export const onRequest = sequence(auth.onRequest, api.onRequest)
   * ```
   */
  readonly onRequest: OnRequest = async ({ request, isPrerendered }, next) => {
    const { url, method } = request
    const route = isPrerendered ? undefined : apiOf(this).route(pathAndQuery(url), method)
    if (route === undefined) return next()
    // The description contains the scopes of all endpoints that Astro has loaded.
    for (const declare of this.#declared) declare()
    return runRoute(request, route)
  }

  /** Guards an endpoint with access tokens. */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) => {
    authorizationArguments(given)
    const declare = once(() => authorizationGuard(this, given))
    this.#declared.push(declare)
    return toApiEndpoint(declare)
  }
}
