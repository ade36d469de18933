// Auth and ApiAuth for TanStack Start.
import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import {
  ApiAuthBase,
  apiOf,
  AuthBase,
  toEnvironment,
  type OrBearerAuth,
} from '../../classes/index.ts'
import { createWebAuth, type AuthOptions, type Claims } from '../../web/index.ts'
import { serve } from '../request-response.ts'
import { API, AUTH, HOST, type TanStackStart } from './host.ts'
import { runFunctionMiddleware, runMiddleware } from './middleware.ts'
import type {
  AuthorizationRequired,
  Either,
  FunctionMiddleware,
  LoginRequired,
  RequestMiddleware,
} from './signatures.ts'

export * from '../base/public.ts'
export type { EventFunction, GuardedEventFunction } from '../base/event-guards.ts'
export type {
  AuthorizationRequired,
  Either,
  FunctionMiddleware,
  LoginRequired,
  RequestMiddleware,
  RouteArgs,
} from './signatures.ts'

/**
 * Signs users in to a TanStack Start application, keeps their sessions and gets their tokens.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, TanStackStart> implements OrBearerAuth {
  /**
   * Prepares sign-in. Add {@link Auth.middleware} to `src/start.ts`.
   *
   * If options are wrong, the constructor does not throw. Instead, guards respond with 503 in production, and the pages show
   * the problems in development.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, for servers that pass them with each request, by default `process.env`.
   * @example
   * ```ts
   * // src/auth.server.ts
   * export const auth = new Auth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '11111111-2222-3333-4444-555555555555',
   *   redirectUri: 'http://localhost:3000/redirect',
   * })
   *
   * // src/start.ts
   * const identity = createMiddleware().server(auth.middleware)
   * const signIn = createMiddleware({ type: 'function' }).server(auth.functionMiddleware)
   * export const startInstance = createStart(() => ({ requestMiddleware: [identity], functionMiddleware: [signIn] }))
   *
   * // src/routes/account.tsx
   * const getAccount = createServerFn().handler(auth.loginRequired((_args, { user }) => ({ name: user.name })))
   * export const Route = createFileRoute('/account')({ loader: () => getAccount(), component: Account })
   * ```
   */
  constructor(options: AuthOptions<User> = {}, environment?: object) {
    super(createWebAuth(options, toEnvironment(environment)), HOST)
  }

  /**
   * The function for a request middleware in `src/start.ts`, which you pass to `server()`. It responds to the sign-in routes,
   * stores refreshed sessions, and redirects users to the sign-in if a guard did not accept them.
   * @example
   * ```ts
   * const identity = createMiddleware().server(auth.middleware)
   * export const startInstance = createStart(() => ({ requestMiddleware: [identity] }))
   * ```
   */
  readonly middleware: RequestMiddleware = (options) => runMiddleware(this, options)

  /**
   * The function for a function middleware in `src/start.ts`, which you pass to `server()`. It handles errors in server
   * functions without a guard. If a user must act to get a token, it redirects to the sign-in. It hides the messages of other
   * errors from the browser.
   * @example
   * ```ts
   * const signIn = createMiddleware({ type: 'function' }).server(auth.functionMiddleware)
   * export const startInstance = createStart(() => ({ requestMiddleware: [identity], functionMiddleware: [signIn] }))
   * ```
   */
  readonly functionMiddleware: FunctionMiddleware = (options) =>
    runFunctionMiddleware(this, options)

  /** Guards a server function, a server route or a middleware, so that it runs only for signed-in users. */
  readonly loginRequired: LoginRequired<User> = AUTH.login(this)

  orBearer(api: ApiAuth<any>): Either<User> {
    return AUTH.orBearer(this, api) as Either<User>
  }
}

/** Protects server routes in a TanStack Start application with access tokens, and calls other APIs for its users. @public */
export class ApiAuth<Issuer extends string = string> extends ApiAuthBase<TanStackStart, Issuer> {
  /**
   * Protects an API with access tokens. If options are wrong, the constructor does not throw. Instead, guards respond with 503
   * in production, and return the problems in development.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, for servers that pass them with each request, by default `process.env`.
   * @example
   * ```ts
   * // src/auth.server.ts
   * export const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   *
   * // src/routes/api.todos.ts
   * const GET = api.authorizationRequired({ scopes: ['Todos.Read'] }, (_args, { user }) => Response.json(user))
   * export const Route = createFileRoute('/api/todos')({ server: { handlers: { GET } } })
   * ```
   */
  constructor(options: ApiAuthOptions<Issuer> = {}, environment?: object) {
    super(createWebApi(options, toEnvironment(environment)), HOST)
  }

  /**
   * The function for a request middleware that serves the API's description at `/.well-known/oauth-protected-resource` (RFC
   * 9728), if `resource` is set. Guards also work without this route.
   * @example const description = createMiddleware().server(api.middleware)
   */
  readonly middleware: RequestMiddleware = async ({ request, next }) =>
    serve(apiOf(this), request) ?? (next() as unknown)

  /** Guards a server route with access tokens. */
  readonly authorizationRequired: AuthorizationRequired<Issuer> = API.authorization(this)
}
