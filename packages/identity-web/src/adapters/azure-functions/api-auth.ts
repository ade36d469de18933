import type { HttpRequest, HttpResponseInit } from '@azure/functions'
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
  authorizationGuard,
  sourceOfRequest,
  toEnvironment,
  type AuthorizationGuardDocs,
  type Exactly,
} from '../../classes/index.ts'
import {
  HOST,
  targetOf,
  toHandler,
  type FunctionCalls,
  type GuardedHandler,
  type Handler,
} from './respond.ts'
import { toHttpResponseInit } from './response.ts'

/** Guards functions of an API. Other callers get a 401 or 403 response with `WWW-Authenticate`. @public */
export type AuthorizationRequired = AuthorizationGuards['authorizationRequired']

interface AuthorizationGuards extends AuthorizationGuardDocs {
  authorizationRequired<const Requirement extends Exactly<Requirement>>(
    requirement: Requirement,
    handler: GuardedHandler<ContextFor<Requirement>>,
  ): Handler
  authorizationRequired(handler: GuardedHandler<UserContext>): Handler
}

/** Protects a web API on Azure Functions, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase<FunctionCalls> {
  /**
   * Protects an API with access tokens. The keys of Azure Functions are not needed, so leave `authLevel` at `anonymous`.
   * It does not throw for wrong options. In production, guards respond with 503. In development, they return the problems.
   * @param options - Missing options are read from the application settings.
   * @example
   * ```ts
   * const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   *
   * app.http('todos', {
   *   handler: api.authorizationRequired({ scopes: ['Todos.Read'] }, (request, { user }) => ({ jsonBody: user })),
   * })
   * ```
   */
  constructor(options: ApiAuthOptions = {}) {
    super(createWebApi(options, toEnvironment()), HOST)
  }

  /**
   * A handler that serves the description of the API (RFC 9728), if `resource` is set. Its path starts with
   * `/.well-known/oauth-protected-resource`, so the route prefix in host.json must be empty. Guards work without it.
   * It does not throw.
   * @param request - Any request. Other paths get a 404 response.
   * @example
   * ```ts
   * app.http('description', { route: '.well-known/{*path}', methods: ['GET'], handler: api.handler })
   * ```
   */
  readonly handler = async (request: HttpRequest): Promise<HttpResponseInit> => {
    const route = apiOf(this).route(targetOf(request), request.method)
    if (route === undefined) return { status: 404 }
    return toHttpResponseInit(await route(sourceOfRequest(request)))
  }

  /** Guards a function with access tokens. */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    toHandler(authorizationGuard(this, given))
}
