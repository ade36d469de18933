import type { RequestEvent } from '@sveltejs/kit'
import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import { ApiAuthBase, apiOf, authorizationGuard, toEnvironment } from '../../classes/index.ts'
import type { EventAuthorizationRequired } from '../base/event-guards.ts'
import { pathAndQuery } from '../request-response.ts'
import { isBuilding, type AnyEvent } from './event.ts'
import { runHook, type Handle } from './hook.ts'
import { HOST, toEndpoint, type KitCalls } from './respond.ts'

/** Guards endpoints of an API. Other callers get a 401 or 403 response with `WWW-Authenticate`. @public */
export type AuthorizationRequired = EventAuthorizationRequired<AnyEvent, RequestEvent>

/** Protects the endpoints of a SvelteKit application with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase<KitCalls> {
  /**
   * Protects an API with access tokens.
   * It does not throw for wrong options. In production, guards respond with 503. In development, they return the problems.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, as for `Auth`. The default is `process.env`.
   * @example
   * ```ts
   * // src/lib/server/api.ts
   * export const api = new ApiAuth({}, env)
   *
   * // src/routes/api/todos/+server.ts
   * export const GET = api.authorizationRequired({ scopes: ['Todos.Read'] }, (event, { user }) => Response.json(user))
   * ```
   */
  constructor(options: ApiAuthOptions = {}, environment?: object) {
    super(createWebApi(options, toEnvironment(environment), { isUnsettled: isBuilding() }), HOST)
  }

  /**
   * The hook that serves the description of the API at `/.well-known/oauth-protected-resource` (RFC 9728), if `resource` is set.
   * Guards work without it.
   * @example
   * ```ts
   * // src/hooks.server.ts
   * export const handle = sequence(auth.handle, api.handle)
   * ```
   */
  readonly handle: Handle = (input) =>
    runHook(input, ({ url, method }) => apiOf(this).route(pathAndQuery(url), method))

  /** Guards an endpoint of `+server.ts` with access tokens. */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    toEndpoint(authorizationGuard(this, given))
}
