import type { EventHandler, EventHandlerRequest, H3Event } from 'h3'
import {
  createWebApi,
  type ApiAuthOptions,
  type AuthorizationRequirement,
  type ContextFor,
  type UserContext,
} from '../../api/index.ts'
import {
  ApiAuthBase,
  apiOf,
  sourceOfRequest,
  toEnvironment,
  type AuthorizationGuardDocs,
  type Exactly,
} from '../../classes/index.ts'
import { pathOf } from './event.ts'
import { GUARDS, HOST, toReply, type GuardedHandler, type H3Calls } from './respond.ts'

/** Guards event handlers of an API. Other callers get a 401 or 403 response with `WWW-Authenticate`. @public */
export type AuthorizationRequired = AuthorizationGuards['authorizationRequired']

interface AuthorizationGuards extends AuthorizationGuardDocs {
  authorizationRequired<
    const Requirement extends Exactly<Requirement>,
    Req extends EventHandlerRequest,
    Result,
  >(
    requirement: Requirement,
    handler: GuardedHandler<ContextFor<Requirement>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
  authorizationRequired<Req extends EventHandlerRequest, Result>(
    handler: GuardedHandler<UserContext, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
  authorizationRequired<const Requirement extends Exactly<Requirement>>(
    requirement?: Requirement,
  ): EventHandler
}

/** Protects a web API of Nuxt, Nitro 2 or h3 1 with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase<H3Calls> {
  /**
   * Protects an API with access tokens.
   * It does not throw for wrong options. In production, guards respond with 503. In development, they return the problems.
   * @param options - Missing options are read from the environment variables of the process.
   * @example
   * ```ts
   * // server/utils/auth.ts
   * import { ApiAuth } from 'identity-web/h3'
   *
   * export const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   * ```
   */
  constructor(options: ApiAuthOptions = {}) {
    super(createWebApi(options, toEnvironment()), HOST)
  }

  /**
   * Serves the description of the API at `/.well-known/oauth-protected-resource` (RFC 9728), if `resource` is set.
   * It does not throw. Guards work without this route.
   * @param event - Any event.
   * @returns The response, or `undefined` for other paths.
   * @example export default defineEventHandler((event) => api.handle(event)) // server/middleware/api.ts
   */
  async handle(event: H3Event): Promise<Response | undefined> {
    const response = await apiOf(this).route(pathOf(event), event.method)?.(sourceOfRequest(event))
    return response && toReply(event, response)
  }

  /** Guards an event handler with access tokens. */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    GUARDS.authorization(this, given)
}
