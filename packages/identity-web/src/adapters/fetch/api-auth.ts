import {
  createWebApi,
  type ApiAuthOptions,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type ContextFor,
} from '../../api/index.ts'
import { ApiAuthBase } from '../base/api-auth.ts'
import { toEnvironment } from '../base/environment.ts'
import { authorizationGuard } from '../base/guards.ts'
import { pathAndQuery } from '../request-response.ts'
import { protect, type GuardedHandler, type Handler } from './protect.ts'

/**
 * A handler that runs only for a caller with a good access token, who is in its second argument. What it throws is the
 * server's.
 *
 * @public
 */
export type AuthorizationHandler<Context, Rest extends readonly unknown[] = []> = GuardedHandler<
  Context,
  Rest
>

/**
 * Lets callers with a good access token through, and answers others as clients of APIs expect it: 401 and 403 with
 * `WWW-Authenticate`, and a JSON body.
 *
 * @param requirement - What the route asks of its callers; without it, any token for this API with a scope or a role.
 * @param handler - Runs for those who are let in.
 * @returns A handler of requests; what it is given besides goes to the handler.
 * @throws {@link IdentityError} `configuration`, when the route is declared, for a requirement that makes no sense.
 *
 * @example For users by their client's scope, and for applications by their role
 * ```ts
 * const todos = api.authorizationRequired(
 *   { scopes: ['Todos.Read'], roles: ['Todos.Read.All'] },
 *   (request, { user }) => Response.json(user === undefined ? allTodos() : todosOf(user)),
 * )
 * ```
 * @public
 */
export interface AuthorizationRequired {
  /** The handler's second argument is the context: of a user or an application, as the requirement has it. */
  <const Requirement extends AuthorizationRequirement, Rest extends readonly unknown[] = []>(
    requirement: Requirement &
      Record<Exclude<keyof Requirement, keyof AuthorizationRequirement>, never>,
    handler: AuthorizationHandler<ContextFor<Requirement>, Rest>,
  ): Handler<Rest>
  /** For whoever has a token for this API with a scope or a role. */
  <Rest extends readonly unknown[] = []>(
    handler: AuthorizationHandler<AuthorizationContext, Rest>,
  ): Handler<Rest>
}

/**
 * Protects a web API on any server of `Request` and `Response` by access tokens, and calls other APIs on behalf of its
 * users.
 *
 * Faults of the configuration don't throw: they are logged at start, and every guarded route answers 500 with them.
 *
 * @example Bun
 * ```ts
 * import { ApiAuth } from 'identity-web/fetch'
 *
 * const api = new ApiAuth({
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '22222222-3333-4444-5555-666666666666',
 * })
 * const todos = api.authorizationRequired({ scopes: ['Todos.Read'] }, (request, { user }) =>
 *   Response.json({ todosOf: user.oid }),
 * )
 *
 * Bun.serve({ routes: { '/todos': (request) => todos(request) } })
 * ```
 * @public
 */
export class ApiAuth extends ApiAuthBase {
  /**
   * @param options - Those not given are read from the environment.
   * @param environment - Where a server hands its variables to each request: those. `process.env` without it.
   */
  constructor(options: ApiAuthOptions = {}, environment?: object) {
    super(createWebApi(options, toEnvironment(environment)))
  }

  /**
   * Serves the API's description of itself (RFC 9728) at `/.well-known/oauth-protected-resource`, where `resource` is
   * set. Guards work without it.
   *
   * @param request - Any request.
   * @returns The response; `undefined` for other paths.
   *
   * @example
   * ```ts
   * export default {
   *   fetch: async (request: Request) => (await api.handle(request)) ?? todos(request),
   * }
   * ```
   */
  async handle(request: Request): Promise<Response | undefined> {
    const { url, method } = request
    return ApiAuthBase.api(this).route(pathAndQuery(url), method)?.()
  }

  /**
   * Guards a route by access tokens: see {@link AuthorizationRequired}.
   *
   * @example
   * ```ts
   * const me = api.authorizationRequired({ scopes: ['Todos.Read'] }, (request, { user }) => Response.json(user))
   * ```
   */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    protect(authorizationGuard(this, given))
}
