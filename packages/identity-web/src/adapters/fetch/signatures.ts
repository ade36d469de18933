// The types of the guards of `identity-web/fetch`.
import type {
  FetchAuthorizationRequired,
  FetchEither,
  FetchLoginRequired,
  FetchMcpRequired,
} from '../base/fetch-guards.ts'

/**
 * A request handler: a function that receives a `Request` and returns a `Response`.
 * @typeParam Rest - The arguments that the server passes after the request.
 * @public
 */
export type Handler<Rest extends readonly unknown[] = []> = (
  request: Request,
  ...rest: Rest
) => Promise<Response>

/** Guards request handlers for signed-in users, and redirects other visitors to the provider. @public */
export type LoginRequired<User> = FetchLoginRequired<Request, User>

/**
 * The guard that `auth.orBearer(api)` returns, for request handlers that accept a session or a bearer token.
 * @public
 */
export type Either<User> = FetchEither<Request, User>

/**
 * Guards API request handlers, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid access
 * token.
 *
 * @public
 */
export type AuthorizationRequired<Issuer extends string = string> = FetchAuthorizationRequired<
  Request,
  Issuer
>

/**
 * Guards the endpoint of an MCP server, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid access
 * token.
 *
 * @public
 */
export type McpRequired<Issuer extends string = string> = FetchMcpRequired<Request, Issuer>
