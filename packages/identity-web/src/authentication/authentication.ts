// The result of `authenticate()`, or the error to reject with.
import { configurationError, IdentityError } from '../errors.ts'
import type { EventEmitter } from '../event-emitter.ts'

/**
 * The result of `authenticate()`: who a request is from, or why it is rejected.
 *
 * @typeParam Context - The context that a guarded handler gets for the same requirement.
 * @public
 */
export type Authentication<Context> = Authenticated<Context> | RejectedRequest

/**
 * A successful authentication, which stays valid after the request, for example for a WebSocket or a stream.
 *
 * @typeParam Context - The context that a guarded handler gets for the same requirement.
 * @public
 */
export interface Authenticated<Context> {
  /** Always `true`. */
  readonly ok: true
  /** The context that a guarded handler gets: the user, the claims, the access token. */
  readonly context: Context
  /** The time at which the session or the token expires, as far as this server knows now. */
  readonly expiresAt: Date
  /**
   * Aborts when the authentication ends, so that you can close the connection. The authentication ends when it expires, when
   * the user signs out in this process, and when `onRefresh` rejects the user. With a store or a deny-list, it also ends within
   * `revalidateSeconds` when the user signs out elsewhere. The signal's `reason` is an `IdentityError`.
   *
   * The library starts to watch the session when you first read this property.
   */
  readonly signal: AbortSignal
  /**
   * Authenticates the request again. Call it before an important action, and also when a message shows that the user is active,
   * because with a store, this call extends the session as a request does.
   *
   * @returns The same kind of result, with the current context. The method does not throw.
   *
   * @example
   * ```ts
   * const current = await session.revalidate()
   * if (!current.ok) socket.close(4401)
   * ```
   */
  revalidate(): Promise<Authentication<Context>>
  /**
   * Stops watching the session, so that `signal` never aborts. Call it when your connection closes. `azureCredential` then gets
   * no more tokens for a session's context.
   *
   * The library calls this method itself when the socket of an upgrade closes, or the response that you passed as `res`.
   *
   * @example socket.on('disconnect', () => session.close())
   */
  close(): void
}

/** A request that `authenticate()` rejected. @public */
export interface RejectedRequest {
  /** Always `false`. */
  readonly ok: false
  /** The HTTP status for the response, for example 401. */
  readonly status: number
  /** The headers for the response, for example `www-authenticate` of an API. */
  readonly headers: Readonly<Record<string, string>>
  /** The reason for the rejection. `error.loginUrl` starts a sign-in, if a sign-in solves the error. */
  readonly error: IdentityError
}

/** Converts a guard's response to a result for `authenticate()`. */
export function toRejection(response: Response | undefined): RejectedRequest {
  if (response === undefined) return toRejectedRequest(new IdentityError('login_required', MISSING))
  const { status } = response
  const headers: Record<string, string> = Object.fromEntries(response.headers)
  // The caller sends another body.
  delete headers['content-type']
  return { ok: false, status, headers, error: errorOf(response) ?? unknownError(status) }
}

const MISSING = 'The request was not authenticated.'

export function toRejectedRequest(error: IdentityError): RejectedRequest {
  return {
    ok: false,
    status: error.status,
    headers: { 'cache-control': 'private, no-store' },
    error,
  }
}

/** Runs an authentication, in which every `IdentityError` becomes a rejection. */
export async function rejectErrors<Context>(
  authenticate: () => Promise<Authentication<Context>>,
): Promise<Authentication<Context>> {
  try {
    return await authenticate()
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    return toRejectedRequest(error)
  }
}

/** Runs an authentication as {@link rejectErrors} does. */
export type RejectErrors = typeof rejectErrors

/**
 * The maximum number of messages that are remembered. The wrong options in the code of one application cause only a few
 * different messages.
 */
const MAX_MESSAGES = 100

/**
 * Creates a function like {@link rejectErrors} that also reports wrong options as events, because callers may close the
 * connection and ignore the error. Each message is reported once.
 */
export function createRejectErrors(events: EventEmitter): RejectErrors {
  const reported = new Set<string>()
  return async (authenticate) =>
    rejectErrors(async () => {
      try {
        return await authenticate()
      } catch (error) {
        if (IdentityError.is(error) && error.code === 'configuration') report(error)
        throw error
      }
    })

  function report({ message }: IdentityError): void {
    if (reported.has(message) || reported.size >= MAX_MESSAGES) return
    reported.add(message)
    events.emit('configuration.invalid', { level: 'error', message, option: 'authenticate' })
  }
}

// A guard also responds without an error: if the settings are wrong.
function unknownError(status: number): IdentityError {
  return status >= 500
    ? configurationError(
        'The settings have problems. The log lists each problem, and how to fix it.',
      )
    : new IdentityError(status === 403 ? 'access_denied' : 'login_required', MISSING)
}

// The errors of responses. `authenticate()` returns the error together with the status and the headers of the response.
const errors = new WeakMap<Response, IdentityError>()

export function recordError(response: Response, error: IdentityError): Response {
  errors.set(response, error)
  return response
}

export function errorOf(response: Response): IdentityError | undefined {
  return errors.get(response)
}
