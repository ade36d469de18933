// `Host`, the interface that each adapter implements.
import type { HttpContext } from '../http-context.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import type { Route } from '../web/index.ts'
import type { AnyRequest } from './any-request.ts'

// The interface that a framework adapter implements, and the functions with which `Auth` and `ApiAuth` respond through it.

/** The arguments with which a framework passes a request on, and the result that it expects. */
export interface Calls<
  RouteArgs extends readonly unknown[] = readonly unknown[],
  RequestArgs extends readonly unknown[] = readonly unknown[],
  Reply = unknown,
  Guarded = RequestArgs[0],
> {
  /** The arguments for a member that sends a response. */
  readonly route: RouteArgs
  /** The arguments for a member that only reads a request. */
  readonly request: RequestArgs
  /** The result of a member that sends a response. */
  readonly reply: Reply
  /** The object that guards store a request's context on. */
  readonly guarded: Guarded
}

/** Translates error responses for a framework. */
export interface ResponseHost {
  /** Restores a request that the framework changed. */
  restore?(request: AnyRequest): AnyRequest
  /**
   * Adds the headers and cookies that the application has set on the framework's object to a response, which the
   * handler returns.
   */
  prepare?(request: AnyRequest, response: Response): MaybePromise<Response>
  /** Returns the object by which a request's environment can be found. */
  environmentKey?(request: unknown): unknown
}

/** Sends error responses through a framework whose handlers do not return a `Response`. */
export interface ReplyHost<C extends Calls> {
  /** The number of arguments that the framework passes before a member's own argument. */
  readonly arity: { readonly route: number }
  /** Sends a response from the core. */
  send(args: C['route'], response: Response): MaybePromise<void>
  /** Returns whether the framework's response was already sent. */
  isSent(args: C['route']): boolean
  /**
   * Returns whether an error only says that the client has closed the connection. The adapter then does not send a response.
   */
  isClientGone?(args: C['route'], error: unknown): boolean
}

/** Translates a framework's requests and responses for `Auth`. */
export interface Host<C extends Calls> extends ResponseHost {
  /** The number of arguments that the framework passes before a member's own argument. */
  readonly arity: { readonly route: number; readonly request: number }
  /** `true` if `initApp` mounts the sign-in routes. Until then, guards of `Auth` fail. */
  readonly needsApp?: true
  /**
   * Passes an error to the error handling of a framework that does not handle rejected promises.
   * @returns `false` if the promise must reject.
   */
  fail?(args: C['route'], error: unknown): boolean
  /** Runs a core route and sends its response. */
  respond(args: C['route'], route: Route): Promise<C['reply']>
  /** Wraps a request for the core. */
  toHttpContext(args: C['request']): HttpContext | Promise<HttpContext>
}

/**
 * Runs a member that sends a response. The framework handles the member's errors, even if it does not handle rejected
 * promises.
 */
export async function passErrorsOn<C extends Calls>(
  host: Host<C>,
  args: C['route'],
  send: () => Promise<C['reply']>,
): Promise<C['reply']> {
  try {
    return await send()
  } catch (error) {
    if (host.fail?.(args, error) !== true) throw error
    return undefined
  }
}

/** An `Auth` or an `ApiAuth`. */
interface Responder<Options> {
  toResponse(request: AnyRequest, error: unknown, options?: Options): Promise<Response>
}

/**
 * Sends the response to an error through the framework. This is the member `sendResponse`.
 * @param args - The framework's arguments, the error, and the options of `toResponse`.
 * @throws The error, if the response was sent already, because the framework must then handle it.
 */
export async function sendErrorResponse<Options>(
  host: ReplyHost<any>,
  args: readonly unknown[],
  owner: Responder<Options>,
): Promise<void> {
  const request = args[0] as AnyRequest
  const error: unknown = args[host.arity.route]
  if (host.isClientGone?.(args, error) === true) return
  // oxlint-disable-next-line typescript/only-throw-error -- It is what the application caught.
  if (host.isSent(args)) throw error
  const options = args[host.arity.route + 1] as Options | undefined
  await host.send(args, await owner.toResponse(request, error, options))
}
