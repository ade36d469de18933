// The types of the guards of TanStack Start.
import type {
  EventAuthorizationRequired,
  EventEither,
  EventLoginRequired,
} from '../base/event-guards.ts'

// The types describe the arguments of TanStack Start by their members, so that they fit the inferred types of every server
// function, server route and middleware.

/**
 * The argument for a server route whose parameter does not have a type. TypeScript infers the arguments of server functions
 * and middleware.
 * @public
 */
export interface RouteArgs {
  /** The request. */
  readonly request: Request
  /** The path's parameters. */
  readonly params: Readonly<Record<string, string | undefined>>
  /** The context, in which the `Auth` middleware stores its state. */
  readonly context?: unknown
}

/** A request middleware's argument. @public */
export interface RequestMiddlewareArgs {
  /** The request. */
  readonly request: Request
  /** Runs the rest of the application. */
  readonly next: (options?: any) => any
}

/** A function middleware's argument. @public */
export interface FunctionMiddlewareArgs {
  /** The context, in which the `Auth` middleware stores its state. */
  readonly context: any
  /** Runs the server function. */
  readonly next: (options?: any) => any
}

// The result is `any`, because otherwise TypeScript would infer a context that the middleware does not add.

/** The function for a request middleware. @public */
export interface RequestMiddleware {
  /**
   * Runs around every request. TanStack Start calls this function.
   * @param args - The request, and the function that runs the rest of the application.
   * @returns The response.
   * @throws The application's errors, and errors from `onLogin` that are not an {@link IdentityError}.
   * @example const identity = createMiddleware().server(auth.middleware)
   */
  (args: RequestMiddlewareArgs): Promise<any>
}

/** The function for a function middleware. @public */
export interface FunctionMiddleware {
  /**
   * Runs around every server function. TanStack Start calls this function.
   * @param args - The context, and the function that runs the server function.
   * @returns The server function's result.
   * @throws A redirect instead of an {@link IdentityError}, and the server function's other errors.
   * @example const signIn = createMiddleware({ type: 'function' }).server(auth.functionMiddleware)
   */
  (args: FunctionMiddlewareArgs): Promise<any>
}

/** Guards server functions, server routes and middleware for signed-in users. @public */
export type LoginRequired<User> = EventLoginRequired<object, RouteArgs, User>

/**
 * Guards API server routes, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid access token.
 *
 * @public
 */
export type AuthorizationRequired<Issuer extends string = string> = EventAuthorizationRequired<
  Pick<RouteArgs, 'request'>,
  RouteArgs,
  Issuer
>

/**
 * The guard that `auth.orBearer(api)` returns, for server functions and routes that accept a session or a bearer token.
 *
 * @public
 */
export type Either<User> = EventEither<object, RouteArgs, User>
