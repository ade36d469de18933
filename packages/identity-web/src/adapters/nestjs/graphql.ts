// The state of each call of a GraphQL resolver.
import {
  Logger,
  type ArgumentsHost,
  type ExecutionContext,
  type HttpException,
} from '@nestjs/common'
import { getOrCreate } from '../../caches.ts'
import { unwrapped } from '../../carried-errors.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import type { RouteGuard } from '../../http-context.ts'
import type { RequestIdentity } from '../../classes/index.ts'
import { findConnection, type Connection, type PlatformRequest } from './request-state.ts'
import { createException } from './host.ts'

// `@nestjs/graphql` calls guards, filters and parameters with the arguments of a resolver. GraphQL has no status and no redirect,
// so the guards reject with errors. Their `extensions` contain the JSON that a script would get.

/**
 * The state of one call of a resolver. A request's resolvers run at the same time, each with its own guard. If they
 * shared the request's state, a resolver could get another resolver's token or user.
 */
export interface ResolverCall {
  readonly connection: Connection
  /** The guard that has authenticated the call. */
  guard: RouteGuard<unknown> | undefined
  identity: RequestIdentity | undefined
}

/** Each request's calls, by the `info` argument, which GraphQL creates for each field. */
const calls = new WeakMap<Connection, WeakMap<object, ResolverCall>>()

export function isGraphql(host: ArgumentsHost): boolean {
  return host.getType<string>() === 'graphql'
}

/** Returns the state of a call, or `undefined` if it does not belong to an HTTP request. */
export function findCall(host: ArgumentsHost): ResolverCall | undefined {
  // Resolvers of references have no arguments, so these two are the last ones.
  const [context, info] = host.getArgs<unknown[]>().slice(-2)
  const request = requestOf(context)
  const connection = request && findConnection(request)
  if (connection === undefined || typeof info !== 'object' || info === null) return undefined
  connection.http.delivery = 'script'
  const callsOfRequest = getOrCreate(calls, connection, () => new WeakMap<object, ResolverCall>())
  const newCall = (): ResolverCall => ({ connection, guard: undefined, identity: undefined })
  return getOrCreate(callsOfRequest, info, newCall)
}

/** @throws IdentityError `configuration` if the resolver was not called by an HTTP request. */
export function callOf(context: ExecutionContext, guard: string): ResolverCall {
  const call = findCall(context)
  if (call !== undefined) return call
  throw configurationError(
    `${guard} guards only resolvers of HTTP requests, but ${context.getClass().name}.${context.getHandler().name} was called without an HTTP request. If this resolver handles a subscription, mark the resolver with @Public() and authenticate the WebSocket with auth.authenticate(request). If you set the option "context" of GraphQLModule, it must return an object with the property req.`,
  )
}

/** Returns the request from the context of Apollo, Yoga or Mercurius. */
function requestOf(context: unknown): PlatformRequest | undefined {
  const { req, reply } = Object(context) as {
    readonly req?: unknown
    readonly reply?: { readonly request?: unknown }
  }
  const request = req ?? reply?.request
  return typeof request === 'object' && request !== null ? (request as PlatformRequest) : undefined
}

/** Sends the headers of a guard's response, and returns the rest of it as a GraphQL error. */
export async function toResolverException(
  { connection: { http } }: ResolverCall,
  response: Response,
): Promise<HttpException> {
  const { 'content-type': _type, ...headers } = Object.fromEntries(response.headers)
  delete headers['set-cookie']
  http.setHeaders(headers)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) http.setCookies(cookies)
  return createResolverException(response.status, (await response.json()) as Body)
}

/**
 * Returns the GraphQL error for an `IdentityError`. It hides the message, because the message could contain text from
 * the provider.
 */
export function hideDetails(thrown: unknown): unknown {
  const error = unwrapped(thrown)
  // The message of a wrapper is the application's, unless it contains the message of the library.
  const { message } = Object(thrown) as { readonly message?: unknown }
  if (!IdentityError.is(error) || !String(message).includes(error.message)) return thrown
  const { code, loginUrl, status } = error
  if (status >= 500) new Logger('ExceptionsHandler').error(error)
  return createResolverException(status, {
    error: code,
    ...(loginUrl !== undefined && { loginUrl }),
  })
}

/** The JSON that the guard would send to a script. */
interface Body {
  readonly error: string
  /** The message of an `AccessDenied` that the application threw. */
  readonly message?: string
}

/** The codes that GraphQL clients know. Apollo introduced them. */
const CODES: Readonly<Record<number, string>> = { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN' }

/** Creates the exception that a resolver throws, whose extensions GraphQL copies. */
function createResolverException(status: number, body: Body): HttpException {
  const { message = body.error, ...details } = body
  const extensions = { ...details, code: CODES[status] ?? 'INTERNAL_SERVER_ERROR' }
  return Object.assign(createException(status, body), { message, extensions })
}
