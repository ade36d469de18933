import type { NextRequest } from 'next/server.js'
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
import { quietInBuilds } from './build.ts'
import { protect, type GuardedHandler, type Handler } from './login-required.ts'
import { withBasePath } from './urls.ts'

/**
 * A route handler that runs only for a caller with a good access token, who is in its second argument. What it throws
 * is Next.js' to answer.
 *
 * @public
 */
export type AuthorizationHandler<Context, Rest extends readonly unknown[] = []> = GuardedHandler<
  Context,
  Rest
>

/** What `route.ts` of the API's description exports. @public */
export interface ApiHandlers {
  /** Answers the description. */
  readonly GET: Handler
}

/**
 * Lets callers with a good access token through, and answers others as clients of APIs expect it: 401 and 403 with
 * `WWW-Authenticate`, and a JSON body.
 *
 * @param requirement - What the route asks of its callers; without it, any token for this API with a scope or a role.
 * @param handler - Runs for those who are let in.
 * @returns A route handler; what Next.js gives it besides the request goes to the handler.
 * @throws {@link IdentityError} `configuration`, when the route is declared, for a requirement that makes no sense.
 *
 * @example For users by their client's scope, and for applications by their role
 * ```ts
 * export const GET = api.authorizationRequired(
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
 * Protects the route handlers of a Next.js application by access tokens, and calls other APIs on behalf of their users.
 *
 * Faults of the configuration don't throw: they are logged at start, and every guarded route answers 500 with them.
 *
 * @example
 * ```ts
 * // api.ts
 * import { ApiAuth } from 'identity-web/next'
 *
 * export const api = new ApiAuth({
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '22222222-3333-4444-5555-666666666666',
 * })
 *
 * // app/todos/route.ts
 * export const GET = api.authorizationRequired({ scopes: ['Todos.Read'] }, (request, { user }) =>
 *   Response.json({ todosOf: user.oid }),
 * )
 * ```
 * @public
 */
export class ApiAuth extends ApiAuthBase {
  /** @param options - Those not given are read from the environment. */
  constructor(options: ApiAuthOptions = {}) {
    super(createWebApi(quietInBuilds(options), toEnvironment()))
  }

  /**
   * The route handlers of the API's description of itself (RFC 9728), where `resource` is set. Guards work without it.
   *
   * @example
   * ```ts
   * // app/.well-known/oauth-protected-resource/[[...path]]/route.ts
   * export const { GET } = api.handlers
   * ```
   */
  readonly handlers: ApiHandlers = {
    GET: async (request: NextRequest) => {
      const { url, method } = withBasePath(request)
      const route = ApiAuthBase.api(this).route(pathAndQuery(url), method)
      return route?.() ?? new Response(null, { status: 404 })
    },
  }

  /**
   * Guards a route handler by access tokens: see {@link AuthorizationRequired}.
   *
   * @example
   * ```ts
   * export const GET = api.authorizationRequired({ scopes: ['Todos.Read'] }, (request, { user }) => Response.json(user))
   * ```
   */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    protect(authorizationGuard(this, given))
}
