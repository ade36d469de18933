import { AuthBase, setMounted, toEnvironment, type OrBearerAuth } from '../../classes/index.ts'
import { createWebAuth, type AuthOptions, type Claims } from '../../web/index.ts'
import type { ApiAuth } from './api-auth.ts'
import type { Either, FunctionMiddleware, LoginRequired, RequestMiddleware } from './guards.ts'
import { runFunctionMiddleware, runMiddleware } from './middleware.ts'
import { GUARDS, HOST, type StartCalls } from './respond.ts'

/**
 * Signs in the users of a TanStack Start application, keeps their sessions and gets their tokens.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, StartCalls> implements OrBearerAuth {
  /**
   * Prepares sign-in. Add {@link Auth.middleware} to `src/start.ts`.
   *
   * It does not throw for wrong options. In production, guards respond with 503. In development, the pages show the problems.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, on servers that pass them with each request. The default is
   *   `process.env`.
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
    setMounted(this)
  }

  /**
   * The function of a request middleware for `src/start.ts`. It responds to the routes of sign-in, stores refreshed sessions, and
   * sends users to the sign-in whom a guard did not accept.
   * @example
   * ```ts
   * const identity = createMiddleware().server(auth.middleware)
   * export const startInstance = createStart(() => ({ requestMiddleware: [identity] }))
   * ```
   */
  readonly middleware: RequestMiddleware = (options) => runMiddleware(this, options)

  /**
   * The function of a function middleware for `src/start.ts`. It handles the errors of server functions without a guard: a token
   * that needs the user leads to the sign-in, and the browser does not get the text of other errors.
   * @example
   * ```ts
   * const signIn = createMiddleware({ type: 'function' }).server(auth.functionMiddleware)
   * export const startInstance = createStart(() => ({ requestMiddleware: [identity], functionMiddleware: [signIn] }))
   * ```
   */
  readonly functionMiddleware: FunctionMiddleware = (options) =>
    runFunctionMiddleware(this, options)

  /** Guards a server function, a server route or a middleware, so that it runs only for signed-in users. */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]) =>
    GUARDS.login(this, given) as never

  orBearer(api: ApiAuth): Either<User> {
    return GUARDS.orBearer(this, api) as Either<User>
  }
}
