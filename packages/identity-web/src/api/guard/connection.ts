// Authenticates sockets and streams, until their token expires.
import {
  rejectErrors,
  toRejection,
  type Authentication,
  createExpirySignal,
  type EndWatch,
} from '../../authentication/index.ts'
import type { HttpContext } from '../../http-context.ts'
import { markReported } from './bearer-responses.ts'
import type { AuthorizationContext } from './context.ts'
import type { AuthorizationGuard } from './guard.ts'

/** The token of a caller who cannot send the `Authorization` header. */
export interface CallerToken {
  /**
   * The access token, for example from a WebSocket's first message, because browsers cannot set its headers. The
   * `Authorization` header is then ignored, and a missing or malformed token is rejected like every other invalid
   * token.
   *
   * @defaultValue the token in the `Authorization` header
   * @example await api.authenticate(req, { token, scopes: ['Todos.Read'] })
   */
  readonly token?: string | undefined
}

/** The request that opened a connection, which tells when the connection closes. */
export interface BearerConnection {
  readonly http: HttpContext
  readonly guard: AuthorizationGuard
  /** Unix time in seconds. */
  readonly now: () => number
  readonly onClose?: EndWatch['onClose']
}

/** Authenticates a request's bearer token outside a guard, such as the upgrade to a WebSocket or a stream. */
export function authenticateBearer(
  connection: BearerConnection,
): Promise<Authentication<AuthorizationContext>> {
  const { guard, http, now, onClose } = connection
  return rejectErrors(async () => {
    let context: AuthorizationContext | undefined
    const response = await guard(http, (accepted) => {
      context = accepted
      return undefined
    })
    if (context === undefined) {
      const rejection = toRejection(response)
      markReported(rejection.error)
      return rejection
    }
    const endsAt = context.claims.exp
    const end = createExpirySignal({ endsAt, now }, onClose)
    return {
      ok: true,
      context,
      expiresAt: new Date(endsAt * 1000),
      get signal() {
        return end.get()
      },
      revalidate: () => authenticateBearer(connection),
      close: end.close,
    }
  })
}

/** Replaces a request's `Authorization` header with a token that the caller sent in another way. */
export function withToken(http: HttpContext, { token }: CallerToken): HttpContext {
  const given: unknown = token
  // Every other value comes from a caller's message.
  const authorization = typeof given === 'string' && given !== '' ? `Bearer ${given}` : undefined
  return {
    method: http.method,
    // The query can contain the token.
    url: http.url.split('?', 1)[0] ?? '',
    header: (name) => (name === 'authorization' ? authorization : http.header(name)),
    isResponseSent: true,
    setCookies: () => false,
    noStore: () => undefined,
  }
}
